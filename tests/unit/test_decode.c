// SPDX-License-Identifier: GPL-2.0-only
/* arch/arm64/decode.c: which loads and stores are carried out for a guest. The makefile assembles the mnemonics. */
#include "unit.h"
#include <decode.h>

#define INSN(word, mnemonic) word, mnemonic

/* clang-format off */
static const struct {
	u32 word;
	const char *mnemonic;
	struct decoded_access expected;
} known[] = {
	{ INSN(0xf9400020, "ldr x0, [x1]"), { .size = 8, .count = 1, .rt = { 0 }, .rn = 1 } },
	{ INSN(0xb9400020, "ldr w0, [x1]"), { .size = 4, .count = 1, .rt = { 0 }, .rn = 1, .to_32 = true } },
	{ INSN(0x79400062, "ldrh w2, [x3]"), { .size = 2, .count = 1, .rt = { 2 }, .rn = 3, .to_32 = true } },
	{ INSN(0x394003fe, "ldrb w30, [sp]"), { .size = 1, .count = 1, .rt = { 30 }, .rn = 31, .to_32 = true } },
	{ INSN(0xf9000020, "str x0, [x1]"), { .is_write = true, .size = 8, .count = 1, .rt = { 0 }, .rn = 1 } },
	{ INSN(0xb900003f, "str wzr, [x1]"), { .is_write = true, .size = 4, .count = 1, .rt = { 31 }, .rn = 1 } },
	{ INSN(0x79000062, "strh w2, [x3]"), { .is_write = true, .size = 2, .count = 1, .rt = { 2 }, .rn = 3 } },
	{ INSN(0x390000a4, "strb w4, [x5]"), { .is_write = true, .size = 1, .count = 1, .rt = { 4 }, .rn = 5 } },
	{ INSN(0xb9800020, "ldrsw x0, [x1]"), { .size = 4, .count = 1, .rt = { 0 }, .rn = 1, .sign_extend = true } },
	{ INSN(0x79800020, "ldrsh x0, [x1]"), { .size = 2, .count = 1, .rt = { 0 }, .rn = 1, .sign_extend = true } },
	{ INSN(0x79c00020, "ldrsh w0, [x1]"), { .size = 2, .count = 1, .rt = { 0 }, .rn = 1, .sign_extend = true, .to_32 = true } },
	{ INSN(0x39800020, "ldrsb x0, [x1]"), { .size = 1, .count = 1, .rt = { 0 }, .rn = 1, .sign_extend = true } },
	{ INSN(0x39c00020, "ldrsb w0, [x1]"), { .size = 1, .count = 1, .rt = { 0 }, .rn = 1, .sign_extend = true, .to_32 = true } },
	{ INSN(0xf97ffc20, "ldr x0, [x1, #32760]"), { .size = 8, .count = 1, .rt = { 0 }, .rn = 1, .offset = 32760 } },
	{ INSN(0xb93ffd07, "str w7, [x8, #16380]"), { .is_write = true, .size = 4, .count = 1, .rt = { 7 }, .rn = 8, .offset = 16380 } },
	{ INSN(0x397ffd07, "ldrb w7, [x8, #4095]"), { .size = 1, .count = 1, .rt = { 7 }, .rn = 8, .offset = 4095, .to_32 = true } },
	{ INSN(0xf8408462, "ldr x2, [x3], #8"), { .size = 8, .count = 1, .rt = { 2 }, .rn = 3, .offset = 8, .post_index = true, .write_back = true } },
	{ INSN(0xf8500462, "ldr x2, [x3], #-256"), { .size = 8, .count = 1, .rt = { 2 }, .rn = 3, .offset = -256, .post_index = true, .write_back = true } },
	{ INSN(0xb80ff462, "str w2, [x3], #255"), { .is_write = true, .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .offset = 255, .post_index = true, .write_back = true } },
	{ INSN(0x380017e2, "strb w2, [sp], #1"), { .is_write = true, .size = 1, .count = 1, .rt = { 2 }, .rn = 31, .offset = 1, .post_index = true, .write_back = true } },
	{ INSN(0xb8804462, "ldrsw x2, [x3], #4"), { .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .offset = 4, .sign_extend = true, .post_index = true, .write_back = true } },
	{ INSN(0xf8408c62, "ldr x2, [x3, #8]!"), { .size = 8, .count = 1, .rt = { 2 }, .rn = 3, .offset = 8, .write_back = true } },
	{ INSN(0xf81f0fbf, "str xzr, [x29, #-16]!"), { .is_write = true, .size = 8, .count = 1, .rt = { 31 }, .rn = 29, .offset = -16, .write_back = true } },
	{ INSN(0x78402c62, "ldrh w2, [x3, #2]!"), { .size = 2, .count = 1, .rt = { 2 }, .rn = 3, .offset = 2, .to_32 = true, .write_back = true } },
	{ INSN(0x38dffc62, "ldrsb w2, [x3, #-1]!"), { .size = 1, .count = 1, .rt = { 2 }, .rn = 3, .offset = -1, .sign_extend = true, .to_32 = true, .write_back = true } },
	{ INSN(0xf85f8062, "ldur x2, [x3, #-8]"), { .size = 8, .count = 1, .rt = { 2 }, .rn = 3, .offset = -8 } },
	{ INSN(0xb81fc062, "stur w2, [x3, #-4]"), { .is_write = true, .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .offset = -4 } },
	{ INSN(0x384ff062, "ldurb w2, [x3, #255]"), { .size = 1, .count = 1, .rt = { 2 }, .rn = 3, .offset = 255, .to_32 = true } },
	{ INSN(0xb8900062, "ldursw x2, [x3, #-256]"), { .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .offset = -256, .sign_extend = true } },
	{ INSN(0xf81003ff, "stur xzr, [sp, #-256]"), { .is_write = true, .size = 8, .count = 1, .rt = { 31 }, .rn = 31, .offset = -256 } },
	{ INSN(0xf8646862, "ldr x2, [x3, x4]"), { .size = 8, .count = 1, .rt = { 2 }, .rn = 3, .register_offset = true } },
	{ INSN(0xb8245862, "str w2, [x3, w4, uxtw #2]"), { .is_write = true, .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .register_offset = true } },
	{ INSN(0x38646862, "ldrb w2, [x3, x4]"), { .size = 1, .count = 1, .rt = { 2 }, .rn = 3, .to_32 = true, .register_offset = true } },
	{ INSN(0xb8a4c862, "ldrsw x2, [x3, w4, sxtw]"), { .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .sign_extend = true, .register_offset = true } },
	{ INSN(0xa9400440, "ldp x0, x1, [x2]"), { .size = 8, .count = 2, .rt = { 0, 1 }, .rn = 2 } },
	{ INSN(0x29410440, "ldp w0, w1, [x2, #8]"), { .size = 4, .count = 2, .rt = { 0, 1 }, .rn = 2, .offset = 8, .to_32 = true } },
	{ INSN(0xa9200440, "stp x0, x1, [x2, #-512]"), { .is_write = true, .size = 8, .count = 2, .rt = { 0, 1 }, .rn = 2, .offset = -512 } },
	{ INSN(0x291fffff, "stp wzr, wzr, [sp, #252]"), { .is_write = true, .size = 4, .count = 2, .rt = { 31, 31 }, .rn = 31, .offset = 252 } },
	{ INSN(0x69400440, "ldpsw x0, x1, [x2]"), { .size = 4, .count = 2, .rt = { 0, 1 }, .rn = 2, .sign_extend = true } },
	{ INSN(0xa8c10440, "ldp x0, x1, [x2], #16"), { .size = 8, .count = 2, .rt = { 0, 1 }, .rn = 2, .offset = 16, .post_index = true, .write_back = true } },
	{ INSN(0x28bf0440, "stp w0, w1, [x2], #-8"), { .is_write = true, .size = 4, .count = 2, .rt = { 0, 1 }, .rn = 2, .offset = -8, .post_index = true, .write_back = true } },
	{ INSN(0xa9df8440, "ldp x0, x1, [x2, #504]!"), { .size = 8, .count = 2, .rt = { 0, 1 }, .rn = 2, .offset = 504, .write_back = true } },
	{ INSN(0xa9bf7bfd, "stp x29, x30, [sp, #-16]!"), { .is_write = true, .size = 8, .count = 2, .rt = { 29, 30 }, .rn = 31, .offset = -16, .write_back = true } },
	{ INSN(0x68c10440, "ldpsw x0, x1, [x2], #8"), { .size = 4, .count = 2, .rt = { 0, 1 }, .rn = 2, .offset = 8, .sign_extend = true, .post_index = true, .write_back = true } },
	{ INSN(0x69e00440, "ldpsw x0, x1, [x2, #-256]!"), { .size = 4, .count = 2, .rt = { 0, 1 }, .rn = 2, .offset = -256, .sign_extend = true, .write_back = true } },
	{ INSN(0xa8410440, "ldnp x0, x1, [x2, #16]"), { .size = 8, .count = 2, .rt = { 0, 1 }, .rn = 2, .offset = 16 } },
	{ INSN(0x28000440, "stnp w0, w1, [x2]"), { .is_write = true, .size = 4, .count = 2, .rt = { 0, 1 }, .rn = 2 } },
	{ INSN(0xf84087e0, "ldr x0, [sp], #8"), { .size = 8, .count = 1, .rt = { 0 }, .rn = 31, .offset = 8, .post_index = true, .write_back = true } },
};

