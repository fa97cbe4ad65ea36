// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configurations from user space. Nothing in them is used for arithmetic or as an index before it was bounded here.
 */
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "arch.h"
#include "config_check.h"

#define SIGNATURE_LEN 5

/* Part of struct jailhouse_system before the root cell. */
#define SYSTEM_PREFIX offsetof(struct jailhouse_system, root_cell)

static int check_kind(struct reason *why, const char *signature, bool want_system)
{
	static const char *const kinds[] = { "cell", "system" };
	static const char *const signatures[] = { JAILHOUSE_CELL_DESC_SIGNATURE,
						  JAILHOUSE_SYSTEM_SIGNATURE };

	if (memcmp(signature, signatures[want_system], SIGNATURE_LEN) == 0)
		return 0;
	if (memcmp(signature, signatures[!want_system], SIGNATURE_LEN) == 0)
		return refuse(why, -EINVAL, "this is a %s configuration, not a %s configuration",
			      kinds[!want_system], kinds[want_system]);
	return refuse(why, -EINVAL, "not a %s configuration: the signature is wrong",
		      kinds[want_system]);
}

const char *architecture_name(u32 architecture)
{
	switch (architecture) {
	case JAILHOUSE_X86:
		return "x86";
	case JAILHOUSE_ARM:
		return "arm";
	case JAILHOUSE_ARM64:
		return "arm64";
	default:
		return "an unknown architecture";
	}
}

static int check_version(struct reason *why, u8 architecture, u16 revision)
{
	if (revision != JAILHOUSE_CONFIG_REVISION)
		return refuse(why, -EINVAL,
			      "the configuration has format revision %u, %u is needed", revision,
			      JAILHOUSE_CONFIG_REVISION);
	if (architecture != arch_config_architecture)
		return refuse(why, -EINVAL, "the configuration is for %s, this machine is %s",
			      architecture_name(architecture),
			      architecture_name(arch_config_architecture));
	return 0;
}

/* What system and cell configurations begin with. */
static int check_head(struct reason *why, const char *signature, u8 architecture, u16 revision,
		      bool want_system)
{
	int err = check_kind(why, signature, want_system);

	return err ? err : check_version(why, architecture, revision);
}

static int check_name(struct reason *why, const char *name)
{
	size_t len = strnlen(name, JAILHOUSE_CELL_NAME_MAXLEN + 1);
	size_t n;

	if (len == 0 || len > JAILHOUSE_CELL_NAME_MAXLEN)
		return refuse(why, -EINVAL, "the cell's name is empty or not terminated");
	for (n = 0; n < len; n++)
		if (!isascii(name[n]) || !isprint(name[n]))
			return refuse(why, -EINVAL, "the cell's name has unprintable characters");
	return 0;
}

/* Like jailhouse_cell_config_size(), but no counter can make it wrap: each term is below 2^39. */
static u64 cell_size(const struct jailhouse_cell_desc *cell)
{
	return sizeof(*cell) + (u64)cell->cpu_set_size +
	       (u64)cell->num_memory_regions * sizeof(struct jailhouse_memory) +
	       (u64)cell->num_cache_regions * sizeof(struct jailhouse_cache) +
	       (u64)cell->num_irqchips * sizeof(struct jailhouse_irqchip) +
	       (u64)cell->num_pio_regions * sizeof(struct jailhouse_pio) +
	       (u64)cell->num_pci_devices * sizeof(struct jailhouse_pci_device) +
	       (u64)cell->num_pci_caps * sizeof(struct jailhouse_pci_capability) +
	       (u64)cell->num_stream_ids * sizeof(union jailhouse_stream_id);
}

static int check_size(struct reason *why, u64 needed)
{
	if (needed > CONFIG_MAX_SIZE)
		return refuse(
			why, -E2BIG,
			"by its counters, the configuration has %llu bytes, more than the limit of %u",
			needed, CONFIG_MAX_SIZE);
	return 0;
}

