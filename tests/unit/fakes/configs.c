// SPDX-License-Identifier: GPL-2.0-only
/* Configurations in memory of exactly their size. */
#include "unit.h"

static void *append(void *at, const void *items, size_t size)
{
	if (size)
		memcpy(at, items, size);
	return (u8 *)at + size;
}

static void fill_desc(struct jailhouse_cell_desc *desc, const struct cell_parts *parts)
{
	u8 set[64] = { 0 }, *at = (u8 *)(desc + 1);

	memcpy(desc->signature, JAILHOUSE_CELL_DESC_SIGNATURE, sizeof(desc->signature));
	desc->architecture = CONFIG_ARCHITECTURE;
	desc->revision = JAILHOUSE_CONFIG_REVISION;
	memcpy(desc->name, parts->name, strnlen(parts->name, sizeof(desc->name)));
	desc->id = parts->id;
	desc->flags = parts->flags;
	desc->cpu_set_size = parts->cpu_set_size ? parts->cpu_set_size : 8;
	desc->num_memory_regions = parts->num_mem;
	desc->num_irqchips = parts->num_irqchips;
	desc->num_pio_regions = parts->num_pio;
	desc->num_pci_devices = parts->num_pci;
	desc->num_pci_caps = parts->num_caps;
	desc->msg_reply_timeout = parts->timeout;

	assert_true(desc->cpu_set_size <= sizeof(set));
	for (u32 cpu = 0; cpu < 64; cpu++)
		if ((parts->cpus >> cpu) & 1)
			set[cpu / 8] |= 1 << cpu % 8;
	at = append(at, set, desc->cpu_set_size);
	at = append(at, parts->mem, parts->num_mem * sizeof(*parts->mem));
	at = append(at, parts->irqchips, parts->num_irqchips * sizeof(*parts->irqchips));
	at = append(at, parts->pio, parts->num_pio * sizeof(*parts->pio));
	at = append(at, parts->pci, parts->num_pci * sizeof(*parts->pci));
	append(at, parts->caps, parts->num_caps * sizeof(*parts->caps));
}

static size_t size_of_arrays(const struct cell_parts *parts)
{
	return (parts->cpu_set_size ? parts->cpu_set_size : 8) +
	       parts->num_mem * sizeof(*parts->mem) +
	       parts->num_irqchips * sizeof(*parts->irqchips) +
	       parts->num_pio * sizeof(*parts->pio) + parts->num_pci * sizeof(*parts->pci) +
	       parts->num_caps * sizeof(*parts->caps);
}

struct jailhouse_cell_desc *make_desc(const struct cell_parts *parts)
{
	struct jailhouse_cell_desc *desc = scratch(sizeof(*desc) + size_of_arrays(parts));

	fill_desc(desc, parts);
	return desc;
}

struct jailhouse_system *make_system(const struct cell_parts *root)
{
	struct jailhouse_system *system = scratch(sizeof(*system) + size_of_arrays(root));

	memcpy(system->signature, JAILHOUSE_SYSTEM_SIGNATURE, sizeof(system->signature));
	system->architecture = CONFIG_ARCHITECTURE;
	system->revision = JAILHOUSE_CONFIG_REVISION;
	system->hypervisor_memory.phys_start = 0x7fc00000;
	system->hypervisor_memory.size = 0x400000;
	fill_desc(&system->root_cell, root);
	return system;
}

static void fill_cell(struct cell *cell, const struct cell_parts *parts)
{
	cell->config = make_desc(parts);
	cell->cpus[0] = parts->cpus;
	cell->cpus[1] = parts->cpus >> 32;
}

struct cell *add_cell(const struct cell_parts *parts)
{
	struct cell *cell = scratch(sizeof(*cell)), *last = &root_cell;

	fill_cell(cell, parts);
	cell->comm = scratch(sizeof(*cell->comm));
	while (last->next)
		last = last->next;
	last->next = cell;
	num_cells++;
	return cell;
}

void set_root_cell(const struct cell_parts *parts)
{
	memset(&root_cell, 0, sizeof(root_cell));
	num_cells = 1;
	fill_cell(&root_cell, parts);
}
