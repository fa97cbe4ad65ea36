// SPDX-License-Identifier: GPL-2.0-only
/*
 * A32 and T32 load/store encodings (DDI 0406C, A5.2.8, A5.3, A6.3.6 to A6.3.10):
 *
 *   31  28 27 26 25 24 23 22 21 20 19 16 15 12 11     8 7 6  5 4 3    0
 *   cond   0  1  I  P  U  B  W  L  rn    rt    imm12 (I = 0), or register            A32: word, byte
 *   cond   0  0  0  P  U  I  W  L  rn    rt    imm4H    1 S  H 1 imm4L or register    A32: others
 *   1 1 1 0 1  0  0 P  U  1  W  L  rn    rt    rt2      imm8 (words)                  T32: pair
 *   1 1 1 1 1  0  0 S  U  sz  .  L  rn    rt    imm12 (U = 1), or 1 P U W imm8        T32: single
 *
 * L: load. P: the offset counts for the address. U: it is added. W: write-back. Without P there always is write-back;
 * then W means the unprivileged forms, whose access rights are not those of the guest's mode.
 */
#include <bits.h>
#include <decode.h>

#define RN(i)  FIELD(MASK64(19, 16), i)
#define RT(i)  FIELD(MASK64(15, 12), i)
#define RT2(i) FIELD(MASK64(11, 8), i)
#define REG_PC 15

#define IMM12(i)  FIELD(MASK64(11, 0), i)
#define IMM8(i)   FIELD(MASK64(7, 0), i)
#define IMM4_4(i) (FIELD(MASK64(11, 8), i) << 4 | FIELD(MASK64(3, 0), i))

/* A32 */
#define A32_UNCONDITIONAL(i) (FIELD(MASK64(31, 28), i) == 15)
#define A32_CLASS(i)         FIELD(MASK64(27, 25), i)
#define A32_WORD_IMMEDIATE   2
#define A32_WORD_REGISTER    3
#define A32_EXTRA            0
#define A32_P                BIT(24)
#define A32_U                BIT(23)
#define A32_BYTE             BIT(22)
#define A32_EXTRA_IMMEDIATE  BIT(22)
#define A32_W                BIT(21)
#define A32_L                BIT(20)
#define A32_MEDIA            BIT(4) /* with a register as offset: not a load or store */
#define A32_EXTRA_MASK       (BIT(7) | BIT(4))
#define A32_SH(i)            FIELD(MASK64(6, 5), i)

/* T32 */
#define T32_PAIR(i)       ((0xfe400000 & (i)) == 0xe8400000)
#define T32_SINGLE(i)     ((0xfe000000 & (i)) == 0xf8000000)
#define T32_P             BIT(24) /* of a pair */
#define T32_U             BIT(23)
#define T32_W             BIT(21)
#define T32_L             BIT(20)
#define T32_SIGNED        BIT(24)
#define T32_SIZE(i)       FIELD(MASK64(22, 21), i)
#define T32_INDEXED       BIT(11) /* imm8, with P, U, W below */
#define T32_IMM8_P        BIT(10)
#define T32_IMM8_U        BIT(9)
#define T32_IMM8_W        BIT(8)
#define T32_REGISTER_ZERO MASK64(11, 6)

/** False for the unprivileged forms. */
static bool set_index(struct decoded_access *access, u32 offset, bool p, bool u, bool w)
{
	access->offset = u ? (s64)offset : -(s64)offset;
	access->post_index = !p;
	access->write_back = !p || w;
	return p || !w;
}

/** Only the fault tells the address, so there is none to be written back. */
static bool set_register_offset(struct decoded_access *access, bool p, bool w)
{
	access->register_offset = true;
	return p && !w;
}

static void set_pair(struct decoded_access *access, u32 second, bool is_write)
{
	access->size = 4;
	access->count = 2;
	access->rt[1] = second;
	access->is_write = is_write;
}

