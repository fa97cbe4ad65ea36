// SPDX-License-Identifier: GPL-2.0-only
/* arch/arm/decode.c: which loads and stores are carried out for a guest. The makefile assembles the mnemonics. */
#include "unit.h"
#include <decode.h>

#define A32(word, mnemonic) false, word, mnemonic
#define T32(word, mnemonic) true, word, mnemonic

/* clang-format off */
static const struct {
	bool t32;
	u32 word;
	const char *mnemonic;
	struct decoded_access expected;
} known[] = {
	{ A32(0xe5910000, "ldr r0, [r1]"), { .size = 4, .count = 1, .rt = { 0 }, .rn = 1 } },
	{ A32(0xe5832fff, "str r2, [r3, #4095]"), { .is_write = true, .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .offset = 4095 } },
	{ A32(0xe5132fff, "ldr r2, [r3, #-4095]"), { .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .offset = -4095 } },
	{ A32(0xe5fdc001, "ldrb r12, [sp, #1]!"), { .size = 1, .count = 1, .rt = { 12 }, .rn = 13, .offset = 1, .write_back = true } },
	{ A32(0xe564e001, "strb lr, [r4, #-1]!"), { .is_write = true, .size = 1, .count = 1, .rt = { 14 }, .rn = 4, .offset = -1, .write_back = true } },
	{ A32(0xe4932004, "ldr r2, [r3], #4"), { .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .offset = 4, .post_index = true, .write_back = true } },
	{ A32(0xe4032fff, "str r2, [r3], #-4095"), { .is_write = true, .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .offset = -4095, .post_index = true, .write_back = true } },
	{ A32(0x15932000, "ldrne r2, [r3]"), { .size = 4, .count = 1, .rt = { 2 }, .rn = 3 } },
	{ A32(0xe7932004, "ldr r2, [r3, r4]"), { .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .register_offset = true } },
	{ A32(0xe7432104, "strb r2, [r3, -r4, lsl #2]"), { .is_write = true, .size = 1, .count = 1, .rt = { 2 }, .rn = 3, .register_offset = true } },
	{ A32(0xe1d32fbf, "ldrh r2, [r3, #255]"), { .size = 2, .count = 1, .rt = { 2 }, .rn = 3, .offset = 255 } },
	{ A32(0xe04321b0, "strh r2, [r3], #-16"), { .is_write = true, .size = 2, .count = 1, .rt = { 2 }, .rn = 3, .offset = -16, .post_index = true, .write_back = true } },
	{ A32(0xe1f321d2, "ldrsb r2, [r3, #18]!"), { .size = 1, .count = 1, .rt = { 2 }, .rn = 3, .offset = 18, .sign_extend = true, .write_back = true } },
	{ A32(0xe1d320f0, "ldrsh r2, [r3]"), { .size = 2, .count = 1, .rt = { 2 }, .rn = 3, .sign_extend = true } },
	{ A32(0xe19320f4, "ldrsh r2, [r3, r4]"), { .size = 2, .count = 1, .rt = { 2 }, .rn = 3, .sign_extend = true, .register_offset = true } },
	{ A32(0xe10320b4, "strh r2, [r3, -r4]"), { .is_write = true, .size = 2, .count = 1, .rt = { 2 }, .rn = 3, .register_offset = true } },
	{ A32(0xe1c420d0, "ldrd r2, r3, [r4]"), { .size = 4, .count = 2, .rt = { 2, 3 }, .rn = 4 } },
	{ A32(0xe1642fdf, "ldrd r2, r3, [r4, #-255]!"), { .size = 4, .count = 2, .rt = { 2, 3 }, .rn = 4, .offset = -255, .write_back = true } },
	{ A32(0xe0c460f8, "strd r6, r7, [r4], #8"), { .is_write = true, .size = 4, .count = 2, .rt = { 6, 7 }, .rn = 4, .offset = 8, .post_index = true, .write_back = true } },
	{ A32(0xe1c0c0f0, "strd r12, sp, [r0]"), { .is_write = true, .size = 4, .count = 2, .rt = { 12, 13 }, .rn = 0 } },
	{ A32(0xe18420d5, "ldrd r2, r3, [r4, r5]"), { .size = 4, .count = 2, .rt = { 2, 3 }, .rn = 4, .register_offset = true } },
	{ T32(0xf8d10000, "ldr.w r0, [r1]"), { .size = 4, .count = 1, .rt = { 0 }, .rn = 1 } },
	{ T32(0xf8c32fff, "str.w r2, [r3, #4095]"), { .is_write = true, .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .offset = 4095 } },
	{ T32(0xf8532cff, "ldr r2, [r3, #-255]"), { .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .offset = -255 } },
	{ T32(0xf81dcf01, "ldrb r12, [sp, #1]!"), { .size = 1, .count = 1, .rt = { 12 }, .rn = 13, .offset = 1, .write_back = true } },
	{ T32(0xf804ed01, "strb lr, [r4, #-1]!"), { .is_write = true, .size = 1, .count = 1, .rt = { 14 }, .rn = 4, .offset = -1, .write_back = true } },
	{ T32(0xf8532b04, "ldr r2, [r3], #4"), { .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .offset = 4, .post_index = true, .write_back = true } },
	{ T32(0xf82329ff, "strh r2, [r3], #-255"), { .is_write = true, .size = 2, .count = 1, .rt = { 2 }, .rn = 3, .offset = -255, .post_index = true, .write_back = true } },
	{ T32(0xf8532024, "ldr.w r2, [r3, r4, lsl #2]"), { .size = 4, .count = 1, .rt = { 2 }, .rn = 3, .register_offset = true } },
	{ T32(0xf8032004, "strb.w r2, [r3, r4]"), { .is_write = true, .size = 1, .count = 1, .rt = { 2 }, .rn = 3, .register_offset = true } },
	{ T32(0xf9932012, "ldrsb.w r2, [r3, #18]"), { .size = 1, .count = 1, .rt = { 2 }, .rn = 3, .offset = 18, .sign_extend = true } },
	{ T32(0xf9332f02, "ldrsh r2, [r3, #2]!"), { .size = 2, .count = 1, .rt = { 2 }, .rn = 3, .offset = 2, .sign_extend = true, .write_back = true } },
	{ T32(0xf9332004, "ldrsh.w r2, [r3, r4]"), { .size = 2, .count = 1, .rt = { 2 }, .rn = 3, .sign_extend = true, .register_offset = true } },
	{ T32(0xe9d42700, "ldrd r2, r7, [r4]"), { .size = 4, .count = 2, .rt = { 2, 7 }, .rn = 4 } },
	{ T32(0xe97423ff, "ldrd r2, r3, [r4, #-1020]!"), { .size = 4, .count = 2, .rt = { 2, 3 }, .rn = 4, .offset = -1020, .write_back = true } },
	{ T32(0xe8e46102, "strd r6, r1, [r4], #8"), { .is_write = true, .size = 4, .count = 2, .rt = { 6, 1 }, .rn = 4, .offset = 8, .post_index = true, .write_back = true } },
};