static const struct {
	u32 word;
	const char *mnemonic;
} unknown[] = {
	{ INSN(0x3dc00020, "ldr q0, [x1]") },
	{ INSN(0xfd000020, "str d0, [x1]") },
	{ INSN(0x3c401420, "ldr b0, [x1], #1") },
	{ INSN(0xad400440, "ldp q0, q1, [x2]") },
	{ INSN(0x2d000440, "stp s0, s1, [x2]") },
	{ INSN(0x6c400440, "ldnp d0, d1, [x2]") },
	{ INSN(0x4c407020, "ld1 {v0.16b}, [x1]") },
	{ INSN(0x4c9f0c20, "st4 {v0.2d, v1.2d, v2.2d, v3.2d}, [x1], #64") },
	{ INSN(0xc85f7c20, "ldxr x0, [x1]") },
	{ INSN(0xc8007c41, "stxr w0, x1, [x2]") },
	{ INSN(0x885ffc20, "ldaxr w0, [x1]") },
	{ INSN(0x8800fc41, "stlxr w0, w1, [x2]") },
	{ INSN(0xc87f0440, "ldxp x0, x1, [x2]") },
	{ INSN(0xc8200861, "stxp w0, x1, x2, [x3]") },
	{ INSN(0xc8dffc20, "ldar x0, [x1]") },
	{ INSN(0x889ffc20, "stlr w0, [x1]") },
	{ INSN(0xc8df7c20, "ldlar x0, [x1]") },
	{ INSN(0xf8bfc020, "ldapr x0, [x1]") },
	{ INSN(0xd9408020, "ldapur x0, [x1, #8]") },
	{ INSN(0x99004020, "stlur w0, [x1, #4]") },
	{ INSN(0xc8a07c41, "cas x0, x1, [x2]") },
	{ INSN(0x48207c82, "casp x0, x1, x2, x3, [x4]") },
	{ INSN(0xf8200041, "ldadd x0, x1, [x2]") },
	{ INSN(0xb820005f, "stadd w0, [x2]") },
	{ INSN(0x38208041, "swpb w0, w1, [x2]") },
	{ INSN(0xf8204041, "ldsmax x0, x1, [x2]") },
	{ INSN(0xf8200420, "ldraa x0, [x1]") },
	{ INSN(0xf8a01c20, "ldrab x0, [x1, #8]!") },
	{ INSN(0x58000000, "ldr x0, .") },
	{ INSN(0x18000000, "ldr w0, .") },
	{ INSN(0x98000000, "ldrsw x0, .") },
	{ INSN(0xd8000000, "prfm pldl1keep, .") },
	{ INSN(0xf9800020, "prfm pldl1keep, [x1]") },
	{ INSN(0xf89ff020, "prfum pldl1keep, [x1, #-1]") },
	{ INSN(0xf8a26820, "prfm pldl1keep, [x1, x2]") },
	{ INSN(0xf8400820, "ldtr x0, [x1]") },
	{ INSN(0xb8000820, "sttr w0, [x1]") },
	{ INSN(0x38400820, "ldtrb w0, [x1]") },
	{ INSN(0xb8800820, "ldtrsw x0, [x1]") },
	{ INSN(0xd9200820, "stg x0, [x1]") },
	{ INSN(0xd9600020, "ldg x0, [x1]") },
	{ INSN(0x69000440, "stgp x0, x1, [x2]") },
	{ INSN(0xd9e00820, "stz2g x0, [x1]") },
	{ INSN(0x8b020020, "add x0, x1, x2") },
	{ INSN(0xd2800020, "mov x0, #1") },
	{ INSN(0x14000000, "b .") },
	{ INSN(0xd503201f, "nop") },
	{ INSN(0xd65f03c0, "ret") },
	{ INSN(0xd50b7420, "dc zva, x0") },
	{ INSN(0xd50b7520, "ic ivau, x0") },
	{ INSN(0xd50342df, "msr daifset, #2") },
	{ INSN(0xd4000002, "hvc #0") },
	{ INSN(0xd5380000, "mrs x0, midr_el1") },
	{ INSN(0x00000000, "udf #0") },
	/* With write-back to a register that is transferred as well: what hardware does is not defined. */
	{ INSN(0xf8408421, "ldr x1, [x1], #8") },
	{ INSN(0xf8008c21, "str x1, [x1, #8]!") },
	{ INSN(0x38401463, "ldrb w3, [x3], #1") },
	{ INSN(0xa8c10442, "ldp x2, x1, [x2], #16") },
	{ INSN(0xa9c10841, "ldp x1, x2, [x2, #16]!") },
	{ INSN(0xa9bf0442, "stp x2, x1, [x2, #-16]!") },
	{ INSN(0x68c10840, "ldpsw x0, x2, [x2], #8") },
}, unallocated[] = {
	{ 0x00000000, "udf" },
	{ 0xffffffff, "all ones" },
	{ 0xe9400440, "pair of opc 3" },
	{ 0x69000440, "signed pair store" },
	{ 0x68400440, "signed pair, non-temporal" },
	{ 0xf8800020, "prefetch with a register's size" },
	{ 0xb8c00020, "word signed to 32 bits" },
	{ 0xf9c00020, "doubleword signed to 32 bits" },
	{ 0xf8808420, "doubleword signed, post-indexed" },
};
/* clang-format on */

