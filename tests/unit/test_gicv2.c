// SPDX-License-Identifier: GPL-2.0-only
/* arch/arm-common/gicv2.c: the distributor, which all CPUs share. */
#include "unit.h"
#include <arch.h>
#include <gic.h>
#include <mmio.h>
#include <setup.h>

#define TARGETS_OF_32 0x820

u32 fake_gic_version = 2;
struct jailhouse_system *system_config;
const struct gic_ops gicv3_ops;

void *map_device(u64 phys, u64 size)
{
	return fake_device;
}

void arch_describe_machine(struct machine *machine)
{
}

pte_t arch_cell_attributes(u64 flags)
{
	return 0;
}

static u32 targets(void)
{
	return mmio_read32(fake_device + TARGETS_OF_32);
}

/** Another CPU has read the word, and writes it with INTID 33's field changed, as its cell wants. */
static void finish_access(void)
{
	assert_int_equal(targets(), 0x01010101);
	mmio_write32(fake_device + TARGETS_OF_32, 0x01010401);
	spin_unlock(&gicd_lock);
	hardware.on_relax = NULL;
}

static void targets_survive_accesses_of_cells(void **state)
{
	struct cell_parts root = { .name = "root", .cpus = 3 };

	set_root_cell(&root);
	gicd = fake_device;
	cpu_public(1)->arch.gic.interface = 1;
	mmio_write32(fake_device + TARGETS_OF_32, 0x01010101);
	spin_lock(&gicd_lock);
	hardware.on_relax = finish_access;
	gicv2_ops.reset_spis(1, BIT(2), cpu_public(1));
	assert_null(hardware.on_relax);
	assert_int_equal(targets(), 0x01020401);
	assert_true(spin_trylock(&gicd_lock));
	spin_unlock(&gicd_lock);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(targets_survive_accesses_of_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
