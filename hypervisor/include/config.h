/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Is a configuration sane in itself? Pure: plain data in, errno and sentence out (refuse()).
 * A configuration is never trusted before these functions accepted it.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include <jailhouse/cell-config.h>

#define MAX_CONFIG_SIZE 0x40000 /* bytes that a cell's configuration may have */
#define MAX_CPUS        256

/** What the machine can do, to hold a configuration against. */
struct machine {
	u32 max_cpus; /* CPU numbers are below this */
	u8 phys_bits; /* implemented physical address bits */
	u8 guest_bits; /* bits of a guest-physical address */
	u64 hv_start, hv_size; /* the reserved memory */
};

/**
 * Does the cell description with its arrays fit exactly in size bytes, and is it of our kind?
 * desc must have at least sizeof(*desc) readable bytes if size says so.
 */
int config_check_format(const struct jailhouse_cell_desc *desc, u64 size);

/** Bytes that the description and its arrays take; at most MAX_CONFIG_SIZE, else 0. */
u64 config_cell_size(const struct jailhouse_cell_desc *desc);

/** Are the contents sane: CPUs, memory regions, interrupts? After config_check_format(). */
int config_check_cell(const struct jailhouse_cell_desc *desc, const struct machine *machine);

/** Both checks for a system configuration of which size bytes are readable; fills hv_start, hv_size. */
int config_check_system(const struct jailhouse_system *system, u64 size, struct machine *machine);

/** Is this region guarded access by access instead of being mapped? */
static inline bool mem_is_subpage(const struct jailhouse_memory *mem)
{
	return JAILHOUSE_MEMORY_IS_SUBPAGE(mem);
}

/** The number of a region, from 0 as in the configuration. */
static inline u32 mem_index(const struct jailhouse_cell_desc *desc,
			    const struct jailhouse_memory *mem)
{
	return mem - jailhouse_cell_mem_regions(desc);
}

/** CPU n in the set that a configuration lists? False beyond its end. */
bool config_has_cpu(const struct jailhouse_cell_desc *desc, u32 cpu);

#endif
