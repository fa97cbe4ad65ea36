// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text on the frame buffer that EFI firmware (UEFI Specification, Graphics Output Protocol) or the boot loader set up:
 * 32 bits a pixel, lines without a gap. Black and white look the same in whatever order the colours are.
 *
 * Frame buffers are read so slowly that nothing is ever scrolled: text that has reached the bottom goes
 * on at the top, and the row below the one that is written is kept empty to show where that is.
 *
 * A divider other than 0 means here as for UARTs: set it up, which clears the screen. With 0 the screen
 * keeps what is on it until text needs the place.
 */
#include <bits.h>
#include <errno.h>
#include <mmio.h>
#include "drivers.h"
#include "efifb_font.h"

/* All is drawn in dots of 2x2 pixels. Two pixels are one access, for which the frame must be aligned. */
#define DOT_BYTES   8
#define DOT_LINES   2
#define CELL_WIDTH  (EFIFB_GLYPH_WIDTH + 1)
#define CELL_HEIGHT 8
#define TAB_COLUMNS 8

#define BLACK 0x0000000000000000ULL
#define WHITE 0x00ffffff00ffffffULL

/* Where the next character goes. There is one console. */
static u32 column, row;

static u32 frame_width(const struct jailhouse_console *config)
{
	return FB_IS_1920x1080(config->flags) ? 1920 : 1024;
}

static u32 frame_height(const struct jailhouse_console *config)
{
	return FB_IS_1920x1080(config->flags) ? 1080 : 768;
}

static u32 line_bytes(const struct jailhouse_console *config)
{
	return frame_width(config) * 4;
}

static u32 columns(const struct jailhouse_console *config)
{
	return line_bytes(config) / DOT_BYTES / CELL_WIDTH;
}

static u32 rows(const struct jailhouse_console *config)
{
	return frame_height(config) / DOT_LINES / CELL_HEIGHT;
}

static int efifb_memory_size(const struct jailhouse_console *config, u64 *size)
{
	*size = (u64)line_bytes(config) * frame_height(config);
	return config->address % DOT_BYTES || (config->size && config->size < *size) ? -EINVAL : 0;
}

/** Blacken lines of pixels, from first to before end. */
static void clear_lines(const struct uart *uart, u32 first, u32 end)
{
	u32 bytes = line_bytes(uart->config);

	for (u32 offset = first * bytes; offset < end * bytes; offset += DOT_BYTES)
		mmio_write64(mmio_reg(uart->base, offset), BLACK);
}

static void clear_row(const struct uart *uart, u32 number)
{
	clear_lines(uart, number * CELL_HEIGHT * DOT_LINES, (number + 1) * CELL_HEIGHT * DOT_LINES);
}

static void draw_dot(const struct uart *uart, u32 x, u32 y, u64 colour)
{
	u32 bytes = line_bytes(uart->config);

	for (u32 line = 0; line < DOT_LINES; line++)
		mmio_write64(mmio_reg(uart->base, (y * DOT_LINES + line) * bytes + x * DOT_BYTES),
			     colour);
}

/** Draw a character at the current place, with the gap to the next one. */
static void draw_cell(const struct uart *uart, char c)
{
	const u8 *glyph = efifb_font[c - EFIFB_FIRST_CHAR];

	for (u32 x = 0; x < CELL_WIDTH; x++)
		for (u32 y = 0; y < CELL_HEIGHT; y++)
			draw_dot(uart, column * CELL_WIDTH + x, row * CELL_HEIGHT + y,
				 x < EFIFB_GLYPH_WIDTH && (glyph[x] & BIT(y)) ? WHITE : BLACK);
}

static void begin_row(const struct uart *uart)
{
	row = (row + 1) % rows(uart->config);
	clear_row(uart, (row + 1) % rows(uart->config));
}

static void put_visible(const struct uart *uart, char c)
{
	if (column == columns(uart->config)) {
		column = 0;
		begin_row(uart);
	}
	draw_cell(uart, c);
	column++;
}

/** Never to the next row: that begins with a character, or with a newline. */
static void put_tab(const struct uart *uart)
{
	u32 next = MIN((column / TAB_COLUMNS + 1) * TAB_COLUMNS, columns(uart->config));

	while (column < next)
		put_visible(uart, ' ');
}

static void efifb_init(const struct uart *uart)
{
	column = 0;
	row = 0;
	clear_lines(uart, 0, frame_height(uart->config));
}

static bool efifb_tx_ready(const struct uart *uart)
{
	return true;
}

static void efifb_put(const struct uart *uart, char c)
{
	if (c == '\n')
		begin_row(uart);
	else if (c == '\r')
		column = 0;
	else if (c == '\t')
		put_tab(uart);
	else
		put_visible(uart, c >= EFIFB_FIRST_CHAR && c <= EFIFB_LAST_CHAR ? c : '?');
}

const struct uart_driver uart_efifb_driver = {
	.type = JAILHOUSE_CON_TYPE_EFIFB,
	.memory_size = efifb_memory_size,
	.init = efifb_init,
	.tx_ready = efifb_tx_ready,
	.put = efifb_put,
};
