// SPDX-License-Identifier: GPL-2.0-only
/* core/ownership.c: who owns what beside the existing cells. */
#include "unit.h"
#include <ownership.h>

#define SHARED   (RW | JAILHOUSE_MEM_ROOTSHARED)
#define LOADABLE (RW | JAILHOUSE_MEM_LOADABLE)
#define COMM     (RW | JAILHOUSE_MEM_COMM_REGION)

static const struct jailhouse_memory root_mem[] = {
	MEM(0x40000000, 0x40000000, 0x10000000, RWX),
	MEM(0x9000000, 0x9000000, 0x10000, RW), /* devices */
	MEM(0x50000000, 0x50000000, 0x10000000, RWX), /* neighbour of the first */
	{ 0 },
	MEM(0x70000000, 0x90000000, 0x100000, RWX), /* seen elsewhere */
	MEM(0xa003e00, 0xa003e00, 0x200, RW | JAILHOUSE_MEM_IO_32), /* sub-page */
	MEM(0x80000000, 0x80000000, 0x1000, JAILHOUSE_MEM_READ),
};

static const struct jailhouse_memory first_mem[] = {
	MEM(0x41000000, 0, 0x10000, LOADABLE),
	MEM(0, 0x80000000, 0x1000, COMM),
	MEM(0x42000000, 0x42000000, 0x2000, SHARED),
	MEM(0x9004100, 0x9004100, 0x20, RW | JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_32),
};

/** Root cell with CPUs 0, 1, 2; cell "first" with CPU 3. */
static void set_up_cells(void)
{
	struct cell_parts root = {
		.name = "root", .cpus = 7, .mem = root_mem, .num_mem = ARRAY_SIZE(root_mem)
	};
	struct cell_parts first = { .name = "first",
				    .id = 1,
				    .cpus = 8,
				    .mem = first_mem,
				    .num_mem = ARRAY_SIZE(first_mem) };

	set_root_cell(&root);
	add_cell(&first);
}

static int check_with(const char *name, u32 id, u64 cpus, const struct jailhouse_memory *mem,
		      u32 num_mem)
{
	struct cell_parts parts = {
		.name = name, .id = id, .cpus = cpus, .mem = mem, .num_mem = num_mem
	};

	return ownership_check(make_desc(&parts), 0);
}

static void identity(void **state)
{
	set_up_cells();
	assert_accepted(check_with("second", 2, 4, NULL, 0));
	assert_refused(check_with("first", 2, 4, NULL, 0), -EEXIST, "\"first\" exists");
	assert_refused(check_with("root", 2, 4, NULL, 0), -EEXIST, "\"root\" exists");
	assert_refused(check_with("second", 1, 4, NULL, 0), -EEXIST, "ID 1 exists");
	assert_refused(check_with("second", 0, 4, NULL, 0), -EEXIST, "ID 0 exists");
	assert_accepted(check_with("firs", 2, 4, NULL, 0));
	assert_accepted(check_with("first2", 2, 4, NULL, 0));
}

static void cpus(void **state)
{
	set_up_cells();
	assert_accepted(check_with("second", 2, 6, NULL, 0));
	assert_refused(check_with("second", 2, 8, NULL, 0), -EBUSY,
		       "CPU 3 belongs to cell \"first\"");
	assert_refused(check_with("second", 2, 12, NULL, 0), -EBUSY,
		       "CPU 3 belongs to cell \"first\"");
	assert_refused(check_with("second", 2, 0x10, NULL, 0), -EBUSY,
		       "CPU 4 does not belong to the root cell");
	assert_refused(check_with("second", 2, 3, NULL, 0), -EBUSY, "CPU 0 is the one");
}

struct memory_case {
	const char *what;
	struct jailhouse_memory mem;
	int error;
	const char *words;
};

