// SPDX-License-Identifier: GPL-2.0-only
/* core/mmio_dispatch.c: who answers an access to memory that is not mapped. */
#include "unit.h"

static u64 handler_address[2];
static u32 handler_calls[2];
static u64 handler_value;
static void *handler_context;
static enum mmio_result handler_result;

static enum mmio_result handle(u32 n, struct mmio_access *access)
{
	handler_calls[n]++;
	handler_address[n] = access->address;
	handler_context = access->context;
	if (access->is_write)
		handler_value = access->value;
	else
		access->value = handler_value;
	return handler_result;
}

static enum mmio_result handle_0(struct mmio_access *access)
{
	return handle(0, access);
}

static enum mmio_result handle_1(struct mmio_access *access)
{
	return handle(1, access);
}

/* A cell with a guarded region behind the handlers' ranges and one between them. */
static struct cell *guarded_cell(void)
{
	static const struct jailhouse_memory root = MEM(0, 0, 0x100000, RW);
	static const struct jailhouse_memory mem[] = {
		MEM(0x1200, 0x21200, 0x20,
		    RW | JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32 |
			    JAILHOUSE_MEM_IO_64),
		MEM(0x2ff8, 0x30ff8, 0x10,
		    RW | JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_IO_64 |
			    JAILHOUSE_MEM_IO_UNALIGNED),
		MEM(0x4000, 0x10f00, 0x100, JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO_32),
	};
	struct cell_parts root_parts = { .name = "root", .cpus = 1, .mem = &root, .num_mem = 1 };
	struct cell_parts parts = {
		.name = "cell", .id = 1, .cpus = 2, .mem = mem, .num_mem = ARRAY_SIZE(mem)
	};

	set_root_cell(&root_parts);
	memset(handler_calls, 0, sizeof(handler_calls));
	handler_result = MMIO_DONE;
	mmio_events = 0;
	bus_error_at = NULL;
	for (u32 n = 0; n < FAKE_DEVICE_SIZE; n++)
		fake_device[n] = n * 7 + (n >> 8);
	return add_cell(&parts);
}

static enum mmio_result read_at(struct cell *cell, u64 address, u32 size, u64 *value)
{
	struct mmio_access access = { .address = address,
				      .value = 0xdeadbeefdeadbeef,
				      .size = size };
	enum mmio_result result = mmio_dispatch(cell, &access);

	*value = access.value;
	return result;
}

static enum mmio_result write_at(struct cell *cell, u64 address, u32 size, u64 value)
{
	struct mmio_access access = {
		.address = address, .value = value, .size = size, .is_write = true
	};

	return mmio_dispatch(cell, &access);
}

/* --- the map -------------------------------------------------------------------------------- */

static void overlaps_refused(void **state)
{
	struct mmio_map map = { 0 };

	assert_int_equal(mmio_add(&map, 0x1000, 0x1000, handle_0, NULL), 0);
	assert_int_equal(mmio_add(&map, 0x4000, 0x1000, handle_0, NULL), 0);
	assert_int_equal(mmio_add(&map, 0x1000, 0x1000, handle_1, NULL), -EBUSY);
	assert_int_equal(mmio_add(&map, 0x1fff, 1, handle_1, NULL), -EBUSY);
	assert_int_equal(mmio_add(&map, 0, 0x1001, handle_1, NULL), -EBUSY);
	assert_int_equal(mmio_add(&map, 0x2000, 0x2001, handle_1, NULL), -EBUSY);
	assert_int_equal(mmio_add(&map, 0, 0x10000, handle_1, NULL), -EBUSY);
	assert_int_equal(map.count, 2);
	assert_int_equal(mmio_add(&map, 0x2000, 0x2000, handle_1, NULL), 0);
}