/* Look at the first bytes alone: a cell configuration may be shorter than the fixed part of a system configuration. */
static int read_system_head(struct reason *why, const void __user *from)
{
	struct {
		char signature[SIGNATURE_LEN];
		u8 architecture;
		u16 revision;
	} __packed head;

	if (copy_from_user(&head, from, sizeof(head)))
		return refuse(why, -EFAULT, "the system configuration cannot be read");
	return check_head(why, head.signature, head.architecture, head.revision, true);
}

/* The fixed part of a system configuration. */
static int check_system(struct reason *why, const struct jailhouse_system *system)
{
	int err = check_head(why, system->signature, system->architecture, system->revision, true);

	if (!err)
		err = check_name(why, system->root_cell.name);
	if (!err)
		err = check_size(why, SYSTEM_PREFIX + cell_size(&system->root_cell));
	return err;
}

struct jailhouse_system *config_copy_system(struct reason *why, const void __user *from)
{
	struct jailhouse_system head, *config;
	size_t size;
	int err;

	err = read_system_head(why, from);
	if (err)
		return ERR_PTR(err);
	if (copy_from_user(&head, from, sizeof(head)))
		return ERR_PTR(refuse(why, -EFAULT,
				      "the system configuration cannot be read: truncated?"));
	err = check_system(why, &head);
	if (err)
		return ERR_PTR(err);

	size = SYSTEM_PREFIX + cell_size(&head.root_cell);
	config = kvmalloc(size, GFP_KERNEL);
	if (!config)
		return ERR_PTR(refuse(why, -ENOMEM, "no memory for the system configuration"));
	if (copy_from_user(config, from, size)) {
		kvfree(config);
		return ERR_PTR(refuse(
			why, -EFAULT,
			"the system configuration cannot be read: truncated? By its counters, it has %zu bytes",
			size));
	}
	/* User space may have changed it since the check. */
	memcpy(config, &head, sizeof(head));
	return config;
}

static int check_cell(struct reason *why, const struct jailhouse_cell_desc *cell, size_t size)
{
	u64 needed = cell_size(cell);
	int err = check_head(why, cell->signature, cell->architecture, cell->revision, false);

	if (!err)
		err = check_name(why, cell->name);
	if (!err)
		err = check_size(why, needed);
	if (!err && needed > size)
		err = refuse(
			why, -EINVAL,
			"the cell configuration is truncated: by its counters it has %llu bytes, but only %zu are there",
			needed, size);
	return err;
}

struct jailhouse_cell_desc *config_copy_cell(struct reason *why,
					     const struct jailhouse_cell_create *create)
{
	struct jailhouse_cell_desc *cell;
	size_t size = create->config_size;
	int err;

	if (size < sizeof(*cell))
		return ERR_PTR(refuse(
			why, -EINVAL,
			"the cell configuration is truncated: %zu bytes, at least %zu are needed",
			size, sizeof(*cell)));
	if (size > CONFIG_MAX_SIZE)
		return ERR_PTR(
			refuse(why, -E2BIG,
			       "the cell configuration has %zu bytes, more than the limit of %u",
			       size, CONFIG_MAX_SIZE));

	cell = kmalloc(size, GFP_KERNEL | __GFP_NOWARN);
	if (!cell)
		return ERR_PTR(refuse(why, -ENOMEM, "no memory for the cell configuration"));
	if (copy_from_user(cell, u64_to_user_ptr(create->config_address), size))
		err = refuse(why, -EFAULT, "the cell configuration cannot be read");
	else
		err = check_cell(why, cell, size);
	if (err) {
		kfree(cell);
		return ERR_PTR(err);
	}
	return cell;
}

int config_cpus(const struct jailhouse_cell_desc *cell, struct cpumask *cpus, unsigned int *bad)
{
	const u8 *set = jailhouse_cell_cpu_set(cell);
	unsigned int cpu;

	cpumask_clear(cpus);
	for (cpu = 0; cpu < cell->cpu_set_size * 8; cpu++) {
		if (!(set[cpu / 8] & (1 << (cpu % 8))))
			continue;
		if (cpu >= nr_cpu_ids || !cpu_possible(cpu)) {
			*bad = cpu;
			return -EINVAL;
		}
		cpumask_set_cpu(cpu, cpus);
	}
	return 0;
}
