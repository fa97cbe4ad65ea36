// SPDX-License-Identifier: GPL-2.0-only
/* core/config.c: which configurations are sane in themselves. */
#include "unit.h"
#include <config.h>

#define HV_START 0x7fc00000ULL
#define HV_SIZE  0x400000

static struct machine machine;

static void reset_machine(void)
{
	machine = (struct machine){ 4, 40, 40, HV_START, HV_SIZE };
}

static const struct jailhouse_memory plain[] = {
	MEM(0x70000000, 0, 0x10000, RWX | JAILHOUSE_MEM_LOADABLE),
	MEM(0, 0x80000000, 0x1000, RW | JAILHOUSE_MEM_COMM_REGION),
};

static struct cell_parts plain_parts(void)
{
	return (struct cell_parts){
		.name = "demo", .id = 1, .cpus = 8, .mem = plain, .num_mem = 2
	};
}

static struct jailhouse_cell_desc *plain_desc(void)
{
	struct cell_parts parts = plain_parts();

	return make_desc(&parts);
}

static struct jailhouse_system *plain_system(void)
{
	static const struct jailhouse_memory ram = MEM(0x40000000, 0x40000000, 0x3fc00000, RWX);
	struct cell_parts parts = { .name = "root", .cpus = 0xf, .mem = &ram, .num_mem = 1 };

	return make_system(&parts);
}

/* --- format --------------------------------------------------------------------------------- */

static void good_cell(void **state)
{
	struct jailhouse_cell_desc *desc = plain_desc();

	reset_machine();
	assert_int_equal(config_cell_size(desc), sizeof(*desc) + 8 + 2 * 32);
	assert_accepted(config_check_format(desc, config_cell_size(desc)));
	assert_accepted(config_check_format(desc, config_cell_size(desc) + 1));
	assert_accepted(config_check_cell(desc, &machine));
}

static void truncated_at_every_byte(void **state)
{
	struct jailhouse_cell_desc *desc = plain_desc(), *copy;
	u64 size = config_cell_size(desc);

	for (u64 n = 0; n < size; n++) {
		copy = scratch(n);
		memcpy(copy, desc, n);
		assert_refused(config_check_format(copy, n), -EINVAL, "truncated");
	}
}

/** Only the header is there to be read while the size is not known yet. */
static void format_reads_header_only(void **state)
{
	struct jailhouse_cell_desc *desc = plain_desc(), *copy = scratch(sizeof(*copy));

	*copy = *desc;
	assert_accepted(config_check_format(copy, ~0ULL));
}

static void garbage_header(void **state)
{
	struct jailhouse_cell_desc *desc;
	u64 size;

	desc = plain_desc();
	size = config_cell_size(desc);
	desc->signature[4] ^= 1;
	assert_refused(config_check_format(desc, size), -EINVAL, "wrong signature");
	memcpy(desc->signature, JAILHOUSE_SYSTEM_SIGNATURE, 5);
	assert_refused(config_check_format(desc, size), -EINVAL, "not a cell configuration");
	desc = plain_desc();
	desc->architecture = JAILHOUSE_X86;
	assert_refused(config_check_format(desc, size), -EINVAL, "architecture 0, this is 2");
	desc = plain_desc();
	desc->revision++;
	assert_refused(config_check_format(desc, size), -EINVAL, "revision 15, expected 14");
	desc = plain_desc();
	memset(desc, 0, size);
	assert_refused(config_check_format(desc, size), -EINVAL, "wrong signature");
}

static const struct {
	size_t field;
	u32 item; /* bytes of each */
} counters[] = {
	{ offsetof(struct jailhouse_cell_desc, cpu_set_size), 1 },
	{ offsetof(struct jailhouse_cell_desc, num_memory_regions),
	  sizeof(struct jailhouse_memory) },
	{ offsetof(struct jailhouse_cell_desc, num_cache_regions), sizeof(struct jailhouse_cache) },
	{ offsetof(struct jailhouse_cell_desc, num_irqchips), sizeof(struct jailhouse_irqchip) },
	{ offsetof(struct jailhouse_cell_desc, num_pio_regions), sizeof(struct jailhouse_pio) },
	{ offsetof(struct jailhouse_cell_desc, num_pci_devices),
	  sizeof(struct jailhouse_pci_device) },
	{ offsetof(struct jailhouse_cell_desc, num_pci_caps),
	  sizeof(struct jailhouse_pci_capability) },
	{ offsetof(struct jailhouse_cell_desc, num_stream_ids), sizeof(union jailhouse_stream_id) },
};