static bool decode_a32_word(u32 insn, struct decoded_access *access)
{
	access->size = insn & A32_BYTE ? 1 : 4;
	access->is_write = !(insn & A32_L);
	if (A32_CLASS(insn) == A32_WORD_REGISTER)
		return !(insn & A32_MEDIA) &&
		       set_register_offset(access, insn & A32_P, insn & A32_W);
	return set_index(access, IMM12(insn), insn & A32_P, insn & A32_U, insn & A32_W);
}

/** SH: 1 halfword, with L 2 signed byte, 3 signed halfword; without 2 load pair, 3 store pair; 0 is multiplication and the like. */
static bool decode_a32_extra_kind(u32 insn, struct decoded_access *access)
{
	u32 sh = A32_SH(insn);

	if ((insn & A32_EXTRA_MASK) != A32_EXTRA_MASK || sh == 0)
		return false;
	if (sh >= 2 && !(insn & A32_L)) {
		set_pair(access, RT(insn) + 1, sh == 3);
		return RT(insn) % 2 == 0;
	}
	access->size = sh == 2 ? 1 : 2;
	access->sign_extend = sh >= 2;
	access->is_write = !(insn & A32_L);
	return true;
}

static bool decode_a32_extra(u32 insn, struct decoded_access *access)
{
	if (!decode_a32_extra_kind(insn, access))
		return false;
	if (!(insn & A32_EXTRA_IMMEDIATE))
		return set_register_offset(access, insn & A32_P, insn & A32_W);
	return set_index(access, IMM4_4(insn), insn & A32_P, insn & A32_U, insn & A32_W);
}

static bool decode_a32(u32 insn, struct decoded_access *access)
{
	if (A32_UNCONDITIONAL(insn))
		return false;
	switch (A32_CLASS(insn)) {
	case A32_WORD_IMMEDIATE:
	case A32_WORD_REGISTER:
		return decode_a32_word(insn, access);
	case A32_EXTRA:
		return decode_a32_extra(insn, access);
	default:
		return false;
	}
}

/** Without P and W it is something else: exclusive accesses, table branches. */
static bool decode_t32_pair(u32 insn, struct decoded_access *access)
{
	set_pair(access, RT2(insn), !(insn & T32_L));
	set_index(access, IMM8(insn) * 4, insn & T32_P, insn & T32_U, insn & T32_W);
	return insn & (T32_P | T32_W);
}

static bool decode_t32_single(u32 insn, struct decoded_access *access)
{
	u32 size = T32_SIZE(insn);

	access->size = 1 << size;
	access->sign_extend = insn & T32_SIGNED;
	access->is_write = !(insn & T32_L);
	if (size == 3 || (access->sign_extend && (access->is_write || size == 2)))
		return false;
	if (insn & T32_U)
		return set_index(access, IMM12(insn), true, true, false);
	if (!(insn & T32_INDEXED))
		return !(insn & T32_REGISTER_ZERO) && set_register_offset(access, true, false);
	/* P, U and no W: unprivileged; neither P nor W: unallocated. */
	if ((insn & (T32_IMM8_P | T32_IMM8_U | T32_IMM8_W)) == (T32_IMM8_P | T32_IMM8_U) ||
	    !(insn & (T32_IMM8_P | T32_IMM8_W)))
		return false;
	set_index(access, IMM8(insn), insn & T32_IMM8_P, insn & T32_IMM8_U, insn & T32_IMM8_W);
	return true;
}

static bool decode_t32(u32 insn, struct decoded_access *access)
{
	if (T32_PAIR(insn))
		return decode_t32_pair(insn, access);
	return T32_SINGLE(insn) && decode_t32_single(insn, access);
}

/** Unpredictable, or with the program counter: a branch, a literal. */
static bool is_odd(const struct decoded_access *access)
{
	for (u32 n = 0; n < access->count; n++)
		if (access->rt[n] == REG_PC || (access->write_back && access->rt[n] == access->rn))
			return true;
	return access->rn == REG_PC;
}

bool decode_access(u32 insn, bool t32, struct decoded_access *access)
{
	bool known;

	*access = (struct decoded_access){ .count = 1, .rn = RN(insn), .rt = { RT(insn) } };
	access->to_32 = true;
	known = t32 ? decode_t32(insn, access) : decode_a32(insn, access);
	return known && !is_odd(access);
}
