// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/decode.c and operands.c: which accesses are carried out for a guest, and how. */
#include "../unit.h"
#include <decode.h>

/* The bytes of all instructions of moves.h, one after the other, and where each begins; one more for the end. */
extern const u8 *const insn_start[];

/* clang-format off */
#define ASSEMBLE(mode, text)                                      \
	asm(".pushsection .rodata.insns, \"a\"\n"                 \
	    ".code" #mode "\n"                                    \
	    "1: " text "\n"                                       \
	    ".code64\n"                                           \
	    ".popsection\n"                                       \
	    ".pushsection .data.rel.ro.insn_start, \"aw\"\n"      \
	    ".quad 1b\n"                                          \
	    ".popsection\n");
#define MOVE(mode, text, operation, address) ASSEMBLE(mode, text)
#define OTHER(mode, text)                    ASSEMBLE(mode, text)
asm(".pushsection .data.rel.ro.insn_start, \"aw\"\n"
    ".balign 8\n"
    "insn_start:\n"
    ".popsection\n");
#include "moves.h"
ASSEMBLE(64, "")
#undef MOVE
#undef OTHER

#define FIELDS(...) { __VA_ARGS__ }
#define BRACED(list) FIELDS list
#define MOVE(bits, insn, operation, address) \
	{ .mode = bits, .text = insn, .known = true, .access = BRACED(operation), .memory = BRACED(address) },
#define OTHER(bits, insn) { .mode = bits, .text = insn },
static const struct {
	u32 mode;
	const char *text;
	bool known;
	struct x86_access access;
	struct x86_address memory;
} insns[] = {
#include "moves.h"
};
/* clang-format on */

static u32 insn_length(u32 n)
{
	return insn_start[n + 1] - insn_start[n];
}

static void assert_same_address(const struct x86_address *found, const struct x86_address *expected)
{
	assert_int_equal(found->segment, expected->segment);
	assert_int_equal(found->size, expected->size);
	assert_int_equal(found->base, expected->base);
	assert_int_equal(found->index, expected->index);
	if (expected->index != X86_NO_REG)
		assert_int_equal(found->shift, expected->shift);
	assert_int_equal(found->rip_relative, expected->rip_relative);
	assert_int_equal(found->displacement, expected->displacement);
}

static void assert_same_access(const struct x86_access *found, const struct x86_access *expected,
			       const struct x86_address *memory)
{
	assert_int_equal(found->kind, expected->kind);
	assert_int_equal(found->size, expected->size);
	assert_int_equal(found->reg, expected->reg);
	assert_int_equal(found->high_byte, expected->high_byte);
	assert_int_equal(found->immediate, expected->immediate);
	assert_int_equal(found->string, expected->string);
	assert_int_equal(found->repeat, expected->repeat);
	if (expected->kind == X86_LOAD) {
		assert_int_equal(found->reg_size, expected->reg_size);
		assert_int_equal(found->sign_extend, expected->sign_extend);
	}
	assert_same_address(&found->memory, memory);
	if (expected->kind == X86_COPY)
		assert_same_address(&found->source, &expected->source);
}

/** The bytes at the end of a block of their own, so that the sanitizer sees a read beyond them. */
static const u8 *copy_bytes(const u8 *bytes, u32 count)
{
	u8 *copy = scratch(count);

	memcpy(copy, bytes, count);
	return copy;
}

static void known_instructions(void **state)
{
	u32 count = 0;

	for (u32 n = 0; n < ARRAY_SIZE(insns); n++) {
		u32 length = insn_length(n);
		struct x86_access access;

		if (!insns[n].known)
			continue;
		print_message("%u: %s\n", insns[n].mode, insns[n].text);
		memset(&access, 0xff, sizeof(access));
		assert_true(x86_decode_access(copy_bytes(insn_start[n], length), length,
					      insns[n].mode, &access));
		assert_int_equal(access.length, length);
		assert_same_access(&access, &insns[n].access, &insns[n].memory);
		for (u32 less = 0; less < length; less++)
			assert_false(x86_decode_access(copy_bytes(insn_start[n], less), less,
						       insns[n].mode, &access));
		unit_teardown(NULL);
		count++;
	}
	assert_true(count > 3000);
}

