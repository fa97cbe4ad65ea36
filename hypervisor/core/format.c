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
	bool left, zero;
	u32 width;
};

static void pad(struct output *out, char c, u32 width, u32 length)
{
	for (; width > length; width--)
		put(out, c);
}

static void put_text(struct output *out, const char *text, u32 count, const struct conversion *conv)
{
	if (!conv->left)
		pad(out, conv->zero ? '0' : ' ', conv->width, count);
	for (u32 n = 0; n < count; n++)
		put(out, text[n]);
	if (conv->left)
		pad(out, ' ', conv->width, count);
}

static void put_number(struct output *out, u64 value, u32 base, const struct conversion *conv)
{
	char digits[24];
	u32 n = sizeof(digits);

	do {
		digits[--n] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value);
	put_text(out, &digits[n], sizeof(digits) - n, conv);
}

static const char *parse_flags(const char *fmt, struct conversion *conv)
{
	*conv = (struct conversion){ 0 };
	for (; *fmt == '-' || *fmt == '0'; fmt++) {
		conv->left |= *fmt == '-';
		conv->zero |= *fmt == '0';
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
	u32 longs, length;

	for (; *fmt; fmt++) {
		if (*fmt != '%') {
			put(&out, *fmt);
			continue;
		}
		fmt = parse_flags(fmt + 1, &conv);
		for (longs = 0; *fmt == 'l'; fmt++)
			longs++;
		switch (*fmt) {
		case 'u':
		case 'x':
			put_number(&out,
				   longs == 2 ? __builtin_va_arg(args, unsigned long long) :
				   longs      ? __builtin_va_arg(args, unsigned long) :
						__builtin_va_arg(args, unsigned int),
				   *fmt == 'x' ? 16 : 10, &conv);
			break;
		case 's':
			text = __builtin_va_arg(args, const char *);
			for (length = 0; text[length];)
				length++;
			put_text(&out, text, length, &conv);
			break;
		default: /* another '%', or else a mistake of ours, shown as it is; also the end of the text */
			put(&out, '%');
			if (*fmt != '%')
				fmt--;
		}
	}
	*out.next = '\0';
	return out.next - buffer;
}