static const struct {
	bool t32;
	u32 word;
	const char *mnemonic;
} unknown[] = {
	{ A32(0xe4b32004, "ldrt r2, [r3], #4") },
	{ A32(0xe4e32004, "strbt r2, [r3], #4") },
	{ A32(0xe0f320b4, "ldrht r2, [r3], #4") },
	{ A32(0xe7b32004, "ldr r2, [r3, r4]!") },
	{ A32(0xe6932004, "ldr r2, [r3], r4") },
	{ A32(0xe08320b4, "strh r2, [r3], r4") },
	{ A32(0xe59f2008, "ldr r2, [pc, #8]") },
	{ A32(0xe593f000, "ldr pc, [r3]") },
	{ A32(0xe583f000, "str pc, [r3]") },
	{ A32(0xe4933004, "ldr r3, [r3], #4") },
	{ A32(0xe5e33001, "strb r3, [r3, #1]!") },
	{ A32(0xe0c320d8, "ldrd r2, r3, [r3], #8") },
	{ A32(0xe1e220d8, "ldrd r2, r3, [r2, #8]!") },
	{ A32(0xe8930006, "ldm r3, {r1, r2}") },
	{ A32(0xe92d4010, "stmdb sp!, {r4, lr}") },
	{ A32(0xe1932f9f, "ldrex r2, [r3]") },
	{ A32(0xe1c32f94, "strexb r2, r4, [r3]") },
	{ A32(0xe1b42f9f, "ldrexd r2, r3, [r4]") },
	{ A32(0xf5d3f000, "pld [r3]") },
	{ A32(0xf593f000, "pldw [r3]") },
	{ A32(0xed930b00, "vldr d0, [r3]") },
	{ A32(0xf423070f, "vld1.8 {d0}, [r3]") },
	{ A32(0xe0020493, "mul r2, r3, r4") },
	{ A32(0xe0832594, "umull r2, r3, r4, r5") },
	{ A32(0xe0832004, "add r2, r3, r4") },
	{ A32(0xe6af2073, "sxtb r2, r3") },
	{ A32(0xe782f413, "usad8 r2, r3, r4") },
	{ A32(0xe7c72213, "bfi r2, r3, #4, #4") },
	{ A32(0xee010f10, "mcr p15, 0, r0, c1, c0, 0") },
	{ A32(0xec510f02, "mrrc p15, 0, r0, r1, c2") },
	{ A32(0xef000000, "svc #0") },
	{ A32(0xeafffffe, "b .") },
	{ A32(0xe320f000, "nop") },
	{ A32(0xe3a00001, "mov r0, #1") },
	{ A32(0xe3000001, "movw r0, #1") },
	{ A32(0xe7f000f0, "udf #0") },
	{ T32(0xf8532e04, "ldrt r2, [r3, #4]") },
	{ T32(0xf8032e00, "strbt r2, [r3]") },
	{ T32(0xf9332e00, "ldrsht r2, [r3]") },
	{ T32(0xf8df2008, "ldr.w r2, [pc, #8]") },
	{ T32(0xf8d3f000, "ldr.w pc, [r3]") },
	{ T32(0xe8f32302, "ldrd r2, r3, [r3], #8") },
	{ T32(0xe9df2302, "ldrd r2, r3, [pc, #8]") },
	{ T32(0xe8930102, "ldm.w r3, {r1, r8}") },
	{ T32(0xe92d4110, "stmdb sp!, {r4, r8, lr}") },
	{ T32(0xe8532f00, "ldrex r2, [r3]") },
	{ T32(0xe8c34f42, "strexb r2, r4, [r3]") },
	{ T32(0xe8d4237f, "ldrexd r2, r3, [r4]") },
	{ T32(0xe8d2f003, "tbb [r2, r3]") },
	{ T32(0xe8d2f013, "tbh [r2, r3, lsl #1]") },
	{ T32(0xf893f000, "pld [r3]") },
	{ T32(0xf813f004, "pld [r3, r4]") },
	{ T32(0xf993f000, "pli [r3]") },
	{ T32(0xed930b00, "vldr d0, [r3]") },
	{ T32(0xf923070f, "vld1.8 {d0}, [r3]") },
	{ T32(0xfb03f204, "mul r2, r3, r4") },
	{ T32(0xfba42305, "umull r2, r3, r4, r5") },
	{ T32(0xeb030204, "add.w r2, r3, r4") },
	{ T32(0xfa4ff283, "sxtb.w r2, r3") },
	{ T32(0xfa03f204, "lsl.w r2, r3, r4") },
	{ T32(0xee010f10, "mcr p15, 0, r0, c1, c0, 0") },
	{ T32(0xf7ffbffe, "b.w .") },
	{ T32(0xf3af8000, "nop.w") },
	{ T32(0xf7f0a000, "udf.w #0") },
};
/* clang-format on */

