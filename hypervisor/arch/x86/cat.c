// SPDX-License-Identifier: GPL-2.0-only
#include <bits.h>
#include <cat.h>
#include <cat_hw.h>
#include <errno.h>
#include <printk.h>
#include <spinlock.h>
#include <string.h>

#define MAX_CLASSES 16 /* of service; those beyond are not used */
#define ROOT_CLASS  0

/** Ways for code and for data. */
struct ways {
	u32 code, data;
};

static struct {
	struct cat_machine machine;
	bool separate; /* code and data have masks of their own */
	/* CPUs start, and read the owners, while the manager adds and removes them. */
	spinlock_t lock;
	/* Who holds which class. The root cell's is NULL as long as the cache is not allocated. */
	const struct jailhouse_cell_desc *owner[MAX_CLASSES];
} cat;

#define for_each_cache_region(region, desc)                                             \
	for ((region) = jailhouse_cell_cache_regions(desc);                             \
	     (region) < jailhouse_cell_cache_regions(desc) + (desc)->num_cache_regions; \
	     (region)++)

static u32 num_classes(void)
{
	return MIN(cat.separate ? cat.machine.masks / 2 : cat.machine.masks, MAX_CLASSES);
}

static struct ways region_ways(const struct jailhouse_cache *region)
{
	u32 mask = MASK64(region->start + region->size - 1, region->start);

	return (struct ways){ .code = region->type & JAILHOUSE_CACHE_L3_CODE ? mask : 0,
			      .data = region->type & JAILHOUSE_CACHE_L3_DATA ? mask : 0 };
}

static struct ways join(struct ways a, struct ways b)
{
	return (struct ways){ a.code | b.code, a.data | b.data };
}

static struct ways without(struct ways a, struct ways b)
{
	return (struct ways){ a.code & ~b.code, a.data & ~b.data };
}

static bool overlap(struct ways a, struct ways b)
{
	return (a.code & b.code) || (a.data & b.data);
}

/** Those of the regions without any of the flags. */
static struct ways cell_ways(const struct jailhouse_cell_desc *desc, u16 except)
{
	const struct jailhouse_cache *region;
	struct ways ways = { 0 };

	for_each_cache_region(region, desc) if (!(region->flags & except)) ways =
		join(ways, region_ways(region));
	return ways;
}

static struct ways exclusive_ways(const struct jailhouse_cell_desc *desc)
{
	return cell_ways(desc, JAILHOUSE_CACHE_ROOTSHARED);
}

/** The lowest contiguous part of the mask. */
static u32 lowest_run(u32 mask)
{
	return mask & ~(mask + (mask & -mask));
}

static bool contiguous(u32 mask)
{
	return lowest_run(mask) == mask;
}

static u32 largest_run(u32 mask)
{
	u32 run, largest = 0, most = 0;

	for (; mask; mask &= ~run) {
		run = lowest_run(mask);
		/* Moved down to bit 0, the larger one is the greater number. */
		if (run / (run & -run) > most) {
			largest = run;
			most = run / (run & -run);
		}
	}
	return largest;
}

/** What of the root cell's ways no other cell has for itself. */
static struct ways free_ways(void)
{
	struct ways ways = cell_ways(cat.owner[ROOT_CLASS], 0);

	for (u32 cos = ROOT_CLASS + 1; cos < MAX_CLASSES; cos++)
		if (cat.owner[cos])
			ways = without(ways, exclusive_ways(cat.owner[cos]));
	return ways;
}

static struct ways class_ways(u32 cos)
{
	struct ways root = free_ways(), ways;

	root = (struct ways){ largest_run(root.code), largest_run(root.data) };
	if (cos == ROOT_CLASS)
		return root;
	ways = cell_ways(cat.owner[cos], 0);
	return (struct ways){ ways.code ? ways.code : root.code,
			      ways.data ? ways.data : root.data };
}

static bool needs_separate(const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_cache *region;

	for_each_cache_region(region, desc) if (region->type != JAILHOUSE_CACHE_L3) return true;
	return false;
}

/** The sentence for a region; its number counts from 0 as in the configuration. */
static int refuse_region(int error, const struct jailhouse_cell_desc *desc,
			 const struct jailhouse_cache *region, const char *why)
{
	return refuse(error, "cache region %u (start %u, size %u) of cell \"%s\" %s",
		      (u32)(region - jailhouse_cell_cache_regions(desc)), region->start,
		      region->size, desc->name, why);
}

static int check_region(const struct jailhouse_cell_desc *desc,
			const struct jailhouse_cache *region, u32 ways)
{
	if (!region->type || region->type & ~JAILHOUSE_CACHE_L3)
		return refuse_region(-EINVAL, desc, region, "has an unknown type");
	if (region->flags & ~JAILHOUSE_CACHE_ROOTSHARED)
		return refuse_region(-EINVAL, desc, region, "has unknown flags");
	if (!region->size || !range_within(region->start, region->size, 0, ways))
		return refuse_region(-EINVAL, desc, region,
				     "is empty or beyond the ways of the L3 cache");
	return 0;
}

/** Sane in itself? All regions, and the ways that they are together. */
static int check_regions(const struct jailhouse_cell_desc *desc, u32 available)
{
	const struct jailhouse_cache *region;
	struct ways ways;
	int err;

	for_each_cache_region(region, desc)
	{
		err = check_region(desc, region, available);
		if (err)
			return err;
	}
	ways = cell_ways(desc, 0);
	if (!contiguous(ways.code) || !contiguous(ways.data))
		return refuse(-EINVAL, "cache regions of cell \"%s\" are not contiguous",
			      desc->name);
	return 0;
}

