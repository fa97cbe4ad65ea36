// SPDX-License-Identifier: GPL-2.0-only
/* Loading images into a cell's memory. */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <jailhouse/hypercall.h>
#include "arch.h"
#include "cell.h"
#include "core.h"

#define MAX_IMAGES 256

/* Does [@address, @address + @size) lie within @mem, as the cell sees it? Nothing here can wrap. */
static bool region_holds(const struct jailhouse_memory *mem, u64 address, u64 size)
{
	return address >= mem->virt_start && address - mem->virt_start <= mem->size &&
	       size <= mem->size - (address - mem->virt_start);
}

static const struct jailhouse_memory *find_region(const struct cell *cell,
						  const struct jailhouse_preload_image *image)
{
	u32 n;

	for (n = 0; n < cell->num_regions; n++)
		if ((cell->regions[n].flags & JAILHOUSE_MEM_LOADABLE) &&
		    region_holds(&cell->regions[n], image->target_address, image->size))
			return &cell->regions[n];
	return NULL;
}

static int check_images(struct reason *why, const struct cell *cell,
			const struct jailhouse_preload_image *images, u32 num)
{
	u32 n;

	for (n = 0; n < num; n++)
		if (!find_region(cell, &images[n]))
			return refuse(
				why, -EINVAL,
				"image %u, %#llx bytes at %#llx, does not fit into one loadable memory region of the cell",
				n, images[n].size, images[n].target_address);
	return 0;
}

/* The image fits. The cell is stopped, so nobody but us uses its memory. */
static int copy_image(struct reason *why, const struct cell *cell,
		      const struct jailhouse_preload_image *image)
{
	const struct jailhouse_memory *mem = find_region(cell, image);
	u64 phys = mem->phys_start + (image->target_address - mem->virt_start);
	void *target;
	int err = 0;

	if (image->size == 0)
		return 0;
	target = memremap(phys, image->size, MEMREMAP_WB);
	if (!target)
		return refuse(why, -ENOMEM, "the cell's memory at %#llx cannot be mapped", phys);
	if (copy_from_user(target, u64_to_user_ptr(image->source_address), image->size))
		err = refuse(why, -EFAULT, "the image for %#llx cannot be read",
			     image->target_address);
	/* The cell begins with its caches off. */
	arch_clean_dcache(target, image->size);
	memunmap(target);
	pr_debug("jailhouse: %#llx bytes for \"%s\" at %#llx, physical %#llx\n", image->size,
		 cell->name, image->target_address, phys);
	return err;
}

/* Whoever brings an image has to stop the cell first, on purpose; without one that is what is asked for. */
static int check_not_running(struct reason *why, const struct cell *cell)
{
	int state = core_cell_state(cell->id);

	if (state == JAILHOUSE_CELL_RUNNING || state == JAILHOUSE_CELL_RUNNING_LOCKED)
		return refuse(why, -EBUSY, "cell \"%s\" is running: shut it down first",
			      cell->name);
	return 0;
}

static int load_images(struct reason *why, const struct cell *cell,
		       const struct jailhouse_preload_image *images, u32 num)
{
	u32 n;
	int err;

	err = num ? check_not_running(why, cell) : 0;
	if (!err)
		err = check_images(why, cell, images, num);
	if (!err)
		err = core_request_asking(why, JAILHOUSE_HC_CELL_SET_LOADABLE, cell->id,
					  "making the cell loadable");
	for (n = 0; n < num && !err; n++)
		err = copy_image(why, cell, &images[n]);
	return err;
}

static struct jailhouse_preload_image *
copy_list(struct reason *why, const struct jailhouse_cell_load __user *load, u32 num)
{
	struct jailhouse_preload_image *images;

	if (num > MAX_IMAGES)
		return ERR_PTR(refuse(why, -E2BIG, "%u images, more than the limit of %u", num,
				      MAX_IMAGES));
	images = kvmalloc_array(num, sizeof(*images), GFP_KERNEL);
	if (num && !images)
		return ERR_PTR(refuse(why, -ENOMEM, "no memory for the list of images"));
	if (num && copy_from_user(images, load->image, num * sizeof(*images))) {
		kvfree(images);
		return ERR_PTR(refuse(why, -EFAULT, "the list of images cannot be read"));
	}
	return images;
}

int cell_load(struct reason *why, const struct jailhouse_cell_load __user *load)
{
	struct jailhouse_preload_image *images;
	struct jailhouse_cell_load head;
	struct cell *cell;
	int err;

	if (copy_from_user(&head, load, sizeof(head)))
		return refuse(why, -EFAULT, "the request cannot be read");
	cell = cell_find(why, &head.cell_id);
	if (IS_ERR(cell))
		return PTR_ERR(cell);
	images = copy_list(why, load, head.num_preload_images);
	if (IS_ERR(images))
		return PTR_ERR(images);
	err = load_images(why, cell, images, head.num_preload_images);
	kvfree(images);
	return err;
}