static void known_accesses(void **state)
{
	for (u32 n = 0; n < ARRAY_SIZE(known); n++) {
		const struct decoded_access *expected = &known[n].expected;
		struct decoded_access access;

		memset(&access, 0xff, sizeof(access));
		print_message("%s\n", known[n].mnemonic);
		assert_true(decode_access(known[n].word, false, &access));
		assert_int_equal(access.is_write, expected->is_write);
		assert_int_equal(access.size, expected->size);
		assert_int_equal(access.count, expected->count);
		assert_int_equal(access.rt[0], expected->rt[0]);
		if (access.count == 2)
			assert_int_equal(access.rt[1], expected->rt[1]);
		assert_int_equal(access.rn, expected->rn);
		assert_int_equal(access.offset, expected->offset);
		assert_int_equal(access.register_offset, expected->register_offset);
		assert_int_equal(access.post_index, expected->post_index);
		assert_int_equal(access.write_back, expected->write_back);
		if (access.is_write)
			continue;
		assert_int_equal(access.sign_extend, expected->sign_extend);
		assert_int_equal(access.to_32, expected->to_32);
	}
}

static void refused_instructions(void **state)
{
	struct decoded_access access;

	for (u32 n = 0; n < ARRAY_SIZE(unknown); n++) {
		print_message("%s\n", unknown[n].mnemonic);
		assert_false(decode_access(unknown[n].word, false, &access));
	}
	for (u32 n = 0; n < ARRAY_SIZE(unallocated); n++) {
		print_message("%s\n", unallocated[n].mnemonic);
		assert_false(decode_access(unallocated[n].word, false, &access));
	}
}

