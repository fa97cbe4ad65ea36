// SPDX-License-Identifier: GPL-2.0-only
#include <cell.h>
#include <errno.h>
#include <printk.h>
#include <string.h>
#include <test_device.h>

#ifdef CONFIG_TEST_DEVICE
#define BUILT_IN true
#else
#define BUILT_IN false
#endif

static bool is_wanted(const struct jailhouse_cell_desc *desc)
{
	return desc->flags & JAILHOUSE_CELL_TEST_DEVICE;
}

/** Guest-physical address of the page behind the communication region; 0: there is no such region. */
static u64 place(const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_memory *mem;

	for_each_region (mem, desc)
		if (mem->size && (mem->flags & JAILHOUSE_MEM_COMM_REGION))
			return mem->virt_start + PAGE_SIZE;
	return 0;
}

int test_device_check(const struct jailhouse_cell_desc *desc)
{
	const struct jailhouse_memory *mem;
	u64 start = place(desc);

	if (!is_wanted(desc))
		return 0;
	if (!BUILT_IN)
		return refuse(-EINVAL,
			      "cell \"%s\" asks for the test device, which is not built in",
			      desc->name);
	if (!start)
		return refuse(-EINVAL, "cell \"%s\" has a test device, but no communication region",
			      desc->name);
	for_each_region (mem, desc)
		if (ranges_overlap(mem->virt_start, mem->size, start, PAGE_SIZE))
			return refuse(-EINVAL,
				      "region %u of cell \"%s\" is where the test device goes",
				      mem_index(desc, mem), desc->name);
	return 0;
}

/** The dispatcher hands on no access that is not within the registers, or of another size. */
static enum mmio_result access_registers(struct mmio_access *access)
{
	u8 *registers = access->context;

	if (access->is_write) {
		memcpy(registers + access->address, &access->value, access->size);
	} else {
		access->value = 0;
		memcpy(&access->value, registers + access->address, access->size);
	}
	return MMIO_DONE;
}

int test_device_init(struct cell *cell)
{
	if (!is_wanted(cell->config))
		return 0;
	return mmio_add(&cell->mmio, place(cell->config), TEST_DEVICE_SIZE, access_registers,
			cell->test_registers);
}
