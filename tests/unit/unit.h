/* SPDX-License-Identifier: GPL-2.0-only */
/* What the unit tests share. */
#ifndef UNIT_H
#define UNIT_H

/* clang-format off: cmocka.h needs the headers before it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
/* clang-format on */
#include <cell.h>
#include <cpu.h>
#include <errno.h>
#include <jailhouse/cell-config.h>
#include <mmio_dispatch.h>
#include <string.h>

/* --- refusals (fakes/refuse.c) -------------------------------------------------------------- */

struct refusal {
	int error;
	unsigned int count;
	char text[256];
};
extern struct refusal refusal; /* the last one, and how many there were since the test began */

void check_refusal(const char *file, int line, long result, long error, const char *words);

/** The call must return error, and refuse() must have been called for it just once, with a sentence that has words. */
#define assert_refused(call, error, words)                                   \
	do {                                                                 \
		refusal = (struct refusal){ 0 };                             \
		check_refusal(__FILE__, __LINE__, (call), (error), (words)); \
	} while (0)

#define assert_accepted(call) assert_refused(call, 0, NULL)

/* --- what is printed (fakes/refuse.c) -------------------------------------------------------- */

struct printed {
	unsigned int lines;
	char text[256]; /* the last one */
};
extern struct printed printed;

/* --- memory that a test need not free (fakes/scratch.c) ------------------------------------- */

/** Zeroed memory of exactly that size, so that the sanitizer sees each access beyond it. */
void *scratch(size_t size);
int unit_setup(void **state);
int unit_teardown(void **state);
#define rule_test(function) cmocka_unit_test_setup_teardown(function, unit_setup, unit_teardown)

/** Pseudo-random numbers, the same in each run. */
u64 next_random(void);
/** A number below limit. */
u64 random_below(u64 limit);

/* --- configurations (fakes/configs.c) ------------------------------------------------------- */

struct cell_parts {
	const char *name;
	u32 id, flags;
	u64 cpus; /* bitmap */
	u32 cpu_set_size; /* 0: 8 bytes */
	const struct jailhouse_memory *mem;
	u32 num_mem;
	const struct jailhouse_irqchip *irqchips;
	u32 num_irqchips;
	const struct jailhouse_pio *pio;
	u32 num_pio;
	const struct jailhouse_pci_device *pci;
	u32 num_pci;
	const struct jailhouse_pci_capability *caps;
	u32 num_caps;
	u64 timeout;
};

/* Versions of clang-format disagree about macros that are lists. */
/* clang-format off */
#define MEM(phys, virt, bytes, bits) \
	{ .phys_start = (phys), .virt_start = (virt), .size = (bytes), .flags = (bits) }
/* clang-format on */
#define RW  (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define RWX (RW | JAILHOUSE_MEM_EXECUTE)

struct jailhouse_cell_desc *make_desc(const struct cell_parts *parts);
struct jailhouse_system *make_system(const struct cell_parts *root);
/** A cell in the list; parts->cpus are its. The root cell: root_cell itself, the first in the list. */
struct cell *add_cell(const struct cell_parts *parts);
void set_root_cell(const struct cell_parts *parts);

/* --- hardware (fakes/cpus.c, memory.c, mmio.c) ---------------------------------------------- */

#define TEST_CPUS 4
/** Make CPU n the calling one. */
void be_cpu(u32 cpu);

struct fake_hardware {
	u32 tlb_flushes;
	u32 events[TEST_CPUS]; /* arch_send_event() */
	u32 resets, quiesces, standbys, waits;
	struct cpu_start reset_start;
	void (*on_relax)(
		void); /* what other CPUs do while this one waits for them; NULL: the test must not wait */
	void (*on_wait)(void); /* what happens while a CPU waits; NULL: the test must not wait */
	u64 time;
};
extern struct fake_hardware hardware;

#define POOL_PAGES 1024
/** An empty page pool of that many pages. */
void reset_pool(u32 pages);

/* Device memory: what map_temporarily() shows is fake_device[phys % its size]. */
#define FAKE_DEVICE_SIZE 0x10000
extern u8 fake_device[FAKE_DEVICE_SIZE];

struct mmio_event {
	u64 address; /* as the core sees it */
	u64 value;
	u8 size;
	bool is_write;
};
#define MMIO_LOG_SIZE 64
extern struct mmio_event mmio_log[MMIO_LOG_SIZE];
extern u32 mmio_events;
extern const u8 *bus_error_at; /* accesses to this byte of fake_device fail */
#endif
