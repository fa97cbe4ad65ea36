// SPDX-License-Identifier: GPL-2.0-only
/*
 * A64 load/store encodings (DDI 0487, C4.1.94):
 *
 *   31 30 29 28 27 26 25 24 23 22 21 20                12 11 10 9      5 4      0
 *   opc   1  0  1  V  0  idx   L  imm7           rt2            rn       rt     pairs
 *   size  1  1  1  V  0  0  opc   0  imm9                 idx   rn       rt     single, 9-bit offset
 *   size  1  1  1  V  0  0  opc   1  rm       option   S  1  0  rn       rt     single, register offset
 *   size  1  1  1  V  0  1  opc   imm12                         rn       rt     single, unsigned offset
 */
#include <bits.h>
#include <decode.h>

#define INSN_V        BIT(26)
#define INSN_RT(i)    FIELD(MASK64(4, 0), i)
#define INSN_RN(i)    FIELD(MASK64(9, 5), i)
#define INSN_RT2(i)   FIELD(MASK64(14, 10), i)
#define INSN_IMM12(i) FIELD(MASK64(21, 10), i)
#define INSN_SIZE(i)  FIELD(MASK64(31, 30), i)
#define INSN_OPC(i)   FIELD(MASK64(23, 22), i)

#define PAIR_MASK       0x3a000000 /* bits 29, 28, 27, 25 */
#define PAIR_VALUE      0x28000000
#define PAIR_INDEX(i)   FIELD(MASK64(24, 23), i)
#define PAIR_LOAD       BIT(22)
#define PAIR_IMM7(i)    FIELD(MASK64(21, 15), i)
#define SINGLE_MASK     0x3a000000
#define SINGLE_VALUE    0x38000000
#define SINGLE_UNSIGNED BIT(24)
#define SINGLE_REGISTER BIT(21)
#define SINGLE_INDEX(i) FIELD(MASK64(11, 10), i)
#define SINGLE_IMM9(i)  FIELD(MASK64(20, 12), i)

enum index { INDEX_NONE = 0, INDEX_POST = 1, INDEX_OTHER = 2, INDEX_PRE = 3 };

static s64 sign_extend(u64 value, u32 bits)
{
	return (s64)(value << (64 - bits)) >> (64 - bits);
}

static void set_index(struct decoded_access *access, enum index index)
{
	access->post_index = index == INDEX_POST;
	access->write_back = index == INDEX_POST || index == INDEX_PRE;
}

static bool decode_pair(u32 insn, struct decoded_access *access)
{
	u32 opc = INSN_SIZE(insn), index = PAIR_INDEX(insn);

	/* opc: 0 32 bits, 1 signed words (load only, 0: tags), 2 64 bits; index: 0 non-temporal, 2 offset */
	if (opc == 3 || (opc == 1 && (!(insn & PAIR_LOAD) || index == INDEX_NONE)))
		return false;
	access->size = opc == 2 ? 8 : 4;
	access->count = 2;
	access->sign_extend = opc == 1;
	access->to_32 = opc == 0;
	access->is_write = !(insn & PAIR_LOAD);
	access->rt[1] = INSN_RT2(insn);
	access->offset = sign_extend(PAIR_IMM7(insn), 7) * access->size;
	set_index(access, index);
	return true;
}

static bool decode_single_kind(u32 insn, struct decoded_access *access)
{
	u32 opc = INSN_OPC(insn), size = INSN_SIZE(insn);

	/* opc: 0 store, 1 load, 2 load signed to 64 bits (size 3: prefetch), 3 load signed to 32 bits */
	if ((opc == 2 && size == 3) || (opc == 3 && size >= 2))
		return false;
	access->size = 1 << size;
	access->count = 1;
	access->is_write = opc == 0;
	access->sign_extend = opc >= 2;
	access->to_32 = opc == 3 || (opc < 2 && size < 3);
	return true;
}

static bool decode_single(u32 insn, struct decoded_access *access)
{
	if (!decode_single_kind(insn, access))
		return false;
	if (insn & SINGLE_UNSIGNED) {
		access->offset = INSN_IMM12(insn) * access->size;
		return true;
	}
	if (insn & SINGLE_REGISTER) {
		/* Index 2 is the register offset; the others are atomics and pointer authentication. */
		access->register_offset = true;
		return SINGLE_INDEX(insn) == INDEX_OTHER;
	}
	access->offset = sign_extend(SINGLE_IMM9(insn), 9);
	set_index(access, SINGLE_INDEX(insn));
	/* Index 2 are the unprivileged forms, whose access rights are not those of the guest's level. */
	return SINGLE_INDEX(insn) != INDEX_OTHER;
}

bool decode_access(u32 insn, bool t32, struct decoded_access *access)
{
	bool known;

	(void)t32;
	*access = (struct decoded_access){ .rn = INSN_RN(insn), .rt = { INSN_RT(insn) } };
	if (insn & INSN_V)
		return false;
	if ((insn & PAIR_MASK) == PAIR_VALUE)
		known = decode_pair(insn, access);
	else if ((insn & SINGLE_MASK) == SINGLE_VALUE)
		known = decode_single(insn, access);
	else
		return false;
	/* Loading or storing the base register with write-back is unpredictable: refuse what hardware may. */
	if (access->write_back && access->rn != 31 &&
	    (access->rt[0] == access->rn || (access->count == 2 && access->rt[1] == access->rn)))
		return false;
	return known;
}