int cat_check_system(const struct jailhouse_cell_desc *root)
{
	struct cat_machine machine;
	struct ways ways;
	int err;

	if (!root->num_cache_regions)
		return 0;
	cat_probe(&machine);
	if (!machine.ways)
		return refuse(-ENODEV, "the root cell has cache regions, but this CPU cannot "
				       "allocate its L3 cache");
	err = check_regions(root, machine.ways);
	if (err)
		return err;
	if (needs_separate(root) && (!machine.separate || machine.masks < 2))
		return refuse(-ENODEV, "the root cell has cache regions for code or data alone, "
				       "but this CPU cannot tell them apart");
	ways = cell_ways(root, 0);
	if (!ways.code || !ways.data)
		return refuse(-EINVAL, "the root cell has no cache region for %s",
			      ways.code ? "data" : "code");
	if (machine.in_use)
		return refuse(-EBUSY, "Linux allocates the L3 cache already (resctrl)");
	return 0;
}

void cat_init(const struct jailhouse_cell_desc *root)
{
	if (!root->num_cache_regions)
		return;
	cat_probe(&cat.machine);
	cat.separate = needs_separate(root);
	cat.owner[ROOT_CLASS] = root;
}

void cat_exit(void)
{
	memset(&cat, 0, sizeof(cat));
}

/** The class with that owner, MAX_CLASSES if there is none. NULL: a free class. */
static u32 find_class(const struct jailhouse_cell_desc *owner)
{
	u32 cos;

	for (cos = 0; cos < num_classes(); cos++)
		if (cat.owner[cos] == owner)
			return cos;
	return MAX_CLASSES;
}

static int check_owner(const struct jailhouse_cell_desc *desc, const struct jailhouse_cache *region)
{
	bool exclusive = !(region->flags & JAILHOUSE_CACHE_ROOTSHARED);
	struct ways ways = region_ways(region), root = cell_ways(cat.owner[ROOT_CLASS], 0);
	const struct jailhouse_cell_desc *other;

	if (overlap(ways, without(ways, root)))
		return refuse_region(-EINVAL, desc, region, "is not the root cell's");
	for (u32 cos = ROOT_CLASS + 1; cos < MAX_CLASSES; cos++) {
		other = cat.owner[cos];
		if (other && overlap(ways, exclusive ? cell_ways(other, 0) : exclusive_ways(other)))
			return refuse(-EBUSY, "cache region %u of cell \"%s\" overlaps cell \"%s\"",
				      (u32)(region - jailhouse_cell_cache_regions(desc)),
				      desc->name, other->name);
	}
	return 0;
}

static int check_left(const struct jailhouse_cell_desc *desc)
{
	struct ways left = without(free_ways(), exclusive_ways(desc));

	if (!left.code || !left.data)
		return refuse(-EBUSY, "cell \"%s\" would leave no L3 cache to the root cell",
			      desc->name);
	if (find_class(NULL) == MAX_CLASSES)
		return refuse(-EBUSY,
			      "cell \"%s\" has cache regions, but all %u classes are in use",
			      desc->name, num_classes());
	return 0;
}

int cat_check_cell(const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_cache *region;
	int err;

	if (!desc->num_cache_regions)
		return 0;
	if (!cat.owner[ROOT_CLASS])
		return refuse(-EINVAL, "cell \"%s\" has cache regions, the root cell has none",
			      desc->name);
	err = check_regions(desc, cat.machine.ways);
	if (err)
		return err;
	if (needs_separate(desc) && !cat.separate)
		return refuse(-EINVAL,
			      "cell \"%s\" has cache regions for code or data alone, the root "
			      "cell has not",
			      desc->name);
	for_each_cache_region(region, desc)
	{
		err = check_owner(desc, region);
		if (err)
			return err;
	}
	return check_left(desc);
}

void cat_add_cell(const struct jailhouse_cell_desc *desc)
{
	if (!desc->num_cache_regions)
		return;
	spin_lock(&cat.lock);
	cat.owner[find_class(NULL)] = desc;
	spin_unlock(&cat.lock);
}

void cat_remove_cell(const struct jailhouse_cell_desc *desc)
{
	u32 cos;

	spin_lock(&cat.lock);
	cos = find_class(desc);
	if (cos != MAX_CLASSES)
		cat.owner[cos] = NULL;
	spin_unlock(&cat.lock);
}

static void write_class(u32 cos)
{
	struct ways ways = class_ways(cos);

	if (!cat.separate) {
		cat_write_mask(cos, ways.data);
		return;
	}
	cat_write_mask(2 * cos, ways.data);
	cat_write_mask(2 * cos + 1, ways.code);
}

void cat_apply(const struct jailhouse_cell_desc *desc)
{
	u32 cos;

	if (!cat.owner[ROOT_CLASS])
		return;
	/* Masks of one L3 cache are written by all of its CPUs: the last ones count, and are of the newest owners. */
	spin_lock(&cat.lock);
	if (cat.separate)
		cat_set_separate(true);
	for (u32 n = 0; n < num_classes(); n++)
		if (cat.owner[n])
			write_class(n);
	cos = find_class(desc);
	cat_select(cos == MAX_CLASSES ? ROOT_CLASS : cos);
	spin_unlock(&cat.lock);
}

void cat_release(void)
{
	if (!cat.owner[ROOT_CLASS])
		return;
	spin_lock(&cat.lock);
	cat_select(ROOT_CLASS);
	for (u32 n = 0; n < cat.machine.masks; n++)
		cat_write_mask(n, MASK64(cat.machine.ways - 1, 0));
	if (cat.separate)
		cat_set_separate(false);
	spin_unlock(&cat.lock);
}
