// SPDX-License-Identifier: GPL-2.0-only
/* core/test_device.c: who gets the device, and what it does. Here it is built in; in the archive of the core it is not. */
#define CONFIG_TEST_DEVICE 1
#include "unit.h"
#include "../../hypervisor/core/test_device.c"

#define COMM   0x80000000ULL
#define DEVICE (COMM + 0x1000)

static struct jailhouse_cell_desc *desc_with(u32 flags, u64 other_virt, u64 other_size, bool comm)
{
	struct jailhouse_memory mem[] = {
		MEM(0x40000000, other_virt, other_size, RWX),
		MEM(0, COMM, comm ? 0x1000 : 0, RW | JAILHOUSE_MEM_COMM_REGION),
	};
	struct cell_parts parts = { .name = "test",
				    .id = 1,
				    .flags = flags,
				    .cpus = 2,
				    .mem = mem,
				    .num_mem = ARRAY_SIZE(mem) };

	return make_desc(&parts);
}

static void only_where_there_is_room(void **state)
{
	const u32 flag = JAILHOUSE_CELL_TEST_DEVICE;

	assert_accepted(test_device_check(desc_with(flag, 0, 0x10000, true)));
	assert_accepted(test_device_check(desc_with(flag, DEVICE + 0x1000, 0x1000, true)));
	assert_accepted(test_device_check(desc_with(flag, DEVICE, 0, true)));
	assert_refused(test_device_check(desc_with(flag, 0, 0x10000, false)), -EINVAL,
		       "no communication region");
	assert_refused(test_device_check(desc_with(flag, DEVICE, 0x1000, true)), -EINVAL,
		       "region 0 of cell \"test\"");
	assert_refused(test_device_check(desc_with(flag, DEVICE + 0xfff, 1, true)), -EINVAL,
		       "region 0");
	/* Who does not ask for it may have anything there. */
	assert_accepted(test_device_check(desc_with(~flag, DEVICE, 0x1000, true)));
	assert_accepted(test_device_check(desc_with(0, 0, 0x10000, false)));
}

static struct cell *cell_with(u32 flags)
{
	struct cell *cell = scratch(sizeof(*cell));

	cell->config = desc_with(flags, 0, 0x10000, true);
	assert_int_equal(test_device_init(cell), 0);
	return cell;
}

static enum mmio_result access(struct cell *cell, u64 address, u32 size, bool is_write, u64 *value)
{
	struct mmio_access access = {
		.address = address, .value = *value, .size = size, .is_write = is_write
	};
	enum mmio_result result = mmio_dispatch(cell, &access);

	*value = access.value;
	return result;
}

/** Each width at each offset behaves as memory does; what reaches beyond the end is refused. */
static void registers_are_memory(void **state)
{
	struct cell *cell = cell_with(JAILHOUSE_CELL_TEST_DEVICE);
	u8 memory[TEST_DEVICE_SIZE] = { 0 };

	for (u32 n = 0; n < 20000; n++) {
		u32 offset = random_below(TEST_DEVICE_SIZE + 8), size = 1 << random_below(4);
		bool inside = offset + size <= TEST_DEVICE_SIZE, is_write = random_below(2);
		u64 value = next_random(), expected = is_write ? value : 0;

		assert_int_equal(access(cell, DEVICE + offset, size, is_write, &value),
				 inside ? MMIO_DONE : MMIO_REFUSED);
		if (inside && is_write)
			memcpy(memory + offset, &expected, size);
		else if (inside)
			memcpy(&expected, memory + offset, size);
		if (inside)
			assert_int_equal(value, expected);
	}
	assert_memory_equal(cell->test_registers, memory, sizeof(memory));
}

static void nothing_around_it(void **state)
{
	struct cell *cell = cell_with(JAILHOUSE_CELL_TEST_DEVICE);
	u64 value = 0;

	assert_int_equal(access(cell, DEVICE - 1, 2, true, &value), MMIO_REFUSED);
	assert_int_equal(access(cell, DEVICE + 0xff8, 8, false, &value), MMIO_REFUSED);
}

static void nothing_for_others(void **state)
{
	struct cell *cell = cell_with(~JAILHOUSE_CELL_TEST_DEVICE);
	u64 value = 0;

	assert_int_equal(cell->mmio.count, 0);
	assert_int_equal(access(cell, DEVICE, 4, false, &value), MMIO_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rule_test(only_where_there_is_room),
		rule_test(registers_are_memory),
		rule_test(nothing_around_it),
		rule_test(nothing_for_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
