// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Options on the inmate's command line. */
#include <inmate/text.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static const char *word_end(const char *word)
{
	while (*word && !is_blank(*word))
		word++;
	return word;
}

/**
 * Finds the option. Returns what stands behind its name, either "=value" or nothing up
 * to the next blank, or NULL if there is no such option.
 */
static const char *find_option(const char *param)
{
	unsigned long len = strlen(param);
	const char *word = cmdline;

	while (*word) {
		if (strncmp(word, param, len) == 0 &&
		    (word[len] == '=' || !word[len] || is_blank(word[len])))
			return word + len;
		word = word_end(word);
		while (is_blank(*word))
			word++;
	}
	return NULL;
}

/** Returns the value of the option and its length, or NULL. */
static const char *find_value(const char *param, unsigned long *len)
{
	const char *value = find_option(param);

	if (!value || *value != '=')
		return NULL;
	value++;
	*len = word_end(value) - value;
	return value;
}

const char *cmdline_parse_str(const char *param, char *buffer, unsigned long size,
			      const char *default_value)
{
	unsigned long len;
	const char *value = find_value(param, &len);

	if (!value || size == 0)
		return default_value;
	if (len > size - 1)
		len = size - 1;
	memcpy(buffer, value, len);
	buffer[len] = '\0';
	return buffer;
}

/** Value of a digit in any base up to 16, or 16. */
static unsigned int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

long long cmdline_parse_int(const char *param, long long default_value)
{
	unsigned long len;
	const char *value = find_value(param, &len);
	unsigned long long number = 0;
	unsigned int base = 10;
	bool negative;

	if (!value || len == 0)
		return default_value;
	negative = *value == '-';
	if (negative)
		value++;
	if (value[0] == '0' && (value[1] | 0x20) == 'x') {
		base = 16;
		value += 2;
	}
	if (digit_value(*value) >= base)
		return default_value;
	for (; digit_value(*value) < base; value++)
		number = number * base + digit_value(*value);
	return negative ? -number : number;
}

static bool value_is(const char *value, unsigned long len, const char *word)
{
	return strlen(word) == len && strncmp(value, word, len) == 0;
}

bool cmdline_parse_bool(const char *param, bool default_value)
{
	unsigned long len;
	const char *option = find_option(param), *value;

	if (!option)
		return default_value;
	value = find_value(param, &len);
	if (!value || value_is(value, len, "true") || value_is(value, len, "1") ||
	    value_is(value, len, "y"))
		return true;
	if (value_is(value, len, "false") || value_is(value, len, "0") || value_is(value, len, "n"))
		return false;
	return default_value;
}
