// SPDX-License-Identifier: GPL-2.0-only
/* uart/efifb.c: text on a frame buffer, which is exactly as large as it must be, so that the sanitizer sees accesses beyond. */
#include "unit.h"
#include <uart.h>

#define BLACK 0x00000000
#define WHITE 0x00ffffff
#define DIRT  0x00123456

struct geometry {
	u16 flags;
	u32 width, height, columns, rows;
};

static const struct geometry geometries[] = {
	{ JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_FB_1024x768, 1024, 768, 85, 48 },
	{ JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_FB_1920x1080, 1920, 1080, 160, 67 },
};

static const struct geometry *geometry;
static struct jailhouse_console config;
static struct uart screen;

static u32 *frame(void)
{
	return screen.base;
}

static u32 pixel(u32 x, u32 y)
{
	return frame()[y * geometry->width + x];
}

static void fill(u32 colour)
{
	for (u32 n = 0; n < geometry->width * geometry->height; n++)
		frame()[n] = colour;
}

/** A screen full of dirt, then as the driver leaves it. */
static void open_screen(const struct geometry *which, u32 divider)
{
	u64 size;

	geometry = which;
	config = (struct jailhouse_console){ .address = 0x80000000,
					     .type = JAILHOUSE_CON_TYPE_EFIFB,
					     .flags = which->flags,
					     .divider = divider };
	assert_int_equal(uart_memory_size(&config, &size), 0);
	assert_int_equal(size, (u64)which->width * which->height * 4);
	screen = (struct uart){ scratch(size), &config, uart_find_driver(config.type) };
	fill(DIRT);
	if (divider)
		screen.driver->init(&screen);
}

static void print(const char *text)
{
	for (; *text; text++)
		uart_putc(&screen, *text);
}

/** What the cell shows: 8 lines of 6 dots, as the picture says ('#' is white). All four pixels of a dot are alike. */
static bool cell_shows(u32 column, u32 row, const char *picture)
{
	for (u32 y = 0; y < 16; y++)
		for (u32 x = 0; x < 12; x++)
			if (pixel(column * 12 + x, row * 16 + y) !=
			    (picture[y / 2 * 6 + x / 2] == '#' ? WHITE : BLACK))
				return false;
	return true;
}

static const char picture_A[] = "..#..."
				".#.#.."
				"#...#."
				"#...#."
				"#####."
				"#...#."
				"#...#."
				"......";
static const char picture_g[] = "......"
				"......"
				".####."
				"#...#."
				"#...#."
				".####."
				"....#."
				"####..";
static const char picture_unknown[] = ".###.."
				      "#...#."
				      "....#."
				      "...#.."
				      "..#..."
				      "......"
				      "..#..."
				      "......";
static const char picture_blank[] = "................................................";

static bool all_pixels(u32 first_line, u32 end_line, u32 colour)
{
	for (u32 y = first_line; y < end_line; y++)
		for (u32 x = 0; x < geometry->width; x++)
			if (pixel(x, y) != colour)
				return false;
	return true;
}

#define for_each_geometry(g) \
	for (const struct geometry *g = geometries; g < geometries + ARRAY_SIZE(geometries); g++)

static void characters(void **state)
{
	for_each_geometry (g) {
		open_screen(g, 1);
		assert_true(all_pixels(0, g->height, BLACK));
		print("A g\x7f");
		uart_putc(&screen, (char)0xe4);
		assert_true(cell_shows(0, 0, picture_A));
		assert_true(cell_shows(1, 0, picture_blank));
		assert_true(cell_shows(2, 0, picture_g));
		assert_true(cell_shows(3, 0, picture_unknown));
		assert_true(cell_shows(4, 0, picture_unknown));
		assert_true(all_pixels(16, g->height, BLACK));
	}
}

static void each_has_its_own_glyph(void **state)
{
	u32 seen[0x7f - 0x20][16][12];

	open_screen(geometries, 1);
	for (char c = 0x20; c < 0x7f; c++) {
		print("\r");
		uart_putc(&screen, c);
		for (u32 y = 0; y < 16; y++)
			memcpy(seen[c - 0x20][y], frame() + y * geometry->width,
			       sizeof(seen[0][0]));
		for (char other = 0x20; other < c; other++)
			assert_memory_not_equal(seen[c - 0x20], seen[other - 0x20],
						sizeof(seen[0]));
	}
}

static void control_characters(void **state)
{
	open_screen(geometries, 1);
	print("gA\rA\tA\n\tA");
	assert_true(cell_shows(0, 0, picture_A));
	/* A tab overwrites what is there, like blanks. */
	assert_true(cell_shows(1, 0, picture_blank));
	assert_true(cell_shows(8, 0, picture_A));
	assert_true(cell_shows(0, 1, picture_blank));
	assert_true(cell_shows(8, 1, picture_A));
}

