// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prints each second how many cycles it takes to read a buffer, one access for each cache line:
 * what neighbours do to a shared cache, and what a partition of it gives.
 *
 * Options: size= in KiB (default 256), rounds= for each line of text (default 1000)
 */
#include <inmate.h>

CMDLINE_BUFFER(256);

#define CACHE_LINE     64
#define DEFAULT_KIB    256
#define DEFAULT_ROUNDS 1000

struct timings {
	u64 min, max, sum;
};

static u64 read_buffer(const u8 *buffer, unsigned long size)
{
	u64 start = read_tsc();
	unsigned long n;

	for (n = 0; n < size; n += CACHE_LINE)
		(void)*(const volatile u8 *)(buffer + n);
	return read_tsc() - start;
}

static void add_sample(struct timings *timings, u64 cycles)
{
	if (cycles < timings->min)
		timings->min = cycles;
	if (cycles > timings->max)
		timings->max = cycles;
	timings->sum += cycles;
}

static void measure(const u8 *buffer, unsigned long size, unsigned int rounds)
{
	struct timings timings = { .min = ~0ULL };
	unsigned int n;

	for (n = 0; n < rounds; n++)
		add_sample(&timings, read_buffer(buffer, size));
	printk("Cycles min: %8llu avg: %8llu max: %8llu\n", timings.min, timings.sum / rounds,
	       timings.max);
}

static void serve_ms(unsigned int ms)
{
	while (ms-- > 0) {
		if (comm_handle_message(true)) {
			printk("Stopped by request\n");
			comm_shut_down();
		}
		delay_us(1000);
	}
}

void inmate_main(void)
{
	unsigned long size = cmdline_parse_int("size", DEFAULT_KIB) * 1024;
	unsigned int rounds = cmdline_parse_int("rounds", DEFAULT_ROUNDS);
	u8 *buffer = zalloc(size, PAGE_SIZE);

	printk("Reading %lu KiB, %u rounds\n", size / 1024, rounds);
	if (rounds == 0)
		rounds = 1;
	while (1) {
		measure(buffer, size, rounds);
		serve_ms(1000);
	}
}
