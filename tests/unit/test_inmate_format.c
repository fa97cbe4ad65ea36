// SPDX-License-Identifier: GPL-2.0-only
/* The formatting behind the inmates' printk(), held against libc's where both know the conversion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "../../inmates/lib/format.c"

struct text {
	char content[256];
	unsigned int len;
};

static void append(void *context, char c)
{
	struct text *text = context;

	assert_true(text->len < sizeof(text->content) - 1);
	text->content[text->len++] = c;
}

static const char *format(const char *fmt, ...)
{
	static struct text text;
	va_list args;

	memset(&text, 0, sizeof(text));
	va_start(args, fmt);
	vformat(append, &text, fmt, args);
	va_end(args);
	return text.content;
}

#define assert_like_libc(...)                                       \
	do {                                                        \
		char expected[256];                                 \
		snprintf(expected, sizeof(expected), __VA_ARGS__);  \
		assert_string_equal(format(__VA_ARGS__), expected); \
	} while (0)

static void plain_text(void **state)
{
	assert_string_equal(format(""), "");
	assert_string_equal(format("no conversion\n"), "no conversion\n");
	assert_string_equal(format("100%%"), "100%");
}

static void signed_numbers(void **state)
{
	assert_like_libc("%d %i %d", 0, -1, 2147483647);
	assert_like_libc("%d", -2147483647 - 1);
	assert_like_libc("%ld %lld", INT64_MIN, (long long)INT64_MAX);
	assert_like_libc("jitter: %6ld ns, min: %6ld ns", 123L, -45L);
	assert_like_libc("%08d|%-8d|%8d", -42, -42, -42);
	assert_like_libc("%2d", 12345);
}

static void unsigned_numbers(void **state)
{
	assert_like_libc("%u %lu %llu %zu", 4294967295U, ~0UL, ~0ULL, sizeof(int));
	assert_like_libc("%x %X %lx %llx", 0xdeadbeefU, 0xdeadbeefU, ~0UL, 0x123456789abcdefULL);
	assert_like_libc("%02x:%08x:%-4x|", 5U, 0xabcU, 1U);
	assert_string_equal(format("%p", (void *)0x1234), "0x1234");
}

static void strings_and_characters(void **state)
{
	assert_like_libc("%s and %c", "text", 'c');
	assert_like_libc("[%8s] [%-8s] [%2s]", "right", "left", "long");
	assert_string_equal(format("%s", (const char *)NULL), "(null)");
}

/* A mistake in the text must not run past its end, nor take arguments that are not there. */
static void malformed(void **state)
{
	assert_string_equal(format("end %"), "end ");
	assert_string_equal(format("end %08l"), "end ");
	assert_string_equal(format("%y %d", 7), "%y 7");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text),       cmocka_unit_test(signed_numbers),
		cmocka_unit_test(unsigned_numbers), cmocka_unit_test(strings_and_characters),
		cmocka_unit_test(malformed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