static const struct memory_case memory_cases[] = {
	{ "root's own", MEM(0x43000000, 0, 0x1000, RW), 0, NULL },
	{ "whole region", MEM(0x50000000, 0, 0x10000000, RW), 0, NULL },
	{ "across two regions", MEM(0x4ffff000, 0, 0x2000, RW), 0, NULL },
	{ "last page", MEM(0x5ffff000, 0, 0x1000, RW), 0, NULL },
	{ "behind the last page", MEM(0x5ffff000, 0, 0x2000, RW), -EINVAL,
	  "is not the root cell's" },
	{ "in front of the first", MEM(0x3ffff000, 0, 0x2000, RW), -EINVAL,
	  "is not the root cell's" },
	{ "nobody's", MEM(0x20000000, 0, 0x1000, RW), -EINVAL,
	  "region 0 (0x20000000, size 0x1000)" },
	{ "shared, but not the root cell's", MEM(0x20000000, 0, 0x1000, SHARED), -EINVAL,
	  "is not the root" },
	{ "by physical address", MEM(0x70000000, 0, 0x100000, RW), 0, NULL },
	{ "not by guest address", MEM(0x90000000, 0, 0x1000, RW), -EINVAL,
	  "is not the root cell's" },
	{ "end of physical addresses", MEM(~0xfffULL, 0, 0x1000, RW), -EINVAL,
	  "is not the root cell's" },
	{ "empty", MEM(0x20000000, 0, 0, RW), 0, NULL },
	{ "communication region", MEM(0x41000000, 0x80000000, 0x1000, COMM), 0, NULL },
	{ "as the other's communication region", MEM(0, 0, 0x1000, COMM), 0, NULL },
	{ "sub-page of a sub-page", MEM(0xa003f00, 0xa003f00, 0x10, RW), 0, NULL },
	{ "a byte more than a sub-page", MEM(0xa003ff8, 0xa003ff8, 9, RW), -EINVAL,
	  "is not the root cell's" },
	{ "more than a sub-page", MEM(0xa003f00, 0xa003f00, 0x200, RW), -EINVAL,
	  "is not the root cell's" },

	{ "other's memory", MEM(0x41000000, 0, 0x10000, RW), -EBUSY,
	  "overlaps region 0 of cell \"first\"" },
	{ "a page of it", MEM(0x4100f000, 0, 0x1000, RW), -EBUSY,
	  "overlaps region 0 of cell \"first\"" },
	{ "around it", MEM(0x40000000, 0, 0x10000000, RW), -EBUSY,
	  "overlaps region 0 of cell \"first\"" },
	{ "shared, but exclusive there", MEM(0x41000000, 0, 0x1000, SHARED), -EBUSY,
	  "region 0 of cell \"first\"" },
	{ "in front of it", MEM(0x40fff000, 0, 0x1000, RW), 0, NULL },
	{ "behind it", MEM(0x41010000, 0, 0x1000, RW), 0, NULL },
	{ "exclusive, but shared there", MEM(0x42000000, 0, 0x1000, RW), -EBUSY,
	  "overlaps region 2 of cell \"first\"" },
	{ "shared by all", MEM(0x42000000, 0, 0x2000, SHARED), 0, NULL },
	{ "sub-page taken", MEM(0x9004110, 0x9004110, 0x10, RW), -EBUSY,
	  "overlaps region 3 of cell \"first\"" },
	{ "page of a sub-page taken", MEM(0x9004000, 0, 0x1000, RW), -EBUSY,
	  "overlaps region 3 of cell \"first\"" },
	{ "rest of its page", MEM(0x9004120, 0x9004120, 0x20, RW), 0, NULL },
};

static void memory(void **state)
{
	set_up_cells();
	for (u32 n = 0; n < ARRAY_SIZE(memory_cases); n++) {
		print_message("%s\n", memory_cases[n].what);
		assert_refused(check_with("second", 2, 4, &memory_cases[n].mem, 1),
			       memory_cases[n].error, memory_cases[n].words);
	}
}

/** The culprit is named by its index in its own configuration, however many there are. */
static void memory_of_third_cell(void **state)
{
	static const struct jailhouse_memory second[] = { { 0 }, MEM(0x44000000, 0, 0x1000, RW) };
	static const struct jailhouse_memory third[] = { MEM(0x45000000, 0, 0x1000, RW),
							 { 0 },
							 MEM(0x43fff000, 0x10000, 0x2000, RW) };
	struct cell_parts parts = {
		.name = "second", .id = 2, .cpus = 4, .mem = second, .num_mem = 2
	};

	set_up_cells();
	add_cell(&parts);
	assert_refused(check_with("third", 3, 2, third, 3), -EBUSY,
		       "memory region 2 overlaps region 1 of cell \"second\"");
}

