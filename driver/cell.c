// SPDX-License-Identifier: GPL-2.0-only
/* The list of cells, and what user space asks to be done with them. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/page.h>
#include <jailhouse/hypercall.h>
#include "cell.h"
#include "config_check.h"
#include "core.h"
#include "device.h"
#include "sysfs.h"

LIST_HEAD(cells);

struct cell *cell_root(void)
{
	return list_first_entry_or_null(&cells, struct cell, entry);
}

struct cell *cell_alloc(const struct jailhouse_cell_desc *config, unsigned int id,
			const struct cpumask *cpus)
{
	struct cell *cell = kzalloc(sizeof(*cell), GFP_KERNEL);

	if (!cell)
		return NULL;
	sysfs_cell_init(cell);
	INIT_LIST_HEAD(&cell->entry);
	cell->id = id;
	strscpy(cell->name, config->name, sizeof(cell->name));
	cpumask_copy(&cell->cpus, cpus);
	cell->num_regions = config->num_memory_regions;
	cell->regions = kvmalloc_array(cell->num_regions, sizeof(*cell->regions), GFP_KERNEL);
	if (cell->num_regions && !cell->regions) {
		cell_put(cell);
		return NULL;
	}
	if (cell->num_regions)
		memcpy(cell->regions, jailhouse_cell_mem_regions(config),
		       cell->num_regions * sizeof(*cell->regions));
	return cell;
}

void cell_put(struct cell *cell)
{
	kobject_put(&cell->kobj);
}

int cell_add(struct cell *cell)
{
	int err = sysfs_cell_add(cell);

	if (!err)
		list_add_tail(&cell->entry, &cells);
	return err;
}

void cell_remove(struct cell *cell)
{
	list_del_init(&cell->entry);
	sysfs_cell_remove(cell);
	cell_put(cell);
}

static struct cell *find_id(unsigned int id)
{
	struct cell *cell;

	list_for_each_entry (cell, &cells, entry)
		if (cell->id == id)
			return cell;
	return NULL;
}

static struct cell *find_name(const char *name)
{
	struct cell *cell;

	list_for_each_entry (cell, &cells, entry)
		if (strcmp(cell->name, name) == 0)
			return cell;
	return NULL;
}

static unsigned int free_id(void)
{
	unsigned int id = ROOT_CELL_ID + 1;

	while (find_id(id))
		id++;
	return id;
}

static int check_active(struct reason *why)
{
	return core_active() ? 0 : refuse(why, -EINVAL, "the hypervisor is not enabled");
}

struct cell *cell_find(struct reason *why, struct jailhouse_cell_id *id)
{
	bool by_name = id->id == JAILHOUSE_CELL_ID_UNUSED;
	struct cell *cell;
	int err = check_active(why);

	if (err)
		return ERR_PTR(err);
	id->name[sizeof(id->name) - 1] = '\0';
	cell = by_name ? find_name(id->name) : find_id(id->id);
	if (!cell && by_name)
		return ERR_PTR(refuse(why, -ENOENT, "there is no cell \"%s\"", id->name));
	if (!cell)
		return ERR_PTR(refuse(why, -ENOENT, "there is no cell with ID %d", id->id));
	if (cell->id == ROOT_CELL_ID)
		return ERR_PTR(refuse(why, -EINVAL, "\"%s\" is the root cell", cell->name));
	return cell;
}

/*
 * What the cell takes for itself must not be memory that Linux runs from: the core cannot know, and Linux would not survive.
 */
static int check_region(struct reason *why, const struct jailhouse_memory *mem, u32 number)
{
	u64 last;

	if (mem->size == 0 || (mem->flags & (JAILHOUSE_MEM_ROOTSHARED | JAILHOUSE_MEM_COMM_REGION)))
		return 0;
	if (check_add_overflow(mem->phys_start, mem->size - 1, &last))
		return refuse(why, -EINVAL,
			      "memory region %u at %#llx with size %#llx wraps around", number,
			      mem->phys_start, mem->size);
	if (region_intersects(mem->phys_start, mem->size, IORESOURCE_SYSTEM_RAM, IORES_DESC_NONE) !=
	    REGION_DISJOINT)
		return refuse(
			why, -EBUSY,
			"memory region %u, %#llx-%#llx, is not reserved: Linux uses it as System RAM",
			number, mem->phys_start, last);
	return 0;
}

static int check_regions(struct reason *why, const struct cell *cell)
{
	u32 n;
	int err = 0;

	for (n = 0; n < cell->num_regions && !err; n++)
		err = check_region(why, &cell->regions[n], n);
	return err;
}

/* What Linux knows better than the core, then what the core says. Changes nothing. */
static int check_create(struct reason *why, const struct jailhouse_cell_desc *config,
			const struct cell *cell)
{
	int err = cell_cpus_check(why, cell);

	if (!err)
		err = check_regions(why, cell);
	if (!err)
		err = core_request(why, JAILHOUSE_HC_CELL_CREATE,
				   __pa(config) | JAILHOUSE_CELL_CREATE_CHECK_ONLY,
				   "checking the cell");
	return err;
}

