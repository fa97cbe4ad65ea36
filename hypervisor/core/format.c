// SPDX-License-Identifier: GPL-2.0-only
/* Text formatting: the few conversions that the core needs. Pure. */
#include <printk.h>

struct output {
	char *next, *last; /* last: where the NUL must go at the latest */
};

static void put(struct output *out, char c)
{
	if (out->next < out->last)
		*out->next++ = c;
}

struct conversion {
	bool left, zero, negative;
	u32 width;
};

static void pad(struct output *out, char c, u32 width, u32 length)
{
	for (; width > length; width--)
		put(out, c);
}

static void put_text(struct output *out, const char *text, u32 length,
		     const struct conversion *conv)
{
	if (!conv->left)
		pad(out, ' ', conv->width, length);
	for (u32 n = 0; n < length; n++)
		put(out, text[n]);
	if (conv->left)
		pad(out, ' ', conv->width, length);
}

static void put_number(struct output *out, u64 value, u32 base, const struct conversion *conv)
{
	char digits[24];
	u32 n = sizeof(digits), length;

	do {
		digits[--n] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	length = sizeof(digits) - n + conv->negative;
	if (!conv->left && !conv->zero)
		pad(out, ' ', conv->width, length);
	if (conv->negative)
		put(out, '-');
	if (!conv->left && conv->zero)
		pad(out, '0', conv->width, length);
	while (n < sizeof(digits))
		put(out, digits[n++]);
	if (conv->left)
		pad(out, ' ', conv->width, length);
}

static const char *parse_flags(const char *fmt, struct conversion *conv)
{
	*conv = (struct conversion){ 0 };
	for (;; fmt++) {
		if (*fmt == '-')
			conv->left = true;
		else if (*fmt == '0')
			conv->zero = true;
		else
			break;
	}
	for (; *fmt >= '0' && *fmt <= '9'; fmt++)
		conv->width = conv->width * 10 + (*fmt - '0');
	return fmt;
}

size_t format(char *buffer, size_t size, const char *fmt, va_list args)
{
	struct output out = { buffer, buffer + size - 1 };
	struct conversion conv;
	const char *text;
	const void *pointer;
	char c;
	s64 number;
	u32 longs;

	for (; *fmt; fmt++) {
		if (*fmt != '%') {
			put(&out, *fmt);
			continue;
		}
		fmt = parse_flags(fmt + 1, &conv);
		for (longs = 0; *fmt == 'l'; fmt++)
			longs++;
		switch (*fmt) {
		case 'd':
			number = longs == 2 ? __builtin_va_arg(args, long long) :
				 longs      ? __builtin_va_arg(args, long) :
					      __builtin_va_arg(args, int);
			conv.negative = number < 0;
			put_number(&out, conv.negative ? -(u64)number : (u64)number, 10, &conv);
			break;
		case 'u':
		case 'x':
			put_number(&out,
				   longs == 2 ? __builtin_va_arg(args, unsigned long long) :
				   longs      ? __builtin_va_arg(args, unsigned long) :
						__builtin_va_arg(args, unsigned int),
				   *fmt == 'x' ? 16 : 10, &conv);
			break;
		case 'p':
			put(&out, '0');
			put(&out, 'x');
			pointer = __builtin_va_arg(args, void *);
			put_number(&out, (uintptr_t)pointer, 16, &conv);
			break;
		case 's':
			text = __builtin_va_arg(args, const char *);
			for (number = 0; text[number];)
				number++;
			put_text(&out, text, number, &conv);
			break;
		case 'c':
			c = __builtin_va_arg(args, int);
			put_text(&out, &c, 1, &conv);
			break;
		case '%':
			put(&out, '%');
			break;
		default: /* also the end of the text: a mistake of ours, shown as it is */
			put(&out, '%');
			fmt--;
		}
	}
	*out.next = '\0';
	return out.next - buffer;
}
