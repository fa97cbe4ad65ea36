// SPDX-License-Identifier: GPL-2.0-only
/* Does the root cell own the memory that Linux runs from? */
#include <linux/ioport.h>
#include <linux/printk.h>
#include "ram_check.h"

/* Neither address + size nor anything else here can wrap. */
static bool region_has(const struct jailhouse_memory *mem, u64 address)
{
	return address >= mem->phys_start && address - mem->phys_start < mem->size;
}

static const struct jailhouse_memory *find_region(const struct jailhouse_cell_desc *cell,
						  u64 address)
{
	const struct jailhouse_memory *mem = jailhouse_cell_mem_regions(cell);
	u32 n;

	for (n = 0; n < cell->num_memory_regions; n++)
		if (region_has(&mem[n], address))
			return &mem[n];
	return NULL;
}

static int warn_uncovered(struct resource *ram, void *data)
{
	const struct jailhouse_cell_desc *root = data;
	const struct jailhouse_memory *mem;
	u64 address = ram->start;

	for (;;) {
		mem = find_region(root, address);
		if (!mem) {
			pr_warn("jailhouse: System RAM %pR is not in the root cell's configuration from %#llx on\n",
				ram, address);
			return 0;
		}
		if (ram->end - address < mem->size - (address - mem->phys_start))
			return 0;
		address = mem->phys_start + mem->size;
	}
}

void ram_warn_uncovered(const struct jailhouse_cell_desc *root)
{
	walk_iomem_res_desc(IORES_DESC_NONE, IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY, 0, -1,
			    (void *)root, warn_uncovered);
}
