// SPDX-License-Identifier: GPL-2.0-only
/* Loading the core: firmware file, layout of the reserved memory. */
#include <linux/align.h>
#include <linux/device.h>
#include <linux/firmware.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include "arch.h"
#include "config_check.h"
#include "device.h"
#include "image.h"

/*
 * Real ones have some MiB. All of it is mapped and cleaned, and must be memory: a bound keeps a typing error in the
 * configuration from taking hours or bringing down Linux.
 */
#define MAX_MEMORY_SIZE SZ_1G

/* The core's idea of a page, whatever Linux's is. */
#define CORE_PAGE_SIZE SZ_4K

#define core_page_align(size)   ALIGN((u64)(size), CORE_PAGE_SIZE)
#define core_page_aligned(size) IS_ALIGNED(size, CORE_PAGE_SIZE)

/* Where things are, as offsets into the reserved memory (see <jailhouse/image.h>). */
struct layout {
	u64 config; /* also the end of the per-CPU areas */
	u64 config_size;
	u64 needed; /* with the smallest page pool that will do */
};

static int check_memory(struct reason *why, const struct jailhouse_memory *mem)
{
	u64 last;

	if (!IS_ALIGNED(mem->phys_start, SZ_2M))
		return refuse(why, -EINVAL, "hypervisor memory at %#llx is not aligned to 2 MiB",
			      mem->phys_start);
	if (mem->size == 0 || !core_page_aligned(mem->size))
		return refuse(why, -EINVAL,
			      "the size of the hypervisor memory, %#llx, is no multiple of a page",
			      mem->size);
	if (mem->size > MAX_MEMORY_SIZE)
		return refuse(
			why, -E2BIG,
			"the size of the hypervisor memory, %#llx, is more than the limit of %#x",
			mem->size, MAX_MEMORY_SIZE);
	if (check_add_overflow(mem->phys_start, mem->size - 1, &last) || (phys_addr_t)last != last)
		return refuse(why, -EINVAL,
			      "hypervisor memory at %#llx with size %#llx wraps around",
			      mem->phys_start, mem->size);
	if (region_intersects(mem->phys_start, mem->size, IORESOURCE_SYSTEM_RAM, IORES_DESC_NONE) !=
	    REGION_DISJOINT)
		return refuse(
			why, -EBUSY,
			"hypervisor memory %#llx-%#llx is not reserved: Linux uses it as System RAM",
			mem->phys_start, last);
	return 0;
}

static int bad_file(struct reason *why, const char *what)
{
	return refuse(why, -EINVAL, "the firmware file %s is damaged or of another version: %s",
		      arch_firmware_name(), what);
}

static int check_page(struct reason *why, const struct jailhouse_image_header *header, u32 offset)
{
	if (!core_page_aligned(offset) || offset >= header->core_size)
		return bad_file(why, "console or report lie outside the image");
	return 0;
}

static int check_header(struct reason *why, const struct firmware *file)
{
	const struct jailhouse_image_header *header = (const void *)file->data;
	int err;

	if (file->size < sizeof(*header) ||
	    memcmp(header->signature, JAILHOUSE_IMAGE_SIGNATURE, sizeof(header->signature)) != 0)
		return bad_file(why, "no signature");
	if (header->architecture != arch_config_architecture)
		return refuse(why, -EINVAL, "the firmware file %s is for %s, this machine is %s",
			      arch_firmware_name(), architecture_name(header->architecture),
			      architecture_name(arch_config_architecture));
	if (header->image_size != file->size)
		return bad_file(why, "its size is not what its header says");
	if (header->core_size < header->image_size || !core_page_aligned(header->core_size) ||
	    header->percpu_size == 0 || !core_page_aligned(header->percpu_size))
		return bad_file(why, "sizes in its header are wrong");
	if (header->entry < sizeof(*header) || header->entry >= header->image_size)
		return bad_file(why, "the entry point lies outside the image");
	err = check_page(why, header, header->console_offset);
	if (!err)
		err = check_page(why, header, header->report_offset);
	return err;
}

static u64 system_size(const struct jailhouse_system *config)
{
	return jailhouse_system_config_size(config);
}

