// SPDX-License-Identifier: GPL-2.0-only
#include <bits.h>
#include <cat.h>
#include <errno.h>
#include <printk.h>
#include <spinlock.h>

#define MAX_CLASSES 16 /* of service; those beyond are not used */
#define ROOT_CLASS  0

static struct cat_machine machine; /* as cat_check_system() saw it */
/* CPUs start, and read the owners, while the manager adds and removes them. */
static spinlock_t lock;
/* Who holds which class. The root cell's is NULL as long as the cache is not allocated. */
static const struct jailhouse_cell_desc *owner[MAX_CLASSES];

/* --- ways, as masks ------------------------------------------------------------------------- */

/** Those of the regions without any of the flags. */
static u32 cell_ways(const struct jailhouse_cell_desc *desc, u16 except)
{
	const struct jailhouse_cache *region = jailhouse_cell_cache_regions(desc);
	u32 ways = 0;

	for (u32 n = 0; n < desc->num_cache_regions; n++)
		if (!(region[n].flags & except))
			ways |= MASK64(region[n].start + region[n].size - 1, region[n].start);
	return ways;
}

static u32 exclusive_ways(const struct jailhouse_cell_desc *desc)
{
	return cell_ways(desc, JAILHOUSE_CACHE_ROOTSHARED);
}

/** The largest contiguous part of the mask. */
static u32 largest_run(u32 mask)
{
	u32 run, largest = 0, most = 0;

	for (; mask; mask &= ~run) {
		run = mask & ~(mask + (mask & -mask));
		/* Moved down to bit 0, the larger one is the greater number. */
		if (run / (run & -run) > most) {
			largest = run;
			most = run / (run & -run);
		}
	}
	return largest;
}

/** What of the root cell's ways no other cell has for itself. */
static u32 free_ways(void)
{
	u32 ways = cell_ways(owner[ROOT_CLASS], 0);

	for (u32 cos = ROOT_CLASS + 1; cos < MAX_CLASSES; cos++)
		if (owner[cos])
			ways &= ~exclusive_ways(owner[cos]);
	return ways;
}

/* --- is the configuration sane? ------------------------------------------------------------- */

static int check_region(const struct jailhouse_cell_desc *desc, u32 n)
{
	const struct jailhouse_cache *region = &jailhouse_cell_cache_regions(desc)[n];

	if (region->type != JAILHOUSE_CACHE_L3 || region->flags & ~JAILHOUSE_CACHE_ROOTSHARED)
		return refuse(-EINVAL,
			      "cache region %u of cell \"%s\" has a type or flags unknown here", n,
			      desc->name);
	if (!region->size || !range_within(region->start, region->size, 0, machine.ways))
		return refuse(-EINVAL,
			      "cache region %u of cell \"%s\" is empty or beyond the %u ways", n,
			      desc->name, machine.ways);
	return 0;
}

/** All regions, and the ways that they are together. */
static int check_regions(const struct jailhouse_cell_desc *desc)
{
	int err = 0;

	for (u32 n = 0; n < desc->num_cache_regions && !err; n++)
		err = check_region(desc, n);
	if (err || largest_run(cell_ways(desc, 0)) == cell_ways(desc, 0))
		return err;
	return refuse(-EINVAL, "cache regions of cell \"%s\" are not contiguous", desc->name);
}

int cat_check_system(const struct jailhouse_cell_desc *root)
{
	if (!root->num_cache_regions)
		return 0;
	cat_probe(&machine);
	if (!machine.ways)
		return refuse(-ENODEV, "cache regions: this CPU cannot allocate its L3 cache");
	if (machine.in_use)
		return refuse(-EBUSY, "Linux allocates the L3 cache already (resctrl)");
	return check_regions(root);
}

void cat_init(const struct jailhouse_cell_desc *root)
{
	owner[ROOT_CLASS] = root->num_cache_regions ? root : NULL;
}

/** The class with that owner, MAX_CLASSES if there is none. NULL: a free class. */
static u32 find_class(const struct jailhouse_cell_desc *desc)
{
	for (u32 cos = 0; cos < MIN(machine.masks, MAX_CLASSES); cos++)
		if (owner[cos] == desc)
			return cos;
	return MAX_CLASSES;
}

/** May it have these ways beside the other cells? */
static int check_others(const struct jailhouse_cell_desc *desc)
{
	u32 ways = cell_ways(desc, 0), exclusive = exclusive_ways(desc);

	if (ways & ~cell_ways(owner[ROOT_CLASS], 0))
		return refuse(-EINVAL, "cell \"%s\" has cache that is not the root cell's",
			      desc->name);
	for (u32 cos = ROOT_CLASS + 1; cos < MAX_CLASSES; cos++)
		if (owner[cos] &&
		    ((exclusive & cell_ways(owner[cos], 0)) || (ways & exclusive_ways(owner[cos]))))
			return refuse(-EBUSY, "cache of cell \"%s\" overlaps cell \"%s\"",
				      desc->name, owner[cos]->name);
	if (!(free_ways() & ~exclusive))
		return refuse(-EBUSY, "cell \"%s\" would leave no L3 cache to the root cell",
			      desc->name);
	return 0;
}

int cat_check_cell(const struct jailhouse_cell_desc *desc)
{
	int err;

	if (!desc->num_cache_regions)
		return 0;
	if (!owner[ROOT_CLASS])
		return refuse(-EINVAL, "cell \"%s\" has cache regions, the root cell has none",
			      desc->name);
	if (find_class(NULL) == MAX_CLASSES)
		return refuse(-EBUSY, "cell \"%s\" has cache regions, but all classes are in use",
			      desc->name);
	err = check_regions(desc);
	return err ? err : check_others(desc);
}

/* --- cells come and go ---------------------------------------------------------------------- */

void cat_add_cell(const struct jailhouse_cell_desc *desc)
{
	if (!desc->num_cache_regions)
		return;
	spin_lock(&lock);
	owner[find_class(NULL)] = desc;
	spin_unlock(&lock);
}

void cat_remove_cell(const struct jailhouse_cell_desc *desc)
{
	spin_lock(&lock);
	for (u32 cos = ROOT_CLASS + 1; cos < MAX_CLASSES; cos++)
		if (owner[cos] == desc)
			owner[cos] = NULL;
	spin_unlock(&lock);
}

void cat_apply(const struct jailhouse_cell_desc *desc)
{
	u32 cos;

	if (!owner[ROOT_CLASS])
		return;
	/* Masks of one L3 cache are written by all of its CPUs: the last ones count, and are of the newest owners. */
	spin_lock(&lock);
	cat_write_mask(ROOT_CLASS, largest_run(free_ways()));
	for (cos = ROOT_CLASS + 1; cos < MAX_CLASSES; cos++)
		if (owner[cos])
			cat_write_mask(cos, cell_ways(owner[cos], 0));
	cos = find_class(desc);
	cat_select(cos == MAX_CLASSES ? ROOT_CLASS : cos);
	spin_unlock(&lock);
}

void cat_release(void)
{
	if (!owner[ROOT_CLASS])
		return;
	cat_select(ROOT_CLASS);
	for (u32 cos = 0; cos < machine.masks; cos++)
		cat_write_mask(cos, MASK64(machine.ways - 1, 0));
}