static void other_instructions(void **state)
{
	static u8 bytes[32];
	struct x86_access access;

	for (u32 n = 0; n < ARRAY_SIZE(insns); n++) {
		if (insns[n].known)
			continue;
		print_message("%u: %s\n", insns[n].mode, insns[n].text);
		memset(bytes, 0, sizeof(bytes));
		memcpy(bytes, insn_start[n], insn_length(n));
		assert_false(x86_decode_access(bytes, sizeof(bytes), insns[n].mode, &access));
	}
}

static bool contains(const u8 *list, u32 count, u8 value)
{
	while (count)
		if (list[--count] == value)
			return true;
	return false;
}

/** Of all opcodes with a memory operand behind, those are known that the manuals list as moves. */
static void opcodes(void **state)
{
	static const u8 one[] = { 0x88, 0x89, 0x8a, 0x8b, 0xa0, 0xa1, 0xa2,
				  0xa3, 0xa4, 0xa5, 0xaa, 0xab, 0xc6, 0xc7 };
	static const u8 two[] = { 0xb6, 0xb7, 0xbe, 0xbf };
	struct x86_access access;

	for (u32 mode = 16; mode <= 64; mode *= 2)
		for (u32 code = 0; code < 256; code++) {
			u8 first[X86_MAX_INSTRUCTION] = { code }, second[] = { 0x0f, code, 0, 0 };
			bool known =
				contains(one, sizeof(one), code) || (mode == 64 && code == 0x63);

			/* What has this as a prefix is "add %al, (%eax)". */
			assert_int_equal(x86_decode_access(first, sizeof(first), mode, &access),
					 known);
			assert_int_equal(x86_decode_access(second, sizeof(second), mode, &access),
					 contains(two, sizeof(two), code));
		}
}

static void fill_registers(u64 regs[16])
{
	for (u32 n = 0; n < 16; n++)
		regs[n] = 0x1122334455667780 + n * 0x0101010101010101;
}

static void effective_addresses(void **state)
{
	static const struct {
		struct x86_address address;
		u64 expected;
	} cases[] = {
		{ BRACED(ADDRESS(DS, 8, RDX, -0x10)), 0x1324354657687972 },
		{ BRACED(ADDRESS(DS, 4, RDX, -0x10)), 0x57687972 },
		{ BRACED(ADDRESS(DS, 2, RDX, -0x10)), 0x7972 },
		{ BRACED(ADDRESS(DS, 2, RDX, 0x8700)), 0x0082 },
		{ BRACED(ADDRESS(DS, 4, NO_BASE, 0xfffffffffee00020)), 0xfee00020 },
		{ BRACED(ADDRESS(FS, 8, NO_BASE, -1)), 0xffffffffffffffff },
		{ BRACED(INDEXED(DS, 8, RAX, RCX, 0, 1)), 0x23456789abcdf002 },
		{ BRACED(INDEXED(DS, 8, RAX, RCX, 3, 0)),
		  0x1122334455667780 + 8 * 0x1223344556677881ull },
		{ BRACED(INDEXED(DS, 4, RAX, RCX, 3, 0)), (u32)(0x55667780 + 8 * 0x56677881u) },
		{ BRACED(INDEXED(DS, 8, NO_BASE, R15, 1, 5)), 2 * 0x203142536475868full + 5 },
		{ BRACED(RIP(8, -0x100)), 0xffffffff81000f00 },
		{ BRACED(RIP(4, 0x100)), 0x81001100 },
	};
	u64 regs[16];

	fill_registers(regs);
	for (u32 n = 0; n < ARRAY_SIZE(cases); n++)
		assert_int_equal(x86_effective_address(&cases[n].address, regs, 0xffffffff81001000),
				 cases[n].expected);
}