/** What the emulation relies on, whatever the word. */
static void check_invariants(u32 word)
{
	struct decoded_access access;

	if (!decode_access(word, false, &access))
		return;
	assert_true(access.size == 1 || access.size == 2 || access.size == 4 || access.size == 8);
	assert_true(access.count == 1 || access.count == 2);
	assert_true(access.count == 1 || access.size >= 4);
	assert_true(access.rt[0] < 32 && access.rt[1] < 32 && access.rn < 32);
	assert_true(access.offset >= -512 && access.offset <= 4095 * 8);
	assert_false(access.post_index && !access.write_back);
	assert_false(access.register_offset && (access.write_back || access.offset));
	assert_false(access.is_write && access.sign_extend);
	/* No vector registers; of the loads and stores only pairs and single ones. */
	assert_int_equal(word >> 26 & 1, 0);
	assert_int_equal(word >> 27 & 1, 1);
	assert_int_equal(word >> 25 & 1, 0);
	assert_int_equal(word >> 29 & 1, 1);
	if (access.write_back && access.rn != 31) {
		assert_int_not_equal(access.rt[0], access.rn);
		assert_true(access.count == 1 || access.rt[1] != access.rn);
	}
}

static void random_words(void **state)
{
	u32 decoded = 0;
	struct decoded_access access;

	for (u32 n = 0; n < 4000000; n++) {
		u32 word = next_random() >> 32;

		/* Every other one among the loads and stores. */
		if (n & 1)
			word = (word & ~0x0a000000) | 0x08000000;
		check_invariants(word);
		decoded += decode_access(word, false, &access);
	}
	assert_true(decoded > 100000);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(known_accesses),
		rule_test(refused_instructions),
		rule_test(random_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