static void known_accesses(void **state)
{
	for (u32 n = 0; n < ARRAY_SIZE(known); n++) {
		const struct decoded_access *expected = &known[n].expected;
		struct decoded_access access;

		memset(&access, 0xff, sizeof(access));
		print_message("%s\n", known[n].mnemonic);
		assert_true(decode_access(known[n].word, known[n].t32, &access));
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
		assert_int_equal(access.sign_extend, expected->sign_extend);
	}
}

static void refused_instructions(void **state)
{
	struct decoded_access access;

	for (u32 n = 0; n < ARRAY_SIZE(unknown); n++) {
		print_message("%s\n", unknown[n].mnemonic);
		assert_false(decode_access(unknown[n].word, unknown[n].t32, &access));
	}
	/* With write-back to a register that is transferred as well, which assemblers refuse. */
	assert_false(decode_access(0xe4933004, false, &access));
	assert_false(decode_access(0xe5e33001, false, &access));
	assert_false(decode_access(0xe0c320d8, false, &access));
	assert_false(decode_access(0xf8533b04, true, &access));
	assert_false(decode_access(0xe8f32302, true, &access));
	/* Of no condition, of no size, of odd pairs; T32 without an index. */
	assert_false(decode_access(0xf5931000, false, &access));
	assert_false(decode_access(0xe1c430d0, false, &access));
	assert_false(decode_access(0xf8f32004, true, &access));
	assert_false(decode_access(0xf9c32004, true, &access));
	assert_false(decode_access(0xf8532804, true, &access));
	assert_false(decode_access(0xe8432704, true, &access));
}

/** What the emulation relies on, whatever the word. */
static bool check_invariants(u32 word, bool t32)
{
	struct decoded_access access;

	if (!decode_access(word, t32, &access))
		return false;
	assert_true(access.size == 1 || access.size == 2 || access.size == 4);
	assert_true(access.count == 1 || (access.count == 2 && access.size == 4));
	assert_true(access.rt[0] < 15 && access.rn < 15);
	assert_true(access.count == 1 || access.rt[1] < 15);
	assert_true(access.offset >= -4095 && access.offset <= 4095);
	assert_false(access.post_index && !access.write_back);
	assert_false(access.register_offset && (access.write_back || access.offset));
	assert_false(access.is_write && access.sign_extend);
	if (access.write_back) {
		assert_int_not_equal(access.rt[0], access.rn);
		assert_true(access.count == 1 || access.rt[1] != access.rn);
	}
	return true;
}

static void random_words(void **state)
{
	u32 decoded[2] = { 0, 0 };

	for (u32 n = 0; n < 4000000; n++) {
		u32 word = next_random() >> 32;

		decoded[0] += check_invariants(word, false);
		/* Every other one among the loads and stores. */
		if (n & 1)
			word = n & 2 ? word >> 7 | 0xf8000000 : word >> 7 | 0xe8000000;
		decoded[1] += check_invariants(word, true);
	}
	assert_true(decoded[0] > 100000 && decoded[1] > 100000);
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
