// SPDX-License-Identifier: GPL-2.0-only
/* core/format.c and core/string.c, held against libc's where both know the same. */
#include "unit.h"
#include <printk.h>

void *core_memcpy(void *dest, const void *src, size_t n);
void *core_memset(void *dest, int c, size_t n);
int core_memcmp(const void *a, const void *b, size_t n);
int core_strcmp(const char *a, const char *b);
size_t core_strnlen(const char *s, size_t max);

static char text[256];

static size_t format_sized(size_t size, const char *fmt, ...)
{
	va_list args;
	size_t length;

	memset(text, '#', sizeof(text));
	va_start(args, fmt);
	length = format(text, size, fmt, args);
	va_end(args);
	assert_true(length < size);
	assert_int_equal(text[length], '\0');
	assert_int_equal(strnlen(text, sizeof(text)), length);
	for (size_t n = size; n < sizeof(text); n++)
		assert_int_equal(text[n], '#');
	return length;
}

/** As libc's printf() has it. */
#define same(fmt, ...)                                                  \
	do {                                                            \
		char expected[256];                                     \
		snprintf(expected, sizeof(expected), fmt, __VA_ARGS__); \
		format_sized(sizeof(text), fmt, __VA_ARGS__);           \
		assert_string_equal(text, expected);                    \
	} while (0)

static void numbers(void **state)
{
	static const u64 values[] = { 0,
				      1,
				      9,
				      10,
				      0xff,
				      12345,
				      0x7fffffff,
				      0x80000000,
				      0xffffffff,
				      0x100000000,
				      0x7fffffffffffffff,
				      0x8000000000000000,
				      0xffffffffffffffff };

	for (u32 n = 0; n < ARRAY_SIZE(values); n++) {
		same("%u|%x", (unsigned int)values[n], (unsigned int)values[n]);
		same("%lu|%lx", (unsigned long)values[n], (unsigned long)values[n]);
		same("%llu|%llx", values[n], values[n]);
		same("%5u|%-5u|%05u", (u32)values[n], (u32)values[n], (u32)values[n]);
		same("%20llu|%-20llu|%020llu", values[n], values[n], values[n]);
		same("%3x|%-3x|%03x", (u32)values[n], (u32)values[n], (u32)values[n]);
		same("%016llx|%40llu", values[n], values[n]);
	}
	same("%u of %u", 1, 100);
}

static void texts(void **state)
{
	same("%s", "");
	same("%s", "text");
	same("[%8s|%-8s|%2s|%-2s]", "text", "text", "text", "text");
	same("100%% of %s", "them");
	format_sized(sizeof(text), "plain");
	assert_string_equal(text, "plain");
	format_sized(sizeof(text), "%s", "");
	assert_string_equal(text, "");
}

/** Mistakes of ours show, and lead nowhere. */
static void unknown_conversions(void **state)
{
	static const struct {
		const char *fmt, *expected;
	} cases[] = {
		{ "%", "%" },      { "a%", "a%" }, { "%5", "%" },  { "%l", "%" },  { "%q!", "%q!" },
		{ "%-08y", "%y" }, { "%d", "%d" }, { "%c", "%c" }, { "%p", "%p" },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		format_sized(sizeof(text), cases[n].fmt, 1, 2, 3);
		assert_string_equal(text, cases[n].expected);
	}
}

static void cut_at_every_length(void **state)
{
	static const char expected[] = "abc 12345 7fffffffffff      right|";

	for (size_t size = 1; size <= sizeof(expected) + 2; size++) {
		size_t length =
			format_sized(size, "abc %u %llx %10s|", 12345, 0x7fffffffffffULL, "right");

		assert_int_equal(length, size < sizeof(expected) ? size - 1 : sizeof(expected) - 1);
		assert_memory_equal(text, expected, length);
	}
	format_sized(8, "%1000s", "x");
	assert_string_equal(text, "       ");
}

/* --- memory and strings --------------------------------------------------------------------- */

#define AREA 96

static void copies(void **state)
{
	u8 from[AREA], to[AREA], expected[AREA];

	for (u32 n = 0; n < AREA; n++)
		from[n] = next_random();
	for (u32 source = 0; source < 9; source++)
		for (u32 dest = 0; dest < 9; dest++)
			for (u32 size = 0; size <= 40; size++) {
				memset(to, 0x5a, AREA);
				memset(expected, 0x5a, AREA);
				memcpy(expected + dest, from + source, size);
				assert_ptr_equal(core_memcpy(to + dest, from + source, size),
						 to + dest);
				assert_memory_equal(to, expected, AREA);
			}
}

static void fills(void **state)
{
	static const int values[] = { 0, 1, 0xff, 0x1ab, -1 };
	u8 to[AREA], expected[AREA];

	for (u32 v = 0; v < ARRAY_SIZE(values); v++)
		for (u32 dest = 0; dest < 9; dest++)
			for (u32 size = 0; size <= 40; size++) {
				memset(to, 0x5a, AREA);
				memset(expected, 0x5a, AREA);
				memset(expected + dest, values[v], size);
				assert_ptr_equal(core_memset(to + dest, values[v], size),
						 to + dest);
				assert_memory_equal(to, expected, AREA);
			}
}

static int sign(int value)
{
	return (value > 0) - (value < 0);
}

static void comparisons(void **state)
{
	static const char *const strings[] = { "",      "a",   "b",    "ab",  "aa",
					       "a\xff", "abc", "\x80", "\x7f" };

	for (u32 a = 0; a < ARRAY_SIZE(strings); a++)
		for (u32 b = 0; b < ARRAY_SIZE(strings); b++) {
			size_t n = MIN(strnlen(strings[a], 9), strnlen(strings[b], 9));

			assert_int_equal(sign(core_strcmp(strings[a], strings[b])),
					 sign(strcmp(strings[a], strings[b])));
			assert_int_equal(sign(core_memcmp(strings[a], strings[b], n)),
					 sign(memcmp(strings[a], strings[b], n)));
		}
	assert_int_equal(core_memcmp("a", "b", 0), 0);
}

static void lengths(void **state)
{
	char *unterminated = scratch(4);

	memset(unterminated, 'x', 4);
	assert_int_equal(core_strnlen(unterminated, 4), 4);
	assert_int_equal(core_strnlen(unterminated, 0), 0);
	assert_int_equal(core_strnlen("abc", 32), 3);
	assert_int_equal(core_strnlen("", 32), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(numbers),
		rule_test(texts),
		rule_test(unknown_conversions),
		rule_test(cut_at_every_length),
		rule_test(copies),
		rule_test(fills),
		rule_test(comparisons),
		rule_test(lengths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
