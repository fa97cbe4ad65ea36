// SPDX-License-Identifier: GPL-2.0-only
/* Options on the inmates' command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* Here it has to change from test to test. */
#define cmdline cmdline_declared_const
#include <inmate/text.h>
#undef cmdline
static char cmdline[128];

#include "../../inmates/lib/cmdline.c"

static void set(const char *text)
{
	memset(cmdline, 'x', sizeof(cmdline));
	strcpy(cmdline, text);
}

static void strings(void **state)
{
	char value[8];

	set("first=one  second=two third");
	assert_string_equal(cmdline_parse_str("first", value, sizeof(value), NULL), "one");
	assert_string_equal(cmdline_parse_str("second", value, sizeof(value), NULL), "two");
	assert_string_equal(cmdline_parse_str("third", value, sizeof(value), "none"), "none");
	assert_null(cmdline_parse_str("fourth", value, sizeof(value), NULL));
	assert_null(cmdline_parse_str("irst", value, sizeof(value), NULL));
	assert_null(cmdline_parse_str("firs", value, sizeof(value), NULL));
}

static void long_values_are_cut(void **state)
{
	char value[4] = "....";

	set("name=abcdefgh");
	assert_string_equal(cmdline_parse_str("name", value, sizeof(value), NULL), "abc");
	assert_null(cmdline_parse_str("name", value, 0, NULL));
}

static void numbers(void **state)
{
	set("a=10 b=0x7fc00000 c=-5 d= e=word f=0xFFFFffffFFFFffff g=12k a=11");
	assert_int_equal(cmdline_parse_int("a", 1), 10);
	assert_int_equal(cmdline_parse_int("b", 1), 0x7fc00000);
	assert_int_equal(cmdline_parse_int("c", 1), -5);
	assert_int_equal(cmdline_parse_int("d", 1), 1);
	assert_int_equal(cmdline_parse_int("e", 1), 1);
	assert_true((uint64_t)cmdline_parse_int("f", 1) == ~0ULL);
	assert_int_equal(cmdline_parse_int("g", 1), 12);
	assert_int_equal(cmdline_parse_int("none", 42), 42);
}

static void truth(void **state)
{
	set("\ton yes=y one=1 right=true off=false no=n zero=0 odd=maybe");
	assert_true(cmdline_parse_bool("on", false));
	assert_true(cmdline_parse_bool("yes", false));
	assert_true(cmdline_parse_bool("one", false));
	assert_true(cmdline_parse_bool("right", false));
	assert_false(cmdline_parse_bool("off", true));
	assert_false(cmdline_parse_bool("no", true));
	assert_false(cmdline_parse_bool("zero", true));
	assert_true(cmdline_parse_bool("odd", true));
	assert_false(cmdline_parse_bool("absent", false));
}

static void empty(void **state)
{
	set("");
	assert_int_equal(cmdline_parse_int("a", 3), 3);
	assert_false(cmdline_parse_bool("", false));
	set("   ");
	assert_int_equal(cmdline_parse_int("a", 3), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings), cmocka_unit_test(long_values_are_cut),
		cmocka_unit_test(numbers), cmocka_unit_test(truth),
		cmocka_unit_test(empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