static void stored_values(void **state)
{
	static const struct {
		struct x86_access access;
		u64 expected;
	} cases[] = {
		{ BRACED(STORE(8, RDX)), 0x1324354657687982 },
		{ BRACED(STORE(4, RDX)), 0x57687982 },
		{ BRACED(STORE(2, RDX)), 0x7982 },
		{ BRACED(STORE(1, RDX)), 0x82 },
		{ BRACED(STORE(1, RDX, HIGH)), 0x79 },
		{ BRACED(STORE(1, R15)), 0x8f },
		{ BRACED(STORE_IMM(8, -2ULL)), 0xfffffffffffffffe },
		{ BRACED(STORE_IMM(4, -2ULL)), 0xfffffffe },
		{ BRACED(STORE_IMM(2, -2ULL)), 0xfffe },
		{ BRACED(STORE_IMM(1, -2ULL)), 0xfe },
	};
	u64 regs[16];

	fill_registers(regs);
	for (u32 n = 0; n < ARRAY_SIZE(cases); n++)
		assert_int_equal(x86_read_operand(&cases[n].access, regs), cases[n].expected);
}

static void loaded_values(void **state)
{
	static const struct {
		struct x86_access access;
		u64 expected; /* of the register, 0x1324354657687982 before */
	} cases[] = {
		{ BRACED(LOAD(8, RDX)), 0xa1a2a3a4a5a6a7a8 },
		{ BRACED(LOAD(4, RDX)), 0xa5a6a7a8 },
		{ BRACED(LOAD(2, RDX)), 0x132435465768a7a8 },
		{ BRACED(LOAD(1, RDX)), 0x13243546576879a8 },
		{ BRACED(LOAD(1, RDX, HIGH)), 0x132435465768a882 },
		{ BRACED(LOAD_ZX(1, RDX, 2)), 0x13243546576800a8 },
		{ BRACED(LOAD_ZX(1, RDX, 4)), 0xa8 },
		{ BRACED(LOAD_ZX(2, RDX, 8)), 0xa7a8 },
		{ BRACED(LOAD_SX(1, RDX, 2)), 0x132435465768ffa8 },
		{ BRACED(LOAD_SX(1, RDX, 4)), 0xffffffa8 },
		{ BRACED(LOAD_SX(2, RDX, 4)), 0xffffa7a8 },
		{ BRACED(LOAD_SX(2, RDX, 8)), 0xffffffffffffa7a8 },
		{ BRACED(LOAD_SX(4, RDX, 8)), 0xffffffffa5a6a7a8 },
		{ BRACED(LOAD_SX(4, RDX, 4)), 0xa5a6a7a8 },
	};
	u64 regs[16], before[16];

	fill_registers(before);
	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		fill_registers(regs);
		x86_write_operand(&cases[n].access, regs, 0xa1a2a3a4a5a6a7a8);
		assert_int_equal(regs[RDX], cases[n].expected);
		regs[RDX] = before[RDX];
		assert_memory_equal(regs, before, sizeof(regs));
	}
}

static void string_steps(void **state)
{
	struct x86_access access = { .kind = X86_COPY, .size = 4, .string = true };
	u64 regs[16] = { 0 };

	access.memory.size = 8;
	regs[RSI] = 0x100000000;
	regs[RDI] = 0xfffffffe;
	assert_true(x86_string_step(&access, regs, false));
	assert_int_equal(regs[RSI], 0x100000004);
	assert_int_equal(regs[RDI], 0x100000002);
	assert_int_equal(regs[RCX], 0);

	/* Down, 32-bit addresses: upper halves are cleared. */
	access.memory.size = 4;
	access.repeat = true;
	regs[RCX] = 0x700000002;
	assert_false(x86_string_step(&access, regs, true));
	assert_int_equal(regs[RSI], 0);
	assert_int_equal(regs[RDI], 0xfffffffe);
	assert_int_equal(regs[RCX], 1);
	assert_true(x86_string_step(&access, regs, true));
	assert_int_equal(regs[RSI], 0xfffffffc);

	/* 16-bit addresses: what is beyond stays; STOS has no source. */
	access.memory.size = 2;
	access.kind = X86_STORE;
	regs[RDI] = 0x5555fffe;
	regs[RCX] = 0x77770001;
	assert_true(x86_string_step(&access, regs, false));
	assert_int_equal(regs[RDI], 0x55550002);
	assert_int_equal(regs[RSI], 0xfffffffc);
	assert_int_equal(regs[RCX], 0x77770000);
}

