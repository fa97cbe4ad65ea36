// SPDX-License-Identifier: GPL-2.0-only
#include <asm/layout.h>
#include <bits.h>
#include <config.h>
#include <errno.h>
#include <printk.h>
#include <string.h>

#define KNOWN_MEM_FLAGS                                                                         \
	(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA | \
	 JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_LOADABLE |                \
	 JAILHOUSE_MEM_ROOTSHARED | JAILHOUSE_MEM_NO_HUGEPAGES | JAILHOUSE_MEM_IO_UNALIGNED |   \
	 JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_IO_64)

u64 config_cell_size(const struct jailhouse_cell_desc *desc)
{
	/* 32-bit counts times small sizes: no overflow in 64 bits. */
	u64 size = sizeof(*desc) + (u64)desc->cpu_set_size +
		   (u64)desc->num_memory_regions * sizeof(struct jailhouse_memory) +
		   (u64)desc->num_cache_regions * sizeof(struct jailhouse_cache) +
		   (u64)desc->num_irqchips * sizeof(struct jailhouse_irqchip) +
		   (u64)desc->num_pio_regions * sizeof(struct jailhouse_pio) +
		   (u64)desc->num_pci_devices * sizeof(struct jailhouse_pci_device) +
		   (u64)desc->num_pci_caps * sizeof(struct jailhouse_pci_capability) +
		   (u64)desc->num_stream_ids * sizeof(union jailhouse_stream_id);

	return size <= MAX_CONFIG_SIZE ? size : 0;
}

static int check_header(const char *signature, const char *expected, u8 architecture, u16 revision,
			const char *what)
{
	if (memcmp(signature, expected, sizeof(((struct jailhouse_cell_desc *)0)->signature)) != 0)
		return refuse(-EINVAL, "not a %s configuration: wrong signature", what);
	if (architecture != CONFIG_ARCHITECTURE)
		return refuse(-EINVAL, "%s configuration is for architecture %u, this is %u", what,
			      architecture, CONFIG_ARCHITECTURE);
	if (revision != JAILHOUSE_CONFIG_REVISION)
		return refuse(-EINVAL, "%s configuration has revision %u, expected %u", what,
			      revision, JAILHOUSE_CONFIG_REVISION);
	return 0;
}

static int check_name(const struct jailhouse_cell_desc *desc)
{
	size_t length = strnlen(desc->name, sizeof(desc->name));

	if (length == 0 || length == sizeof(desc->name))
		return refuse(-EINVAL, "cell name is empty or not terminated");
	for (size_t n = 0; n < length; n++)
		if (desc->name[n] < ' ' || desc->name[n] > '~')
			return refuse(-EINVAL, "cell name has unprintable characters");
	return 0;
}

static int check_desc_format(const struct jailhouse_cell_desc *desc, u64 size, const char *what)
{
	u64 needed = config_cell_size(desc);

	if (!needed)
		return refuse(-E2BIG, "%s configuration takes more than %u bytes", what,
			      MAX_CONFIG_SIZE);
	if (needed > size)
		return refuse(-EINVAL, "%s configuration is truncated: %llu bytes of %llu", what,
			      size, needed);
	return 0;
}

int config_check_format(const struct jailhouse_cell_desc *desc, u64 size)
{
	int err;

	if (size < sizeof(*desc))
		return refuse(-EINVAL, "cell configuration is truncated: %llu bytes", size);
	err = check_header(desc->signature, JAILHOUSE_CELL_DESC_SIGNATURE, desc->architecture,
			   desc->revision, "cell");
	return err ? err : check_desc_format(desc, size, "cell");
}

bool config_has_cpu(const struct jailhouse_cell_desc *desc, u32 cpu)
{
	const u8 *set = (const u8 *)jailhouse_cell_cpu_set(desc);

	return cpu / 8 < desc->cpu_set_size && ((set[cpu / 8] >> (cpu % 8)) & 1);
}

static int check_cpus(const struct jailhouse_cell_desc *desc, u32 max_cpus)
{
	u32 found = 0;

	for (u64 cpu = 0; cpu < (u64)desc->cpu_set_size * 8; cpu++) {
		if (!config_has_cpu(desc, cpu))
			continue;
		if (cpu >= max_cpus)
			return refuse(-EINVAL, "CPU %u of cell \"%s\" does not exist", (u32)cpu,
				      desc->name);
		found++;
	}
	return found ? 0 : refuse(-EINVAL, "cell \"%s\" has no CPU", desc->name);
}

/** The sentence for a region. */
static int refuse_region(const struct jailhouse_cell_desc *desc, const struct jailhouse_memory *mem,
			 const char *why)
{
	return refuse(-EINVAL, "memory region %u (0x%llx, size 0x%llx) of cell \"%s\" %s",
		      mem_index(desc, mem), mem->phys_start, mem->size, desc->name, why);
}