static void set_counter(struct jailhouse_cell_desc *desc, u32 n, u32 value)
{
	memcpy((u8 *)desc + counters[n].field, &value, sizeof(value));
}

/** Each counter alone: too large, and so large that 32 bits would wrap to nothing. */
static void counters_that_overflow(void **state)
{
	struct jailhouse_cell_desc *desc = plain_desc();
	u64 size = config_cell_size(desc);
	u32 values[3];

	for (u32 n = 0; n < ARRAY_SIZE(counters); n++) {
		values[0] = MAX_CONFIG_SIZE / counters[n].item + 1;
		values[1] = ~0U;
		values[2] = (1ULL << 32) / counters[n].item + 1;
		for (u32 v = 0; v < 3; v++) {
			if (values[v] < 100)
				continue; /* of items of one byte */
			desc = plain_desc();
			set_counter(desc, n, values[v]);
			assert_refused(config_check_format(desc, size), -E2BIG, "more than");
			assert_refused(config_check_format(desc, ~0ULL), -E2BIG, "more than");
			assert_int_equal(config_cell_size(desc), 0);
		}
	}
	for (u32 n = 0; n < ARRAY_SIZE(counters); n++)
		set_counter(desc, n, ~0U);
	assert_refused(config_check_format(desc, ~0ULL), -E2BIG, "more than");
}

static void largest_possible(void **state)
{
	struct jailhouse_cell_desc *desc = plain_desc();

	desc->num_memory_regions = 0;
	desc->cpu_set_size = MAX_CONFIG_SIZE - sizeof(*desc);
	assert_int_equal(config_cell_size(desc), MAX_CONFIG_SIZE);
	assert_accepted(config_check_format(desc, MAX_CONFIG_SIZE));
	desc->cpu_set_size++;
	assert_refused(config_check_format(desc, ~0ULL), -E2BIG, "more than");
}

/* --- names and CPUs ------------------------------------------------------------------------- */

static void names(void **state)
{
	static const struct {
		const char *name;
		const char *refused;
	} cases[] = {
		{ "a", NULL },
		{ "1234567890123456789012345678901", NULL }, /* 31 */
		{ "12345678901234567890123456789012", "not terminated" },
		{ "", "empty" },
		{ "a\nb", "unprintable" },
		{ "\x7f", "unprintable" },
		{ "caf\xc3\xa9", "unprintable" },
		{ "a b~", NULL },
	};

	reset_machine();
	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct cell_parts parts = plain_parts();

		parts.name = cases[n].name;
		assert_refused(config_check_cell(make_desc(&parts), &machine),
			       cases[n].refused ? -EINVAL : 0, cases[n].refused);
	}
}

static void cpus(void **state)
{
	static const struct {
		u64 cpus;
		u32 set_size;
		const char *refused;
	} cases[] = {
		{ 0x1, 1, NULL },       { 0x8, 8, NULL },     { 0xf, 64, NULL },
		{ 0, 8, "has no CPU" }, { 0x10, 8, "CPU 4" }, { 0x8000000000000001, 8, "CPU 63" },
		{ 0x100, 2, "CPU 8" },
	};

	reset_machine();
	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct cell_parts parts = plain_parts();

		parts.cpus = cases[n].cpus;
		parts.cpu_set_size = cases[n].set_size;
		assert_refused(config_check_cell(make_desc(&parts), &machine),
			       cases[n].refused ? -EINVAL : 0, cases[n].refused);
	}
}

static void empty_cpu_set(void **state)
{
	struct jailhouse_cell_desc *desc = scratch(sizeof(*desc));

	reset_machine();
	*desc = *plain_desc();
	desc->cpu_set_size = 0;
	desc->num_memory_regions = 0;
	assert_false(config_has_cpu(desc, 0));
	assert_refused(config_check_cell(desc, &machine), -EINVAL, "has no CPU");
}

static void has_cpu(void **state)
{
	struct cell_parts parts = plain_parts();
	struct jailhouse_cell_desc *desc;

	parts.cpus = 0x8001;
	parts.cpu_set_size = 2;
	parts.num_mem = 0;
	desc = make_desc(&parts);
	for (u32 cpu = 0; cpu < MAX_CPUS; cpu++)
		assert_int_equal(config_has_cpu(desc, cpu), cpu == 0 || cpu == 15);
	assert_false(config_has_cpu(desc, ~0U));
}

/* --- memory regions ------------------------------------------------------------------------- */

#define COMM (RW | JAILHOUSE_MEM_COMM_REGION)

struct region_case {
	const char *what;
	struct jailhouse_memory mem[5];
	u32 num;
	const char *refused; /* NULL: accepted */
};

