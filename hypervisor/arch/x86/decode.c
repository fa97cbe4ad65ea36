// SPDX-License-Identifier: GPL-2.0-only
/*
 * Encodings of x86 instructions (Intel SDM 2, 2.1 and 2.2; AMD APM 3, 1):
 *
 *   legacy prefixes, in any order | REX (64-bit mode) | opcode | ModRM | SIB | displacement | immediate value
 */
#include <bits.h>
#include <decode.h>

#define PREFIX_REP          0xf3
#define PREFIX_OPERAND_SIZE 0x66
#define PREFIX_ADDRESS_SIZE 0x67
/* ES, CS, SS, DS: 0x26, 0x2e, 0x36, 0x3e */
#define PREFIX_OLD          0x26
#define PREFIX_OLD_MASK     0xe7
#define PREFIX_SEGMENT(p)   FIELD(MASK64(4, 3), p)
#define PREFIX_FS           0x64
#define PREFIX_GS           0x65

#define REX      0x40
#define REX_MASK 0xf0
#define REX_W    BIT(3)
#define REX_R(r) FIELD(MASK64(2, 2), r)
#define REX_X(r) FIELD(MASK64(1, 1), r)
#define REX_B(r) FIELD(MASK64(0, 0), r)

#define MODRM_MOD(m) FIELD(MASK64(7, 6), m)
#define MODRM_REG(m) FIELD(MASK64(5, 3), m)
#define MODRM_RM(m)  FIELD(MASK64(2, 0), m)
#define MOD_REGISTER 3
#define RM_SIB       4
#define RM_DISP32    5
#define RM16_DISP16  6

#define SIB_SCALE(s) FIELD(MASK64(7, 6), s)
#define SIB_INDEX(s) FIELD(MASK64(5, 3), s)
#define SIB_BASE(s)  FIELD(MASK64(2, 0), s)
#define INDEX_NONE   4
#define BASE_DISP32  5

/* Of 1 or 2 bytes: all of the operand size is loaded, with zeros in front. */
#define OP_WIDEN  BIT(0)
#define OP_SIGN   BIT(1) /* or with copies of the sign */
#define OP_STORE  BIT(2)
#define OP_OFFSET BIT(3) /* AL to RAX, at an address that follows the opcode */
#define OP_IMM    BIT(4) /* immediate value; ModRM has 0 for the register */
#define OP_STRING BIT(5) /* STOS if it stores, else MOVS */
#define OP_MOVSXD BIT(6) /* in 64-bit mode only, not with 16-bit operands; 4 bytes */

#define TWO_BYTE_OPCODE 0x0f
/* The last bit says how wide the access is: a byte, or more. */
#define OPCODE_WIDE     BIT(0)
#define OPCODE_MOVSXD   0x63

static const struct opcode {
	u16 code, flags;
} opcodes[] = {
	{ 0x8a, 0 },
	{ 0x88, OP_STORE },
	{ 0xc6, OP_IMM | OP_STORE },
	{ 0x0fb6, OP_WIDEN },
	{ 0x0fbe, OP_WIDEN | OP_SIGN },
	{ OPCODE_MOVSXD, OP_MOVSXD | OP_WIDEN | OP_SIGN },
	{ 0xa0, OP_OFFSET },
	{ 0xa2, OP_OFFSET | OP_STORE },
	{ 0xa4, OP_STRING },
	{ 0xaa, OP_STRING | OP_STORE },
};

/** What is known while an instruction is read. */
struct decoder {
	const u8 *bytes;
	u32 used, limit;
	bool beyond; /* a byte beyond the limit was needed */
	bool mode64, segment_prefix, repeat;
	u8 segment, rex;
	bool other_operand_size, other_address_size;
	bool wide; /* the opcode says so */
	u8 operand_size, address_size;
};

static u8 next_byte(struct decoder *d)
{
	if (d->used == d->limit) {
		d->beyond = true;
		return 0;
	}
	return d->bytes[d->used++];
}