static int check_comm_region(const struct jailhouse_cell_desc *desc,
			     const struct jailhouse_memory *mem, bool is_root)
{
	const struct jailhouse_memory *other;

	if (is_root)
		return refuse_region(desc, mem, "is a communication region in the root cell");
	if (mem->size != PAGE_SIZE || !page_aligned(mem->virt_start))
		return refuse_region(desc, mem, "is a communication region that is not one page");
	/* Its place is the core's to choose: to whoever loads, the configuration's address means something else. */
	if (mem->flags & JAILHOUSE_MEM_LOADABLE)
		return refuse_region(desc, mem, "is a communication region that is loadable");
	for (other = jailhouse_cell_mem_regions(desc); other < mem; other++)
		if (other->flags & JAILHOUSE_MEM_COMM_REGION)
			return refuse_region(desc, mem, "is a second communication region");
	return 0;
}

static int check_placement(const struct jailhouse_cell_desc *desc,
			   const struct jailhouse_memory *mem, const struct machine *machine)
{
	if (range_wraps(mem->phys_start, mem->size) || range_wraps(mem->virt_start, mem->size))
		return refuse_region(desc, mem, "wraps around the end of the address space");
	if (!range_within(mem->virt_start, mem->size, 0, 1ULL << machine->guest_bits))
		return refuse_region(desc, mem, "lies beyond the guest-physical addresses");
	if (mem->flags & JAILHOUSE_MEM_COMM_REGION)
		return 0;
	if (!range_within(mem->phys_start, mem->size, 0, 1ULL << machine->phys_bits))
		return refuse_region(desc, mem, "lies beyond the physical addresses");
	if (mem_is_subpage(mem) ? (mem->phys_start ^ mem->virt_start) & 7 :
				  !page_aligned(mem->phys_start))
		return refuse_region(desc, mem, "is not aligned alike in both address spaces");
	if (ranges_overlap(mem->phys_start, mem->size, machine->hv_start, machine->hv_size))
		return refuse_region(desc, mem, "overlaps the hypervisor's memory");
	return 0;
}

static int check_overlap(const struct jailhouse_cell_desc *desc, const struct jailhouse_memory *mem)
{
	const struct jailhouse_memory *old;

	for (old = jailhouse_cell_mem_regions(desc); old < mem; old++) {
		bool virt = ranges_overlap(mem->virt_start, mem->size, old->virt_start, old->size);
		bool phys = !((mem->flags | old->flags) & JAILHOUSE_MEM_COMM_REGION) &&
			    ranges_overlap(mem->phys_start, mem->size, old->phys_start, old->size);

		if (virt || phys)
			return refuse(-EINVAL,
				      "regions %u and %u of cell \"%s\" overlap in %s addresses",
				      mem_index(desc, old), mem_index(desc, mem), desc->name,
				      virt ? "guest" : "physical");
	}
	return 0;
}

static int check_region(const struct jailhouse_cell_desc *desc, const struct jailhouse_memory *mem,
			const struct machine *machine, bool is_root)
{
	int err = 0;

	if (mem->flags & ~(u64)KNOWN_MEM_FLAGS)
		return refuse_region(desc, mem, "has unknown flags");
	if (!mem->size)
		return 0;
	/* Linux can be given whole pages only, of which others may have the rest. */
	if ((mem->flags & JAILHOUSE_MEM_LOADABLE) && mem_is_subpage(mem))
		return refuse_region(desc, mem, "is loadable, but not of whole pages");
	if (mem->flags & JAILHOUSE_MEM_COMM_REGION)
		err = check_comm_region(desc, mem, is_root);
	err = err ? err : check_placement(desc, mem, machine);
	return err ? err : check_overlap(desc, mem);
}

static int check_contents(const struct jailhouse_cell_desc *desc, const struct machine *machine,
			  bool is_root)
{
	const struct jailhouse_memory *mem = jailhouse_cell_mem_regions(desc);
	int err = check_name(desc);

	err = err ? err : check_cpus(desc, machine->max_cpus);
	for (u32 n = 0; !err && n < desc->num_memory_regions; n++)
		err = check_region(desc, &mem[n], machine, is_root);
	return err;
}

int config_check_cell(const struct jailhouse_cell_desc *desc, const struct machine *machine)
{
	return check_contents(desc, machine, false);
}

int config_check_system(const struct jailhouse_system *system, u64 size, struct machine *machine)
{
	const struct jailhouse_memory *hv = &system->hypervisor_memory;
	int err;

	if (size < sizeof(*system))
		return refuse(-EINVAL, "system configuration is truncated: %llu bytes", size);
	err = check_header(system->signature, JAILHOUSE_SYSTEM_SIGNATURE, system->architecture,
			   system->revision, "system");
	if (err)
		return err;
	if ((hv->phys_start | hv->size) & (SZ_2M - 1) || !hv->size || hv->size > SZ_1G ||
	    range_wraps(hv->phys_start, hv->size))
		return refuse(
			-EINVAL,
			"hypervisor memory (0x%llx, size 0x%llx) is not a multiple of 2 MiB up to 1 GiB",
			hv->phys_start, hv->size);
	machine->hv_start = hv->phys_start;
	machine->hv_size = hv->size;
	size -= offsetof(struct jailhouse_system, root_cell);
	err = check_desc_format(&system->root_cell, size, "system");
	return err ? err : check_contents(&system->root_cell, machine, true);
}