static void many(void **state)
{
	struct cell *cell = guarded_cell();
	u64 value;

	assert_int_equal(read_at(cell, 0, 1, &value), MMIO_REFUSED);
	for (u32 n = 0; n < MMIO_MAX_RANGES; n++) {
		u64 at = n * 7 % MMIO_MAX_RANGES;

		assert_int_equal(
			mmio_add(&cell->mmio, at * 0x1000, 0x800, handle_0, (void *)(uintptr_t)at),
			0);
	}
	assert_int_equal(
		mmio_add(&cell->mmio, (MMIO_MAX_RANGES - 1) * 0x1000 + 0x7ff, 1, handle_0, NULL),
		-EBUSY);
	assert_int_equal(mmio_add(&cell->mmio, 0x10000000, 0x1000, handle_0, NULL), -ENOMEM);
	assert_int_equal(cell->mmio.count, MMIO_MAX_RANGES);
	for (u32 n = 0; n < MMIO_MAX_RANGES; n++) {
		assert_int_equal(read_at(cell, n * 0x1000 + 0x7f8, 8, &value), MMIO_DONE);
		assert_int_equal(handler_address[0], 0x7f8);
		assert_ptr_equal(handler_context, (void *)(uintptr_t)n);
		assert_int_equal(read_at(cell, n * 0x1000 + 0x7fc, 8, &value), MMIO_REFUSED);
		assert_int_equal(read_at(cell, n * 0x1000 + 0x800, 1, &value), MMIO_REFUSED);
	}
	assert_int_equal(handler_calls[0], MMIO_MAX_RANGES);
	assert_int_equal(read_at(cell, ~0ULL, 1, &value), MMIO_REFUSED);
}

/* --- handlers ------------------------------------------------------------------------------- */

static struct cell *handled_cell(void)
{
	struct cell *cell = guarded_cell();

	assert_int_equal(mmio_add(&cell->mmio, 0x11000, 0x1000, handle_1, NULL), 0);
	assert_int_equal(mmio_add(&cell->mmio, 0x10000, 0xf00, handle_0, NULL), 0);
	return cell;
}

static void by_handler(void **state)
{
	struct cell *cell = handled_cell();
	u64 value;

	assert_int_equal(write_at(cell, 0x10008, 4, 0x12345678), MMIO_DONE);
	assert_int_equal(handler_calls[0], 1);
	assert_int_equal(handler_address[0], 8);
	assert_int_equal(handler_value, 0x12345678);
	assert_int_equal(read_at(cell, 0x11ff8, 8, &value), MMIO_DONE);
	assert_int_equal(handler_calls[1], 1);
	assert_int_equal(handler_address[1], 0xff8);
	assert_int_equal(value, 0x12345678);
	assert_int_equal(read_at(cell, 0x10eff, 1, &value), MMIO_DONE);
	assert_int_equal(handler_address[0], 0xeff);
	handler_result = MMIO_REFUSED;
	assert_int_equal(read_at(cell, 0x11000, 4, &value), MMIO_REFUSED);
	assert_int_equal(mmio_events, 0);
}

static void straddling_refused(void **state)
{
	static const struct {
		u64 address;
		u32 size;
	} cases[] = {
		{ 0xfffe, 4 }, /* into a handler's range */
		{ 0x10efe, 4 }, /* out of one, into a guarded region */
		{ 0x10ffe, 4 }, /* out of that, into a handler's range */
		{ 0x11ffc, 8 }, /* out of it */
		{ 0x2121c, 8 }, /* out of a guarded region */
		{ 0x211fe, 4 }, /* into it */
		{ 0x12000, 4 }, { 0xfffc, 4 }, { ~0ULL, 1 }, { ~0ULL, 8 },
	};
	struct cell *cell = handled_cell();
	u64 value;

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		assert_int_equal(read_at(cell, cases[n].address, cases[n].size, &value),
				 MMIO_REFUSED);
		assert_int_equal(write_at(cell, cases[n].address, cases[n].size, 0), MMIO_REFUSED);
	}
	assert_int_equal(handler_calls[0] + handler_calls[1] + mmio_events, 0);
}

static void between_handlers(void **state)
{
	struct cell *cell = handled_cell();
	u64 value;

	assert_int_equal(read_at(cell, 0x10f04, 4, &value), MMIO_DONE);
	assert_int_equal(mmio_events, 1);
	assert_ptr_equal(mmio_log[0].address, fake_device + 0x4004);
	assert_int_equal(write_at(cell, 0x10f04, 4, 1), MMIO_REFUSED);
	assert_int_equal(read_at(cell, 0x10f04, 8, &value), MMIO_REFUSED);
}