/* All terms are u32, or a product of one with a CPU number: no sum can wrap. */
static struct layout lay_out(const struct jailhouse_image_header *header,
			     const struct jailhouse_system *config, unsigned int max_cpus)
{
	struct layout layout;

	layout.config = header->core_size + (u64)header->percpu_size * max_cpus;
	layout.config_size = system_size(config);
	layout.needed = layout.config + core_page_align(layout.config_size) +
			core_page_align(header->min_pool_size);
	return layout;
}

static int check_fit(struct reason *why, const struct layout *layout,
		     const struct jailhouse_memory *mem)
{
	if (layout->needed <= mem->size)
		return 0;
	return refuse(
		why, -ENOMEM,
		"hypervisor memory is too small: %#llx bytes are configured, %#llx are needed at least",
		mem->size, layout->needed);
}

static int get_firmware(struct reason *why, const struct firmware **file)
{
	int err = request_firmware(file, arch_firmware_name(), jailhouse_root);

	if (err == -ENOENT)
		return refuse(why, err,
			      "the firmware file %s is missing (usually in /lib/firmware)",
			      arch_firmware_name());
	if (err)
		return refuse(why, err, "the firmware file %s cannot be loaded, error %d",
			      arch_firmware_name(), err);
	return 0;
}

static int map(struct core_image *image, const struct jailhouse_image_header *header)
{
	image->memory = memremap(image->phys, image->size, MEMREMAP_WB);
	image->console = memremap(image->phys + header->console_offset, sizeof(*image->console),
				  MEMREMAP_WB);
	image->report =
		memremap(image->phys + header->report_offset, sizeof(*image->report), MEMREMAP_WB);
	if (image->memory && image->console && image->report)
		return 0;
	image_unmap(image);
	return -ENOMEM;
}

/* Fill the mapped memory. What Linux or an earlier core left in the caches for the page pool goes away, too. */
static void fill(struct core_image *image, const struct firmware *file, const struct layout *layout,
		 const struct jailhouse_system *config)
{
	memcpy(image->memory, file->data, file->size);
	memset(image->memory + file->size, 0, layout->config - file->size);
	memcpy(image->memory + layout->config, config, layout->config_size);
}

static void set_header(struct jailhouse_image_header *header, unsigned int max_cpus,
		       unsigned int online)
{
	header->max_cpus = max_cpus;
	header->online_cpus = online;
}

static int load_file(struct core_image *image, struct reason *why, const struct firmware *file,
		     const struct jailhouse_system *config, unsigned int max_cpus,
		     unsigned int online)
{
	const struct jailhouse_image_header *header = (const void *)file->data;
	struct layout layout;
	int err;

	err = check_header(why, file);
	if (err)
		return err;
	layout = lay_out(header, config, max_cpus);
	err = check_fit(why, &layout, &config->hypervisor_memory);
	if (err)
		return err;
	err = map(image, header);
	if (err)
		return refuse(why, err, "the hypervisor memory at %pa cannot be mapped",
			      &image->phys);

	fill(image, file, &layout, config);
	set_header(image->memory, max_cpus, online);
	arch_prepare_image(image->memory, image->memory, image->phys, image->size);
	arch_clean_dcache(image->memory, image->size);
	image->entry = image->phys + header->entry;
	pr_debug("jailhouse: core at %pa, entry %pa, config at +%#llx, page pool at +%#llx\n",
		 &image->phys, &image->entry, layout.config,
		 layout.config + core_page_align(layout.config_size));
	return 0;
}

int image_load(struct core_image *image, struct reason *why, const struct jailhouse_system *config,
	       unsigned int max_cpus, unsigned int online)
{
	const struct firmware *file;
	int err;

	err = check_memory(why, &config->hypervisor_memory);
	if (err)
		return err;
	image->phys = config->hypervisor_memory.phys_start;
	image->size = config->hypervisor_memory.size;

	err = get_firmware(why, &file);
	if (err)
		return err;
	err = load_file(image, why, file, config, max_cpus, online);
	release_firmware(file);
	return err;
}

void image_entered(struct core_image *image)
{
	memunmap(image->memory);
	image->memory = NULL;
}

void image_sync_pages(struct core_image *image)
{
	arch_clean_dcache(image->console, sizeof(*image->console));
	arch_clean_dcache(image->report, sizeof(*image->report));
}

static void unmap(void *mapping)
{
	if (mapping)
		memunmap(mapping);
}

void image_unmap(struct core_image *image)
{
	unmap(image->memory);
	unmap(image->console);
	unmap(image->report);
	memset(image, 0, sizeof(*image));
}