static void long_lines_go_on_below(void **state)
{
	for_each_geometry (g) {
		open_screen(g, 1);
		for (u32 n = 0; n < g->columns; n++)
			print("A");
		assert_true(cell_shows(g->columns - 1, 0, picture_A));
		/* A full line followed by a newline takes one row. */
		assert_true(all_pixels(16, g->height, BLACK));
		print("\t\nA");
		assert_true(cell_shows(0, 1, picture_A));
		for (u32 n = 0; n < g->columns; n++)
			print("g");
		assert_true(cell_shows(g->columns - 1, 1, picture_g));
		assert_true(cell_shows(0, 2, picture_g));
		assert_true(cell_shows(1, 2, picture_blank));
		for (u32 n = 1; n < g->columns; n += 8)
			print("\t");
		print("A");
		assert_true(cell_shows(g->columns - 1, 2, picture_blank));
		assert_true(cell_shows(0, 3, picture_A));
	}
}

static void the_bottom_goes_on_at_the_top(void **state)
{
	for_each_geometry (g) {
		open_screen(g, 1);
		for (u32 n = 0; n < g->rows - 1; n++)
			print("A\n");
		print("g");
		assert_true(cell_shows(0, g->rows - 1, picture_g));
		/* The row to be written next is empty already, the others stay. */
		assert_true(all_pixels(0, 16, BLACK));
		assert_true(cell_shows(0, 1, picture_A));
		print("\ng");
		assert_true(cell_shows(0, 0, picture_g));
		assert_true(all_pixels(16, 32, BLACK));
		assert_true(cell_shows(0, 2, picture_A));
		assert_true(cell_shows(0, g->rows - 1, picture_g));
	}
}

/* Initialised with divider 0: nothing changes but where text is, and the row below it. */
static void set_up_already(void **state)
{
	for_each_geometry (g) {
		open_screen(g, 1);
		config.divider = 0;
		fill(DIRT);
		print("A");
		assert_true(cell_shows(0, 0, picture_A));
		assert_int_equal(pixel(12, 0), DIRT);
		assert_true(all_pixels(16, g->height, DIRT));
		print("\n");
		assert_true(all_pixels(16, 32, DIRT));
		assert_true(all_pixels(32, 48, BLACK));
		assert_true(all_pixels(48, g->height, DIRT));
	}
}

/* Text never leaves its rows and columns; that it does not leave the frame, the sanitizer checks. */
static void any_text_stays_within(void **state)
{
	for_each_geometry (g) {
		open_screen(g, 1);
		fill(DIRT);
		for (u32 n = 0; n < 20000; n++)
			uart_putc(&screen, random_below(8) ? (char)next_random() :
							     "\r\n\t"[random_below(3)]);
		assert_true(all_pixels(g->rows * 16, g->height, DIRT));
	}
}

static int size_of(u64 address, u32 size, u16 type, u16 flags, u64 *needed)
{
	struct jailhouse_console console = {
		.address = address, .size = size, .type = type, .flags = flags
	};

	return uart_memory_size(&console, needed);
}

static void memory_of_a_frame(void **state)
{
	u64 size;

	for_each_geometry (g) {
		u32 bytes = g->width * g->height * 4;

		assert_int_equal(size_of(0x80000000, bytes, 1, g->flags, &size), 0);
		assert_int_equal(size, bytes);
		/* Not more than is drawn to, however large the configuration says it is. */
		assert_int_equal(size_of(0x80000000, ~0U, 1, g->flags, &size), 0);
		assert_int_equal(size, bytes);
		/* It is memory, whatever the flags say. */
		assert_int_equal(size_of(0x80000008, 0, 1, g->flags & ~1, &size), 0);
		assert_int_equal(size, bytes);
		assert_int_equal(size_of(0x80000000, bytes - 1, 1, g->flags, &size), -EINVAL);
		assert_int_equal(size_of(0x80000004, 0, 1, g->flags, &size), -EINVAL);
	}
}

static void memory_of_others(void **state)
{
	u64 size;

	assert_int_equal(size_of(0x3f8, 8, JAILHOUSE_CON_TYPE_8250, 0, &size), 0);
	assert_int_equal(size, 0);
	assert_int_equal(size_of(0x9000000, 0x1000, JAILHOUSE_CON_TYPE_PL011, 1, &size), 0);
	assert_int_equal(size, 0x1000);
	assert_int_equal(size_of(0x9000000, 0x200000, JAILHOUSE_CON_TYPE_PL011, 1, &size), 0);
	assert_int_equal(size_of(0x9000000, 0x200001, JAILHOUSE_CON_TYPE_PL011, 1, &size), -EINVAL);
	assert_int_equal(size_of(0x9000000, 0, JAILHOUSE_CON_TYPE_PL011, 1, &size), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rule_test(characters),
		rule_test(each_has_its_own_glyph),
		rule_test(control_characters),
		rule_test(long_lines_go_on_below),
		rule_test(the_bottom_goes_on_at_the_top),
		rule_test(set_up_already),
		rule_test(any_text_stays_within),
		rule_test(memory_of_a_frame),
		rule_test(memory_of_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