/** Little-endian, sign-extended. */
static u64 next_value(struct decoder *d, u32 size)
{
	u64 value = 0;
	u8 byte;

	for (u32 n = 0; n < size; n++) {
		byte = next_byte(d);
		value |= (n < size - 1 ? byte : (u64)(s8)byte) << (n * 8);
	}
	return value;
}

static void override_segment(struct decoder *d, u8 segment)
{
	/* All but FS and GS are without effect in 64-bit mode, also on an FS or GS before. */
	if (d->mode64 && segment < X86_FS)
		return;
	d->segment = segment;
	d->segment_prefix = true;
}

/** False if the byte is no legacy prefix; LOCK and REPNE count as none, as no known instruction may have them. */
static bool take_legacy_prefix(struct decoder *d, u8 byte)
{
	if (byte == PREFIX_REP)
		d->repeat = true;
	else if (byte == PREFIX_OPERAND_SIZE)
		d->other_operand_size = true;
	else if (byte == PREFIX_ADDRESS_SIZE)
		d->other_address_size = true;
	else if (byte == PREFIX_FS || byte == PREFIX_GS)
		override_segment(d, X86_FS + (byte - PREFIX_FS));
	else if ((byte & PREFIX_OLD_MASK) == PREFIX_OLD)
		override_segment(d, PREFIX_SEGMENT(byte));
	else
		return false;
	return true;
}

/** Read all prefixes; returns the first byte behind them. */
static u8 read_prefixes(struct decoder *d)
{
	u8 byte;

	for (;;) {
		byte = next_byte(d);
		if (take_legacy_prefix(d, byte))
			d->rex = 0; /* counts only if the opcode follows */
		else if (d->mode64 && (byte & REX_MASK) == REX)
			d->rex = byte;
		else
			return byte;
	}
}

static void set_sizes(struct decoder *d, u32 bits)
{
	u8 normal = bits / 8, other = bits == 32 ? 2 : 4;

	d->address_size = d->other_address_size ? other : normal;
	d->operand_size = d->rex & REX_W ? 8 : d->other_operand_size == (bits == 16) ? 4 : 2;
}

static const struct opcode *read_opcode(struct decoder *d, u16 code)
{
	if (code == TWO_BYTE_OPCODE)
		code = code << 8 | next_byte(d);
	d->wide = code & OPCODE_WIDE;
	for (u32 n = 0; n < ARRAY_SIZE(opcodes); n++)
		if (opcodes[n].code == code || opcodes[n].code == (code & ~OPCODE_WIDE))
			return &opcodes[n];
	return NULL;
}

static struct x86_address make_address(const struct decoder *d, u8 base)
{
	return (struct x86_address){
		.segment = d->segment, .size = d->address_size, .base = base, .index = X86_NO_REG
	};
}

static void read_address16(struct decoder *d, u8 modrm, struct x86_address *address)
{
	static const u8 bases[] = { REG_RBX, REG_RBX, REG_RBP, REG_RBP,
				    REG_RSI, REG_RDI, REG_RBP, REG_RBX };
	static const u8 indices[] = { REG_RSI, REG_RDI, REG_RSI, REG_RDI };
	u32 mod = MODRM_MOD(modrm), rm = MODRM_RM(modrm);

	if (rm < ARRAY_SIZE(indices))
		address->index = indices[rm];
	if (mod == 0 && rm == RM16_DISP16)
		mod = 2;
	else
		address->base = bases[rm];
	address->displacement = next_value(d, mod);
}

/** Returns true if a displacement stands instead of the base. */
static bool read_sib(struct decoder *d, u32 mod, struct x86_address *address)
{
	u8 sib = next_byte(d), index = SIB_INDEX(sib) | REX_X(d->rex) << 3;

	if (index != INDEX_NONE)
		address->index = index;
	address->shift = SIB_SCALE(sib);
	if (mod == 0 && SIB_BASE(sib) == BASE_DISP32)
		return true;
	address->base = SIB_BASE(sib) | REX_B(d->rex) << 3;
	return false;
}