static void check_address(const struct x86_address *address, u32 mode)
{
	assert_true(address->segment <= X86_GS);
	assert_true(address->size == 2 || address->size == 4 || address->size == 8);
	assert_true(mode == 64 ? address->size >= 4 : address->size <= 4);
	assert_true(address->base < 16 || address->base == X86_NO_REG);
	assert_true(address->index < 16 || address->index == X86_NO_REG);
	assert_int_not_equal(address->index, RSP);
	assert_true(address->shift < 4);
	if (address->rip_relative)
		assert_true(mode == 64 && address->base == X86_NO_REG &&
			    address->index == X86_NO_REG);
}

/** What the emulation relies on, whatever the bytes. */
static void check_invariants(const struct x86_access *access, u32 available, u32 mode)
{
	assert_true(access->length >= 1 && access->length <= X86_MAX_INSTRUCTION);
	assert_true(access->length <= available);
	assert_true(access->size == 1 || access->size == 2 || access->size == 4 ||
		    (access->size == 8 && mode == 64));
	check_address(&access->memory, mode);
	assert_false(access->repeat && !access->string);
	if (access->kind == X86_COPY) {
		check_address(&access->source, mode);
		assert_true(access->string);
		return;
	}
	assert_true(access->reg < 16 || (access->reg == X86_NO_REG && access->kind == X86_STORE));
	assert_true(!access->high_byte || (access->reg < 4 && access->size == 1));
	if (access->kind == X86_LOAD)
		assert_true(access->reg_size >= access->size && access->reg_size <= 8);
	else
		assert_int_equal(access->kind, X86_STORE);
}

#define MAX_BYTES 20

/** Random bytes, every other time with a known opcode behind some prefixes. */
static void random_bytes(u8 *bytes)
{
	static const u8 prefixes[] = { 0x66, 0x67, 0x48, 0x41, 0x4f, 0xf3, 0x64, 0x2e };
	static const u8 codes[] = { 0x88, 0x89, 0x8a, 0x8b, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5,
				    0xaa, 0xab, 0xc6, 0xc7, 0x63, 0x0f, 0x0f, 0x0f, 0x8b, 0x89 };
	u64 random[3] = { next_random(), next_random(), next_random() };
	u64 choice = next_random() >> 8;
	u32 n, count = (choice >> 1) % 4;

	memcpy(bytes, random, MAX_BYTES);
	if (choice & 1)
		return;
	for (n = 0; n < count; n++)
		bytes[n] = prefixes[(choice >> (8 + 3 * n)) % 8];
	bytes[n] = codes[(choice >> 20) % sizeof(codes)];
	if (bytes[n] == 0x0f)
		bytes[n + 1] = 0xb6 | (choice >> 30 & 9);
}

static void random_instructions(void **state)
{
	u32 decoded = 0;
	u8 *blocks[MAX_BYTES + 1], bytes[MAX_BYTES];

	for (u32 n = 0; n <= MAX_BYTES; n++)
		blocks[n] = scratch(n);
	for (u32 n = 0; n < 10000000; n++) {
		u32 available = random_below(MAX_BYTES + 1);
		u32 mode = 16 << n % 3;
		struct x86_access access, again;

		random_bytes(bytes);
		memcpy(blocks[available], bytes, available);
		if (!x86_decode_access(blocks[available], available, mode, &access))
			continue;
		check_invariants(&access, available, mode);
		decoded++;
		/* What follows the instruction does not matter, and all of it is needed. */
		memcpy(blocks[access.length], bytes, access.length);
		assert_true(x86_decode_access(blocks[access.length], access.length, mode, &again));
		assert_int_equal(access.length, again.length);
		assert_same_access(&again, &access, &access.memory);
		memcpy(blocks[access.length - 1], bytes, access.length - 1);
		assert_false(x86_decode_access(blocks[access.length - 1], access.length - 1, mode,
					       &again));
	}
	assert_true(decoded > 1000000);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(known_instructions),
		rule_test(other_instructions),
		rule_test(opcodes),
		rule_test(effective_addresses),
		rule_test(stored_values),
		rule_test(loaded_values),
		rule_test(string_steps),
		rule_test(random_instructions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