static const struct region_case region_cases[] = {
	{ "no region", { { 0 } }, 0, NULL },
	{ "empty regions, wherever",
	  { MEM(0, 0, 0, 0), MEM(HV_START, 3, 0, 0), MEM(~0ULL, ~0ULL, 0, RW) },
	  3,
	  NULL },
	{ "neighbours",
	  { MEM(0x1000, 0x1000, 0x1000, RW), MEM(0x2000, 0x2000, 0x1000, RW) },
	  2,
	  NULL },
	{ "all flags",
	  { MEM(0x1000, 0x1000, 0x1000,
		RWX | JAILHOUSE_MEM_DMA | JAILHOUSE_MEM_IO | JAILHOUSE_MEM_LOADABLE |
			JAILHOUSE_MEM_ROOTSHARED | JAILHOUSE_MEM_NO_HUGEPAGES |
			JAILHOUSE_MEM_IO_UNALIGNED | JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 |
			JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_IO_64) },
	  1,
	  NULL },
	{ "network device", { JAILHOUSE_SHMEM_NET_REGIONS(0x7f900000, 0) }, 4, NULL },
	{ "its peer", { JAILHOUSE_SHMEM_NET_REGIONS(0x7f900000, 1) }, 4, NULL },
	{ "sub-page by size",
	  { MEM(0x9000000, 0x9000000, 0x100, RW | JAILHOUSE_MEM_IO_32) },
	  1,
	  NULL },
	{ "sub-page by start",
	  { MEM(0x9000104, 0x9000104, 0x1000, RW | JAILHOUSE_MEM_IO_32) },
	  1,
	  NULL },
	{ "sub-pages of one page",
	  { MEM(0x9000000, 0x9000000, 0x104, RW),
	    MEM(0x9000104, 0x9000104, 0xefc, JAILHOUSE_MEM_READ) },
	  2,
	  NULL },
	{ "last byte of the machine", { MEM(0xfffffff000, 0xfffffff000, 0x1000, RW) }, 1, NULL },
	{ "up to the hypervisor", { MEM(HV_START - 0x1000, 0, 0x1000, RW) }, 1, NULL },
	{ "behind the hypervisor", { MEM(HV_START + HV_SIZE, 0, 0x1000, RW) }, 1, NULL },
	{ "guest address of the hypervisor", { MEM(0x1000, HV_START, 0x1000, RW) }, 1, NULL },

	{ "first unknown flag",
	  { MEM(0x1000, 0x1000, 0x1000, RW | 0x200) },
	  1,
	  "region 0 (0x1000, size 0x1000)" },
	{ "bit 20", { MEM(0x1000, 0x1000, 0x1000, RW | 1ULL << 20) }, 1, "unknown flags" },
	{ "bit 32", { MEM(0x1000, 0x1000, 0x1000, RW | 1ULL << 32) }, 1, "unknown flags" },
	{ "bit 63", { MEM(0x1000, 0x1000, 0x1000, RW | 1ULL << 63) }, 1, "unknown flags" },
	{ "guest addresses overlap",
	  { MEM(0x1000, 0x1000, 0x2000, RW), MEM(0x10000, 0x2000, 0x1000, RW) },
	  2,
	  "regions 0 and 1 of cell \"demo\" overlap in guest" },
	{ "physical addresses overlap",
	  { MEM(0x1000, 0x1000, 0x2000, RW), { 0 }, MEM(0x2000, 0x10000, 0x2000, RW) },
	  3,
	  "regions 0 and 2 of cell \"demo\" overlap in physical" },
	{ "the same twice",
	  { { 0 }, MEM(0x1000, 0x1000, 0x1000, RW), MEM(0x1000, 0x1000, 0x1000, RW) },
	  3,
	  "regions 1 and 2" },
	{ "one within the other",
	  { MEM(0x1000, 0x101000, 0x1000, RW), MEM(0, 0x1000, 0x10000, RW) },
	  2,
	  "regions 0 and 1 of cell \"demo\" overlap in physical" },
	{ "sub-pages by one byte",
	  { MEM(0x9000000, 0x9000000, 0x105, RW), MEM(0x9000104, 0x9000104, 0x10, RW) },
	  2,
	  "regions 0 and 1" },
	{ "in the hypervisor",
	  { MEM(HV_START + 0x1000, 0, 0x1000, RW) },
	  1,
	  "overlaps the hypervisor" },
	{ "last page is the hypervisor's",
	  { MEM(HV_START - 0x1000, 0, 0x2000, RW) },
	  1,
	  "overlaps the hypervisor" },
	{ "around the hypervisor",
	  { MEM(0x40000000, 0, 0x80000000, RW) },
	  1,
	  "overlaps the hypervisor" },
	{ "a byte of the hypervisor",
	  { MEM(HV_START + HV_SIZE - 8, 0x1ff8, 1, RW | JAILHOUSE_MEM_IO_8) },
	  1,
	  "overlaps the hypervisor" },
	{ "physical wraps", { MEM(0xfffffffffffff000, 0, 0x2000, RW) }, 1, "wraps around" },
	{ "guest wraps", { MEM(0x1000, 0xfffffffffffff000, 0x2000, RW) }, 1, "wraps around" },
	{ "up to the last byte of 64 bits",
	  { MEM(0x1000, 0x1000, ~0xfffULL, RW) },
	  1,
	  "beyond the guest-physical" },
	{ "one byte further", { MEM(0x1000, 0x1000, ~0xfffULL + 1, RW) }, 1, "wraps around" },
	{ "all", { MEM(0, 0, ~0ULL, RW) }, 1, "beyond the guest-physical" },
	{ "guest end", { MEM(0x1000, 0xfffffff000, 0x2000, RW) }, 1, "beyond the guest-physical" },
	{ "physical end", { MEM(0xfffffff000, 0x1000, 0x2000, RW) }, 1, "beyond the physical" },
	{ "unaligned physical", { MEM(0x1800, 0x1000, 0x1000, RW) }, 1, "not aligned alike" },
	{ "sub-page aligned otherwise",
	  { MEM(0x9000004, 0x9000000, 0x10, RW) },
	  1,
	  "not aligned alike" },
	{ "sub-page that could be loaded",
	  { MEM(0x40000800, 0x800, 0x100, RW | JAILHOUSE_MEM_LOADABLE | JAILHOUSE_MEM_IO_32) },
	  1,
	  "region 0 (0x40000800, size 0x100) of cell \"demo\" is loadable, but not of whole pages" },
	{ "a page and a half that could be loaded",
	  { MEM(0x40000000, 0, 0x1800, RWX | JAILHOUSE_MEM_LOADABLE) },
	  1,
	  "not of whole pages" },
	{ "no size, but the flag",
	  { MEM(0x40000800, 0x800, 0, RW | JAILHOUSE_MEM_LOADABLE) },
	  1,
	  NULL },

	{ "communication region", { MEM(0, 0x80000000, 0x1000, COMM) }, 1, NULL },
	{ "its physical address is of no meaning",
	  { MEM(0x123, 0x80000000, 0x1000, COMM), MEM(0, 0, 0x1000, RW) },
	  2,
	  NULL },
	{ "that of the hypervisor", { MEM(HV_START, 0x80000000, 0x1000, COMM) }, 1, NULL },
	{ "communication region of two pages",
	  { MEM(0, 0x80000000, 0x2000, COMM) },
	  1,
	  "not one page" },
	{ "of half a page", { MEM(0, 0x80000000, 0x800, COMM) }, 1, "not one page" },
	{ "unaligned", { MEM(0, 0x80000800, 0x1000, COMM) }, 1, "not one page" },
	{ "to be loaded",
	  { MEM(0x40000000, 0x80000000, 0x1000, COMM | JAILHOUSE_MEM_LOADABLE) },
	  1,
	  "region that is loadable" },
	{ "two communication regions",
	  { MEM(0, 0x80000000, 0x1000, COMM), MEM(0, 0x80001000, 0x1000, COMM) },
	  2,
	  "region 1 (0x0, size 0x1000) of cell \"demo\" is a second" },
	{ "communication region over memory",
	  { MEM(0x1000, 0x80000000, 0x10000, RW), MEM(0, 0x80001000, 0x1000, COMM) },
	  2,
	  "regions 0 and 1 of cell \"demo\" overlap in guest" },
	{ "communication region beyond",
	  { MEM(0, 0xfffffffffffff000, 0x1000, COMM) },
	  1,
	  "beyond the guest" },
};

