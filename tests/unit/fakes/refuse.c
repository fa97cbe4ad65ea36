// SPDX-License-Identifier: GPL-2.0-only
/* refuse() keeps what it is told; so does printk(), of its last line. */
#include "unit.h"
#include <printk.h>

char *strstr(const char *haystack, const char *needle);

struct refusal refusal;
struct printed printed;

int refuse(int error, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(refusal.text, sizeof(refusal.text), fmt, args);
	va_end(args);
	refusal.error = error;
	refusal.count++;
	return error;
}

void printk(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(printed.text, sizeof(printed.text), fmt, args);
	va_end(args);
	printed.lines++;
}

void check_refusal(const char *file, int line, long result, long error, const char *words)
{
	if (result == error && (error == 0 ? refusal.count == 0 :
					     refusal.count == 1 && refusal.error == error &&
						     strstr(refusal.text, words)))
		return;
	print_error("result %ld, %u refusals, \"%s\"; expected %ld, \"%s\"\n", result,
		    refusal.count, refusal.text, error, words ? words : "");
	_fail(file, line);
}