static void read_address32(struct decoder *d, u8 modrm, struct x86_address *address)
{
	u32 mod = MODRM_MOD(modrm), rm = MODRM_RM(modrm);
	bool wide = mod == 2;

	if (rm == RM_SIB) {
		wide |= read_sib(d, mod, address);
	} else if (mod == 0 && rm == RM_DISP32) {
		address->rip_relative = d->mode64;
		wide = true;
	} else {
		address->base = rm | REX_B(d->rex) << 3;
	}
	address->displacement = next_value(d, wide ? 4 : mod);
}

static struct x86_address read_address(struct decoder *d, u8 modrm)
{
	struct x86_address address = make_address(d, X86_NO_REG);

	if (d->address_size == 2)
		read_address16(d, modrm, &address);
	else
		read_address32(d, modrm, &address);
	if (!d->segment_prefix && (address.base == REG_RSP || address.base == REG_RBP))
		address.segment = X86_SS;
	return address;
}

static void set_register(const struct decoder *d, struct x86_access *access, u8 reg)
{
	access->reg = reg;
	/* Without REX, the byte registers 4 to 7 are the second bytes of the first four. */
	access->high_byte = access->reg_size == 1 && !d->rex && reg >= 4;
	if (access->high_byte)
		access->reg -= 4;
}

static bool read_modrm_operands(struct decoder *d, u32 flags, struct x86_access *access)
{
	u8 modrm = next_byte(d), reg = MODRM_REG(modrm);

	if (MODRM_MOD(modrm) == MOD_REGISTER)
		return false;
	access->memory = read_address(d, modrm);
	if (!(flags & OP_IMM)) {
		set_register(d, access, reg | REX_R(d->rex) << 3);
		return true;
	}
	access->immediate = next_value(d, MIN(access->size, 4));
	return reg == 0;
}

static void set_string_operands(const struct decoder *d, struct x86_access *access)
{
	access->string = true;
	access->repeat = d->repeat;
	access->memory = make_address(d, REG_RDI);
	access->memory.segment = X86_ES; /* whatever the prefix */
	if (access->kind == X86_COPY)
		access->source = make_address(d, REG_RSI);
	else
		set_register(d, access, REG_RAX);
}

static bool read_operands(struct decoder *d, u32 flags, struct x86_access *access)
{
	if (flags & OP_STRING) {
		set_string_operands(d, access);
		return true;
	}
	if (!(flags & OP_OFFSET))
		return read_modrm_operands(d, flags, access);
	access->memory = make_address(d, X86_NO_REG);
	access->memory.displacement = next_value(d, d->address_size);
	set_register(d, access, REG_RAX);
	return true;
}

/** A prefix that changes what the instruction does, or has no meaning with it. */
static bool prefixes_refused(const struct decoder *d, u32 flags)
{
	if (flags & OP_MOVSXD && (!d->mode64 || d->operand_size == 2))
		return true;
	return d->repeat && !(flags & OP_STRING);
}

static struct x86_access make_access(const struct decoder *d, u32 flags)
{
	struct x86_access access = { .reg = X86_NO_REG, .sign_extend = flags & OP_SIGN };

	access.kind = flags & OP_STORE ? X86_STORE : flags & OP_STRING ? X86_COPY : X86_LOAD;
	access.size = !d->wide ? 1 : flags & OP_MOVSXD ? 4 : flags & OP_WIDEN ? 2 : d->operand_size;
	access.reg_size = flags & OP_WIDEN ? d->operand_size : access.size;
	return access;
}

bool x86_decode_access(const u8 *bytes, u32 available, u32 bits, struct x86_access *access)
{
	struct decoder d = { .bytes = bytes,
			     .limit = MIN(available, X86_MAX_INSTRUCTION),
			     .mode64 = bits == 64,
			     .segment = X86_DS };
	const struct opcode *opcode = read_opcode(&d, read_prefixes(&d));

	set_sizes(&d, bits);
	if (!opcode || prefixes_refused(&d, opcode->flags))
		return false;
	*access = make_access(&d, opcode->flags);
	if (!read_operands(&d, opcode->flags, access) || d.beyond)
		return false;
	access->length = d.used;
	return true;
}