static void memory_regions(void **state)
{
	reset_machine();
	for (u32 n = 0; n < ARRAY_SIZE(region_cases); n++) {
		const struct region_case *c = &region_cases[n];
		struct cell_parts parts = plain_parts();

		parts.mem = c->mem;
		parts.num_mem = c->num;
		print_message("%s\n", c->what);
		assert_refused(config_check_cell(make_desc(&parts), &machine),
			       c->refused ? -EINVAL : 0, c->refused);
	}
}

/* --- systems -------------------------------------------------------------------------------- */

static u64 system_size(const struct jailhouse_system *system)
{
	return jailhouse_system_config_size(system);
}

static void good_system(void **state)
{
	struct jailhouse_system *system = plain_system();

	reset_machine();
	machine.hv_start = machine.hv_size = 0;
	assert_accepted(config_check_system(system, system_size(system), &machine));
	assert_int_equal(machine.hv_start, HV_START);
	assert_int_equal(machine.hv_size, HV_SIZE);
}

static void truncated_system(void **state)
{
	struct jailhouse_system *system = plain_system(), *copy;

	reset_machine();
	for (u64 n = 0; n < system_size(system); n++) {
		copy = scratch(n);
		memcpy(copy, system, n);
		assert_refused(config_check_system(copy, n, &machine), -EINVAL, "truncated");
	}
}