/* --- guarded regions ------------------------------------------------------------------------ */

static u64 device_value(u32 offset, u32 size)
{
	u64 value = 0;

	memcpy(&value, fake_device + offset, size);
	return value;
}

static void widths(void **state)
{
	static const u64 pattern = 0x8899aabbccddeeff;
	struct cell *cell = guarded_cell();
	u64 value, before;

	for (u32 size = 1; size <= 8; size *= 2)
		for (u32 offset = 0; offset < 0x20; offset += size) {
			mmio_events = 0;
			assert_int_equal(read_at(cell, 0x21200 + offset, size, &value), MMIO_DONE);
			assert_int_equal(value,
					 device_value(0x1200 + offset, size)); /* zero-extended */
			assert_int_equal(mmio_events, 1);
			assert_int_equal(mmio_log[0].size, size);
			before = device_value(0x1200 + offset + size, 8);
			assert_int_equal(write_at(cell, 0x21200 + offset, size, pattern),
					 MMIO_DONE);
			assert_int_equal(device_value(0x1200 + offset, size),
					 pattern & (~0ULL >> (64 - 8 * size)));
			assert_int_equal(device_value(0x1200 + offset + size, 8), before);
			assert_int_equal(mmio_events, 2);
			assert_int_equal(mmio_log[1].size, size);
			assert_true(mmio_log[1].is_write);
		}
}

static void unaligned_bytewise(void **state)
{
	struct cell *cell = guarded_cell();
	u64 value;

	for (u32 size = 2; size <= 8; size *= 2)
		for (u32 offset = 0; offset + size <= 0x10; offset++) {
			u32 expected = offset % size ? size : 1;

			mmio_events = 0;
			assert_int_equal(read_at(cell, 0x30ff8 + offset, size, &value), MMIO_DONE);
			assert_int_equal(value, device_value(0x2ff8 + offset, size));
			assert_int_equal(mmio_events, expected);
			mmio_events = 0;
			assert_int_equal(
				write_at(cell, 0x30ff8 + offset, size, 0x1122334455667788 + offset),
				MMIO_DONE);
			assert_int_equal(device_value(0x2ff8 + offset, size),
					 (0x1122334455667788 + offset) &
						 (~0ULL >> (64 - 8 * size)));
			assert_int_equal(mmio_events, expected);
			for (u32 n = 0; n < expected; n++)
				assert_int_equal(mmio_log[n].size, expected == 1 ? size : 1);
		}
	assert_int_equal(read_at(cell, 0x30ff8, 1, &value),
			 MMIO_REFUSED); /* bytes are not let through */
}

static void bus_error(void **state)
{
	struct cell *cell = guarded_cell();
	u64 value;

	bus_error_at = fake_device + 0x1204;
	for (u32 size = 1; size <= 8; size *= 2) {
		u64 address = 0x21204 & ~(u64)(size - 1);

		assert_int_equal(read_at(cell, address, size, &value), MMIO_BUS_ERROR);
		assert_true(value == 0xdeadbeefdeadbeef);
		assert_int_equal(write_at(cell, address, size, 0), MMIO_BUS_ERROR);
	}
	assert_int_equal(mmio_events, 0);
	assert_int_equal(read_at(cell, 0x21208, 8, &value), MMIO_DONE);
	/* Byte by byte, up to the one that fails. */
	bus_error_at = fake_device + 0x2ffb;
	mmio_events = 0;
	assert_int_equal(read_at(cell, 0x30ff9, 4, &value), MMIO_BUS_ERROR);
	assert_true(value == 0xdeadbeefdeadbeef);
	assert_int_equal(write_at(cell, 0x30ff9, 4, 0), MMIO_BUS_ERROR);
	assert_int_equal(mmio_events, 4);
	/* What is refused does not get that far. */
	assert_int_equal(write_at(cell, 0x10f00, 4, 0), MMIO_REFUSED);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(overlaps_refused),   rule_test(many),
		rule_test(by_handler),         rule_test(straddling_refused),
		rule_test(between_handlers),   rule_test(widths),
		rule_test(unaligned_bytewise), rule_test(bus_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