/** Every byte of a random cell's memory against the definition. */
static void random_memory_against_definition(void **state)
{
	bool root_owns, conflict;
	struct jailhouse_memory mem;
	int err;

	set_up_cells();
	for (u32 round = 0; round < 3000; round++) {
		bool shared = random_below(2);

		mem = (struct jailhouse_memory)MEM(0x40ff8000 + random_below(0x20) * 0x1000, 0,
						   (1 + random_below(0x20)) * 0x1000,
						   shared ? SHARED : RW);
		if (random_below(4) == 0)
			mem.phys_start += random_below(2) ? 0xff8000 : 0x1efe8000;
		root_owns = mem.phys_start >= 0x40000000 && mem.phys_start + mem.size <= 0x60000000;
		conflict = false;
		for (u64 page = mem.phys_start; page < mem.phys_start + mem.size; page += 0x1000)
			conflict |= (page >= 0x41000000 && page < 0x41010000) ||
				    (!shared && page >= 0x42000000 && page < 0x42002000);
		refusal.count = 0;
		err = check_with("second", 2, 4, &mem, 1);
		assert_int_equal(err, !root_owns ? -EINVAL : conflict ? -EBUSY : 0);
		assert_int_equal(refusal.count, err ? 1 : 0);
	}
}

static void exclusive(void **state)
{
	static const struct {
		struct jailhouse_memory mem;
		bool exclusive;
	} cases[] = {
		{ MEM(0, 0, 0x1000, RW), true },      { MEM(0, 0, 0x1000, LOADABLE), true },
		{ MEM(0, 0, 0x1000, SHARED), false }, { MEM(0, 0, 0x1000, COMM), false },
		{ MEM(0, 0, 0, RW), false },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++)
		assert_int_equal(mem_is_exclusive(&cases[n].mem), cases[n].exclusive);
}

static void others(void **state)
{
	set_up_cells();
	assert_true(owned_by_other(NULL, 0x41000000, 1));
	assert_true(owned_by_other(&root_cell, 0x4100ffff, 1));
	assert_true(owned_by_other(NULL, 0x9004000, 0x1000));
	assert_false(owned_by_other(NULL, 0x9004000, 0x100));
	assert_false(owned_by_other(NULL, 0x9004120, 0xee0));
	assert_false(owned_by_other(root_cell.next, 0x41000000, 0x10000));
	assert_false(owned_by_other(NULL, 0x42000000, 0x2000)); /* shared */
	assert_false(owned_by_other(NULL, 0, 0x1000)); /* its communication region is the core's */
}

/* --- guarded accesses ----------------------------------------------------------------------- */

#define IO32 (RW | JAILHOUSE_MEM_IO_32)

static const struct jailhouse_memory guarded_mem[] = {
	MEM(0x9000100, 0x1100, 0x20, IO32),
	MEM(0x9000120, 0x1120, 0x10, JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16),
	MEM(0x9000130, 0x1130, 0x10, JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO_64),
	MEM(0x9000140, 0x1140, 0x20, IO32 | JAILHOUSE_MEM_IO_64 | JAILHOUSE_MEM_IO_UNALIGNED),
	MEM(0x9002000, 0x2000, 0x1000, RW), /* mapped */
	MEM(0x9003ff0, 0x3ff0, 0x20, IO32), /* across a page boundary */
	MEM(0, 0x5000, 0x1000, COMM),
	MEM(0x9006000, 0x6000, 0x10, RW), /* no width at all */
	MEM(0x9007000, 0x7000, 0, IO32), /* empty */
};