static void garbage_system(void **state)
{
	struct jailhouse_system *system = plain_system();
	u64 size = system_size(system);

	reset_machine();
	memcpy(system->signature, JAILHOUSE_CELL_DESC_SIGNATURE, 5);
	assert_refused(config_check_system(system, size, &machine), -EINVAL,
		       "not a system configuration");
	system = plain_system();
	system->architecture = JAILHOUSE_ARM;
	assert_refused(config_check_system(system, size, &machine), -EINVAL,
		       "architecture 1, this is 2");
	system = plain_system();
	system->revision = 13;
	assert_refused(config_check_system(system, size, &machine), -EINVAL,
		       "revision 13, expected 14");
	system = plain_system();
	system->root_cell.num_pci_devices = ~0U;
	assert_refused(config_check_system(system, size, &machine), -E2BIG, "more than");
	system = plain_system();
	system->root_cell.name[0] = 0;
	assert_refused(config_check_system(system, size, &machine), -EINVAL, "empty");
}

static void hypervisor_memory(void **state)
{
	static const struct {
		u64 start, size;
		bool good;
	} cases[] = {
		{ 0x80000000, 0x200000, true },
		{ 0x80000000, 0x40000000, true },
		{ 0x80000000, 0, false },
		{ 0x80000000, 0x40200000, false },
		{ 0x80100000, 0x400000, false },
		{ 0x80000000, 0x300000, false },
		{ 0xffffffffffe00000, 0x400000, false },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct jailhouse_system *system = plain_system();

		reset_machine();
		system->hypervisor_memory.phys_start = cases[n].start;
		system->hypervisor_memory.size = cases[n].size;
		assert_refused(config_check_system(system, system_size(system), &machine),
			       cases[n].good ? 0 : -EINVAL, "hypervisor memory");
	}
}

static void root_regions(void **state)
{
	static const struct region_case cases[] = {
		{ "root's communication region",
		  { MEM(0, 0x1000, 0x1000, COMM) },
		  1,
		  "in the root cell" },
		{ "hypervisor in root",
		  { MEM(0x40000000, 0x40000000, 0x40000000, RWX) },
		  1,
		  "overlaps the hypervisor" },
		{ "sub-page",
		  { MEM(0x9000000, 0x9000000, 0x100, RW | JAILHOUSE_MEM_IO_32) },
		  1,
		  NULL },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct cell_parts parts = {
			.name = "root", .cpus = 1, .mem = cases[n].mem, .num_mem = cases[n].num
		};
		struct jailhouse_system *system = make_system(&parts);

		reset_machine();
		assert_refused(config_check_system(system, system_size(system), &machine),
			       cases[n].refused ? -EINVAL : 0, cases[n].refused);
	}
}

/** Whatever the bytes are: no crash, and whoever is refused is told why. */
static void random_bytes(void **state)
{
	struct jailhouse_cell_desc *desc;
	u64 size;

	reset_machine();
	for (u32 round = 0; round < 20000; round++) {
		desc = plain_desc();
		size = config_cell_size(desc);
		for (u32 n = 0; n < 1 + round % 4; n++)
			((u8 *)desc)[8 + random_below(size - 8)] = next_random();
		refusal.count = 0;
		if (config_check_format(desc, size) == 0)
			assert_int_equal(refusal.count, config_check_cell(desc, &machine) ? 1 : 0);
		else
			assert_int_equal(refusal.count, 1);
		unit_teardown(state);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(good_cell),
		rule_test(truncated_at_every_byte),
		rule_test(format_reads_header_only),
		rule_test(garbage_header),
		rule_test(counters_that_overflow),
		rule_test(largest_possible),
		rule_test(names),
		rule_test(cpus),
		rule_test(empty_cpu_set),
		rule_test(has_cpu),
		rule_test(memory_regions),
		rule_test(good_system),
		rule_test(truncated_system),
		rule_test(garbage_system),
		rule_test(hypervisor_memory),
		rule_test(root_regions),
		rule_test(random_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
