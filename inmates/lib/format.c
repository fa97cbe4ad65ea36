// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The formatting behind printk(), free of any device so that it also runs in tests. */
#include <inmate/text.h>

/* Longest number: 64 bits in decimal. */
#define DIGITS_MAX 20

struct output {
	void (*put)(void *context, char c);
	void *context;
};

/** One conversion: what stands between '%' and its letter. */
struct spec {
	unsigned int width;
	unsigned int longs; /* number of 'l'; 'z' counts as one */
	bool zero_padded;
	bool left_aligned;
};

static void put_repeated(const struct output *out, char c, unsigned int count)
{
	while (count-- > 0)
		out->put(out->context, c);
}

/** Writes the text with its sign, padded to the width. */
static void put_field(const struct output *out, const struct spec *spec, const char *sign,
		      const char *text, unsigned int len)
{
	unsigned int used = len + strlen(sign);
	unsigned int padding = spec->width > used ? spec->width - used : 0;
	bool zeroes = spec->zero_padded && !spec->left_aligned;

	if (!zeroes && !spec->left_aligned)
		put_repeated(out, ' ', padding);
	while (*sign)
		out->put(out->context, *sign++);
	if (zeroes)
		put_repeated(out, '0', padding);
	while (len-- > 0)
		out->put(out->context, *text++);
	if (spec->left_aligned)
		put_repeated(out, ' ', padding);
}

static void put_number(const struct output *out, const struct spec *spec, const char *sign,
		       unsigned long long value, unsigned int base, bool capitals)
{
	const char *symbols = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
	char digits[DIGITS_MAX];
	unsigned int pos = DIGITS_MAX;

	do {
		digits[--pos] = symbols[value % base];
		value /= base;
	} while (value);
	put_field(out, spec, sign, digits + pos, DIGITS_MAX - pos);
}

static void put_signed(const struct output *out, const struct spec *spec, long long value)
{
	unsigned long long magnitude = value;

	if (value < 0)
		put_number(out, spec, "-", 0 - magnitude, 10, false);
	else
		put_number(out, spec, "", magnitude, 10, false);
}

static void put_string(const struct output *out, const struct spec *spec, const char *text)
{
	struct spec plain = *spec;

	plain.zero_padded = false;
	if (!text)
		text = "(null)";
	put_field(out, &plain, "", text, strlen(text));
}

/** Reads flags, width and size. Returns the position of the conversion's letter. */
static const char *parse_spec(const char *fmt, struct spec *spec)
{
	*spec = (struct spec){ 0 };
	for (; *fmt == '0' || *fmt == '-'; fmt++) {
		spec->zero_padded |= *fmt == '0';
		spec->left_aligned |= *fmt == '-';
	}
	for (; *fmt >= '0' && *fmt <= '9'; fmt++)
		spec->width = spec->width * 10 + (*fmt - '0');
	for (; *fmt == 'l' || *fmt == 'z'; fmt++)
		spec->longs++;
	return fmt;
}

#define NEXT_INTEGER(args, longs, sign)                          \
	((longs) >= 2 ? __builtin_va_arg(args, sign long long) : \
	 (longs) == 1 ? __builtin_va_arg(args, sign long) :      \
			__builtin_va_arg(args, sign int))

void vformat(void (*put)(void *context, char c), void *context, const char *fmt,
	     __builtin_va_list args)
{
	const struct output out = { put, context };
	struct spec spec;
	char c;

	for (; *fmt; fmt++) {
		if (*fmt != '%') {
			put(context, *fmt);
			continue;
		}
		fmt = parse_spec(fmt + 1, &spec);
		switch (*fmt) {
		case 'c':
			c = __builtin_va_arg(args, int);
			put_field(&out, &spec, "", &c, 1);
			break;
		case 's':
			put_string(&out, &spec, __builtin_va_arg(args, const char *));
			break;
		case 'd':
		case 'i':
			put_signed(&out, &spec, NEXT_INTEGER(args, spec.longs, signed));
			break;
		case 'u':
			put_number(&out, &spec, "", NEXT_INTEGER(args, spec.longs, unsigned), 10,
				   false);
			break;
		case 'x':
		case 'X':
			put_number(&out, &spec, "", NEXT_INTEGER(args, spec.longs, unsigned), 16,
				   *fmt == 'X');
			break;
		case 'p':
			put_number(&out, &spec, "0x", (unsigned long)__builtin_va_arg(args, void *),
				   16, false);
			break;
		case '%':
			put(context, '%');
			break;
		case '\0': /* the text ends within a conversion */
			return;
		default: /* unknown: show it as it stands, take no argument */
			put(context, '%');
			put(context, *fmt);
		}
	}
}