static void guarded_accesses(void **state)
{
	static const struct {
		u64 address;
		u32 size;
		char direction;
		u64 phys; /* 0: refused */
	} cases[] = {
		{ 0x1100, 4, 'r', 0x9000100 }, { 0x1100, 4, 'w', 0x9000100 },
		{ 0x111c, 4, 'r', 0x900011c }, { 0x1100, 1, 'r', 0 },
		{ 0x1100, 2, 'w', 0 },         { 0x1100, 8, 'r', 0 },
		{ 0x1102, 4, 'r', 0 }, /* unaligned */
		{ 0x10fc, 4, 'r', 0 },         { 0x10fe, 4, 'r', 0 },
		{ 0x111e, 4, 'r', 0 }, /* across two regions */
		{ 0x1120, 1, 'r', 0x9000120 }, { 0x112f, 1, 'r', 0x900012f },
		{ 0x112e, 2, 'r', 0x900012e }, { 0x112f, 2, 'r', 0 },
		{ 0x1120, 4, 'r', 0 },         { 0x1120, 1, 'w', 0 },
		{ 0x1130, 8, 'w', 0x9000130 }, { 0x1130, 8, 'r', 0 },
		{ 0x1134, 8, 'w', 0 },         { 0x1130, 4, 'w', 0 },
		{ 0x1141, 4, 'w', 0x9000141 }, /* unaligned is let through here */
		{ 0x1155, 8, 'r', 0x9000155 }, { 0x1159, 8, 'r', 0 }, /* beyond its end */
		{ 0x115d, 4, 'r', 0 },         { 0x1141, 2, 'r', 0 }, /* not of that width */
		{ 0x2000, 4, 'r', 0 }, /* mapped: whoever faults there did what he must not */
		{ 0x3ffc, 4, 'r', 0x9003ffc }, { 0x4000, 4, 'r', 0x9004000 },
		{ 0x400c, 4, 'w', 0x900400c }, { 0x4010, 4, 'w', 0 },
		{ 0x5000, 4, 'r', 0 },         { 0x6000, 4, 'r', 0 },
		{ 0x7000, 4, 'r', 0 },         { ~0ULL, 1, 'r', 0 },
		{ ~3ULL, 4, 'w', 0 },
	};
	struct cell_parts parts = { .name = "guarded",
				    .id = 2,
				    .cpus = 4,
				    .mem = guarded_mem,
				    .num_mem = ARRAY_SIZE(guarded_mem) };
	struct cell *cell;

	set_up_cells();
	cell = add_cell(&parts);
	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		u64 phys = 0;
		const struct jailhouse_memory *mem = mem_find_guarded(
			cell, cases[n].address, cases[n].size, cases[n].direction == 'w', &phys);

		print_message("%c%u 0x%llx\n", cases[n].direction, cases[n].size, cases[n].address);
		assert_int_equal(mem != NULL, cases[n].phys != 0);
		if (mem)
			assert_int_equal(phys, cases[n].phys);
	}
}

/** Another cell owns 0x20 bytes at 0x9004100: the root cell's accesses to the rest of that page are dispatched. */
static void rest_of_page(void **state)
{
	static const struct {
		u64 address;
		u32 size;
		bool is_write, allowed;
	} cases[] = {
		{ 0x9004000, 4, false, true },
		{ 0x90040f8, 8, true, true },
		{ 0x90040fc, 8, true, false }, /* unaligned, and into it */
		{ 0x90040fe, 2, false, true },
		{ 0x90040ff, 2, false, false }, /* unaligned, and into it */
		{ 0x9004100, 1, false, false },
		{ 0x900411f, 1, true, false },
		{ 0x9004118, 8, false, false },
		{ 0x9004120, 8, true, true },
		{ 0x9004122, 4, true, false }, /* unaligned */
		{ 0x9004fff, 1, true, true },
		{ 0x41000000, 4, false, false }, /* all of it is the other's */
		{ 0x3fffff00, 4, false, false }, /* nobody's */
		{ 0x80000000, 4, true, false }, /* read-only */
		{ 0xa003e00, 4, true, true }, /* the root cell's own guarded region */
		{ 0xa003e00, 8, true, false },
		{ 0x5ffffffc, 8, true, false }, /* beyond the end */
	};
	u64 phys;

	set_up_cells();
	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		bool allowed = mem_find_guarded(&root_cell, cases[n].address, cases[n].size,
						cases[n].is_write, &phys);

		print_message("%u bytes at 0x%llx\n", cases[n].size, cases[n].address);
		assert_int_equal(allowed, cases[n].allowed);
		if (allowed)
			assert_int_equal(phys, cases[n].address);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(identity),
		rule_test(cpus),
		rule_test(memory),
		rule_test(memory_of_third_cell),
		rule_test(random_memory_against_definition),
		rule_test(exclusive),
		rule_test(others),
		rule_test(guarded_accesses),
		rule_test(rest_of_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