static void root_lose_cpus(const struct cell *cell)
{
	struct cell *root = cell_root();

	cpumask_andnot(&root->cpus, &root->cpus, &cell->cpus);
	sysfs_cell_update_cpus(root);
}

static void root_regain_cpus(const struct cell *cell)
{
	struct cell *root = cell_root();

	cpumask_or(&root->cpus, &root->cpus, &cell->cpus);
	sysfs_cell_update_cpus(root);
}

/* The core has the cell; if Linux cannot show it, it goes again. */
static int publish(struct reason *why, struct cell *cell)
{
	int err = cell_add(cell);

	if (!err) {
		root_lose_cpus(cell);
		pr_info("Created Jailhouse cell \"%s\"\n", cell->name);
		return 0;
	}
	if (core_request_asking(why, JAILHOUSE_HC_CELL_DESTROY, cell->id, "destroying the cell"))
		pr_crit("jailhouse: cell \"%s\" exists, but Linux cannot manage it\n", cell->name);
	return refuse(why, err, "cell \"%s\" cannot be shown in sysfs, error %d", cell->name, err);
}

/* Check, then commit: CPUs go offline only if nothing speaks against the cell. */
static int create(struct reason *why, const struct jailhouse_cell_desc *config, struct cell *cell)
{
	int err = check_create(why, config, cell);

	if (!err)
		err = cell_cpus_take(why, cell);
	if (err)
		return err;

	err = core_request(why, JAILHOUSE_HC_CELL_CREATE, __pa(config), "creating the cell");
	if (!err)
		err = publish(why, cell);
	if (err)
		cell_cpus_give_back(cell);
	return err;
}

static int create_from(struct reason *why, struct jailhouse_cell_desc *config)
{
	struct cpumask *cpus;
	struct cell *cell;
	unsigned int bad;
	int err;

	if (find_name(config->name))
		return refuse(why, -EEXIST, "there is a cell \"%s\" already", config->name);

	cpus = kmalloc(sizeof(*cpus), GFP_KERNEL);
	if (!cpus)
		return refuse(why, -ENOMEM, "no memory for the cell");
	if (config_cpus(config, cpus, &bad)) {
		err = refuse(why, -EBUSY,
			     "CPU %u is not in the root cell: this machine has no such CPU", bad);
		goto free_cpus;
	}
	config->id = free_id();
	cell = cell_alloc(config, config->id, cpus);
	if (!cell) {
		err = refuse(why, -ENOMEM, "no memory for the cell");
		goto free_cpus;
	}
	err = create(why, config, cell);
	if (err)
		cell_put(cell);
free_cpus:
	kfree(cpus);
	return err;
}

int cell_create(struct reason *why, const struct jailhouse_cell_create *args)
{
	struct jailhouse_cell_desc *config;
	int err = check_active(why);

	if (err)
		return err;
	config = config_copy_cell(why, args);
	if (IS_ERR(config))
		return PTR_ERR(config);
	err = create_from(why, config);
	kfree(config);
	return err;
}

int cell_start(struct reason *why, struct jailhouse_cell_id *id)
{
	struct cell *cell = cell_find(why, id);

	if (IS_ERR(cell))
		return PTR_ERR(cell);
	return core_request_asking(why, JAILHOUSE_HC_CELL_START, cell->id, "starting the cell");
}

static int destroy(struct reason *why, struct cell *cell)
{
	int err = core_request_asking(why, JAILHOUSE_HC_CELL_DESTROY, cell->id,
				      "destroying the cell");

	if (err)
		return err;
	root_regain_cpus(cell);
	cell_cpus_give_back(cell);
	pr_info("Destroyed Jailhouse cell \"%s\"\n", cell->name);
	cell_remove(cell);
	return 0;
}

int cell_destroy(struct reason *why, struct jailhouse_cell_id *id)
{
	struct cell *cell = cell_find(why, id);

	if (IS_ERR(cell))
		return PTR_ERR(cell);
	return destroy(why, cell);
}

#define LAST_REQUESTS    3
#define LAST_REQUESTS_MS 100

/* A cell that refuses is asked again: the machine goes down. */
static int destroy_insistently(struct cell *cell)
{
	unsigned int n;
	int err = destroy(NULL, cell);

	for (n = 1; err == -EPERM && n < LAST_REQUESTS; n++) {
		msleep(LAST_REQUESTS_MS);
		err = destroy(NULL, cell);
	}
	return err;
}

void cell_destroy_all(void)
{
	struct cell *cell, *next;

	list_for_each_entry_safe (cell, next, &cells, entry)
		if (cell->id != ROOT_CELL_ID && destroy_insistently(cell))
			pr_warn("jailhouse: cell \"%s\" stays\n", cell->name);
}
