// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/cat.c: who fills which ways of the L3 cache, on a CPU that is played here. */
#include "../unit.h"
#include <bits.h>
#include <cat.h>
#include <cat_hw.h>

#define MAX_MASKS 40

static struct {
	struct cat_machine machine;
	u32 mask[MAX_MASKS];
	bool separate;
	u32 cos;
	u32 writes;
} cpu;

void cat_probe(struct cat_machine *machine)
{
	*machine = cpu.machine;
}

void cat_set_separate(bool separate)
{
	assert_true(cpu.machine.separate);
	cpu.separate = separate;
	cpu.writes++;
}

void cat_write_mask(u32 number, u32 mask)
{
	u64 carry = (u64)mask + (mask & -mask);

	/* The hardware raises an exception otherwise. */
	assert_true(number < cpu.machine.masks);
	assert_true(mask && !((u64)mask >> cpu.machine.ways));
	assert_int_equal(carry & (carry - 1), 0);
	cpu.mask[number] = mask;
	cpu.writes++;
}

void cat_select(u32 cos)
{
	assert_true(cos < (cpu.separate ? cpu.machine.masks / 2 : cpu.machine.masks));
	cpu.cos = cos;
	cpu.writes++;
}

/* A configuration with cache regions and nothing else. */
struct config {
	struct jailhouse_cell_desc desc;
	struct jailhouse_cache cache[3];
} __attribute__((packed));

/* Versions of clang-format disagree about macros that are lists. */
/* clang-format off */
#define REGION(from, count, kind, bits) \
	{ .start = (from), .size = (count), .type = JAILHOUSE_CACHE_##kind, .flags = (bits) }
/* clang-format on */
#define SHARED JAILHOUSE_CACHE_ROOTSHARED
#define CELL(title, ...)                                                                           \
	{                                                                                          \
		.desc = { .name = title,                                                           \
			  .num_cache_regions = sizeof((struct jailhouse_cache[]){ __VA_ARGS__ }) / \
					       sizeof(struct jailhouse_cache) },                   \
		.cache = {                                                                         \
			__VA_ARGS__                                                                \
		}                                                                                  \
	}

static const struct config root = CELL("root", REGION(0, 11, L3, 0));
static const struct config separate_root =
	CELL("root", REGION(0, 11, L3_CODE, 0), REGION(2, 9, L3_DATA, 0));
static const struct config plain = { .desc = { .name = "plain" } };

static void power_on(u8 ways, u32 masks, bool separate)
{
	memset(&cpu, 0, sizeof(cpu));
	cpu.machine = (struct cat_machine){ .ways = ways, .masks = masks, .separate = separate };
	for (u32 n = 0; n < masks; n++)
		cpu.mask[n] = MASK64(ways - 1, 0);
}

static void begin(const struct config *config)
{
	power_on(11, 8, true);
	assert_accepted(cat_check_system(&config->desc));
	cat_init(&config->desc);
	cat_apply(&config->desc);
	assert_int_equal(cpu.cos, 0);
}

static void add(const struct config *config)
{
	assert_accepted(cat_check_cell(&config->desc));
	cat_add_cell(&config->desc);
	cat_apply(&config->desc);
}

static int end(void **state)
{
	cat_exit();
	return unit_teardown(state);
}

static void assert_pristine(void)
{
	assert_int_equal(cpu.cos, 0);
	assert_false(cpu.separate);
	for (u32 n = 0; n < cpu.machine.masks; n++)
		assert_int_equal(cpu.mask[n], MASK64(cpu.machine.ways - 1, 0));
}

static void nothing_configured(void **state)
{
	static const struct config cell = CELL("greedy", REGION(0, 2, L3, 0));

	power_on(0, 0, false);
	assert_accepted(cat_check_system(&plain.desc));
	cat_init(&plain.desc);
	assert_accepted(cat_check_cell(&plain.desc));
	assert_refused(cat_check_cell(&cell.desc), -EINVAL,
		       "\"greedy\" has cache regions, the root");
	cat_add_cell(&plain.desc);
	cat_apply(&plain.desc);
	cat_remove_cell(&plain.desc);
	cat_release();
	assert_int_equal(cpu.writes, 0);
}

static void refused_systems(void **state)
{
	static const struct config beyond = CELL("root", REGION(0, 12, L3, 0)),
				   far = CELL("root", REGION(0xffffffff, 2, L3, 0)),
				   empty = CELL("root", REGION(0, 0, L3, 0)),
				   split = CELL("root", REGION(0, 2, L3, 0), REGION(3, 2, L3, 0)),
				   code = CELL("root", REGION(0, 4, L3_CODE, 0)),
				   data = CELL("root", REGION(0, 4, L3_DATA, 0)),
				   flags = CELL("root", REGION(0, 4, L3, 2)),
				   type = CELL("root", { .size = 1, .type = 4 }),
				   no_type = CELL("root", { .size = 1 });

	power_on(11, 8, true);
	assert_refused(cat_check_system(&beyond.desc), -EINVAL, "beyond the ways");
	assert_refused(cat_check_system(&far.desc), -EINVAL, "beyond the ways");
	assert_refused(cat_check_system(&empty.desc), -EINVAL, "region 0 (start 0, size 0)");
	assert_refused(cat_check_system(&split.desc), -EINVAL, "not contiguous");
	assert_refused(cat_check_system(&code.desc), -EINVAL, "no cache region for data");
	assert_refused(cat_check_system(&data.desc), -EINVAL, "no cache region for code");
	assert_refused(cat_check_system(&flags.desc), -EINVAL, "unknown flags");
	assert_refused(cat_check_system(&type.desc), -EINVAL, "unknown type");
	assert_refused(cat_check_system(&no_type.desc), -EINVAL, "unknown type");
	cpu.machine.in_use = true;
	assert_refused(cat_check_system(&root.desc), -EBUSY, "resctrl");
	power_on(11, 8, false);
	assert_accepted(cat_check_system(&root.desc));
	assert_refused(cat_check_system(&separate_root.desc), -ENODEV, "tell them apart");
	power_on(11, 1, true);
	assert_refused(cat_check_system(&separate_root.desc), -ENODEV, "tell them apart");
	power_on(0, 0, false);
	assert_refused(cat_check_system(&root.desc), -ENODEV, "cannot allocate");
	assert_int_equal(cpu.writes, 0);
}

static void taken_and_given_back(void **state)
{
	static const struct config low = CELL("low", REGION(0, 2, L3, 0)),
				   middle =
					   CELL("middle", REGION(4, 1, L3, 0), REGION(5, 1, L3, 0));

	begin(&root);
	assert_int_equal(cpu.mask[0], 0x7ff);
	add(&low);
	assert_int_equal(cpu.cos, 1);
	assert_int_equal(cpu.mask[1], 0x003);
	assert_int_equal(cpu.mask[0], 0x7fc);
	add(&middle);
	assert_int_equal(cpu.cos, 2);
	assert_int_equal(cpu.mask[2], 0x030);
	/* The largest contiguous part of 0x7cc. */
	assert_int_equal(cpu.mask[0], 0x7c0);
	cat_apply(&low.desc);
	assert_int_equal(cpu.cos, 1);
	cat_apply(&plain.desc);
	assert_int_equal(cpu.cos, 0);

	cat_remove_cell(&low.desc);
	cat_apply(&root.desc);
	assert_int_equal(cpu.mask[0], 0x7c0);
	assert_int_equal(cpu.mask[2], 0x030);
	add(&low);
	assert_int_equal(cpu.cos, 1);
	cat_remove_cell(&low.desc);
	cat_remove_cell(&middle.desc);
	cat_apply(&root.desc);
	assert_int_equal(cpu.mask[0], 0x7ff);
	assert_int_equal(cpu.cos, 0);
	cat_release();
	assert_pristine();
}

/** Of what is left in parts, the root cell fills the largest, wherever it is; its own flags do not matter. */
static void largest_part(void **state)
{
	static const struct config shared_root = CELL("root", REGION(0, 11, L3, SHARED)),
				   high = CELL("high", REGION(9, 1, L3, 0)),
				   low = CELL("low", REGION(2, 2, L3, 0));

	begin(&shared_root);
	add(&high);
	assert_int_equal(cpu.mask[0], 0x1ff);
	add(&low);
	assert_int_equal(cpu.mask[0], 0x1f0);
}

static void shared_ways(void **state)
{
	static const struct config one = CELL("one", REGION(0, 2, L3, SHARED)),
				   two = CELL("two", REGION(1, 2, L3, SHARED)),
				   mixed = CELL("mixed", REGION(3, 2, L3, 0),
						REGION(5, 1, L3, SHARED)),
				   jealous = CELL("jealous", REGION(2, 1, L3, 0)),
				   late = CELL("late", REGION(4, 1, L3, SHARED));

	begin(&root);
	add(&one);
	add(&two);
	assert_int_equal(cpu.mask[0], 0x7ff);
	assert_int_equal(cpu.mask[1], 0x003);
	assert_int_equal(cpu.mask[2], 0x006);
	add(&mixed);
	assert_int_equal(cpu.mask[3], 0x038);
	assert_int_equal(cpu.mask[0], 0x7e0);
	assert_refused(cat_check_cell(&jealous.desc), -EBUSY, "\"jealous\" overlaps cell \"two\"");
	assert_refused(cat_check_cell(&late.desc), -EBUSY, "\"late\" overlaps cell \"mixed\"");
}

static void refused_cells(void **state)
{
	static const struct config small_root = CELL("root", REGION(2, 4, L3, 0)),
				   below = CELL("below", REGION(0, 3, L3, 0)),
				   above = CELL("above", REGION(5, 2, L3, SHARED)),
				   beyond = CELL("beyond", REGION(5, 7, L3, 0)),
				   split = CELL("split", REGION(2, 1, L3, 0), REGION(4, 1, L3, 0)),
				   all = CELL("all", REGION(2, 4, L3, 0)),
				   code = CELL("code", REGION(2, 1, L3_CODE, 0)),
				   half = CELL("half", REGION(2, 2, L3, 0)),
				   rest = CELL("rest", REGION(4, 2, L3, 0)),
				   again = CELL("again", REGION(3, 1, L3, 0));

	begin(&small_root);
	assert_int_equal(cpu.mask[0], 0x03c);
	assert_refused(cat_check_cell(&below.desc), -EINVAL, "\"below\" is not the root cell's");
	assert_refused(cat_check_cell(&above.desc), -EINVAL, "\"above\" is not the root cell's");
	assert_refused(cat_check_cell(&beyond.desc), -EINVAL, "beyond the ways");
	assert_refused(cat_check_cell(&split.desc), -EINVAL, "\"split\" are not contiguous");
	assert_refused(cat_check_cell(&all.desc), -EBUSY, "\"all\" would leave no L3 cache");
	assert_refused(cat_check_cell(&code.desc), -EINVAL,
		       "\"code\" has cache regions for code or");
	add(&half);
	assert_refused(cat_check_cell(&rest.desc), -EBUSY, "\"rest\" would leave no L3 cache");
	assert_refused(cat_check_cell(&again.desc), -EBUSY, "\"again\" overlaps cell \"half\"");
	cat_remove_cell(&half.desc);
	add(&rest);
	assert_int_equal(cpu.mask[0], 0x00c);
}

static void code_and_data_apart(void **state)
{
	static const struct config both = CELL("both", REGION(0, 1, L3_CODE, 0),
					       REGION(2, 2, L3_DATA, 0)),
				   code = CELL("code", REGION(1, 3, L3_CODE, 0)),
				   unified = CELL("unified", REGION(4, 1, L3, 0)),
				   outside = CELL("outside", REGION(1, 2, L3, SHARED)),
				   data = CELL("data", REGION(5, 6, L3_DATA, 0)),
				   fifth = CELL("fifth", REGION(8, 1, L3, 0));

	begin(&separate_root);
	assert_true(cpu.separate);
	assert_int_equal(cpu.mask[0], 0x7fc);
	assert_int_equal(cpu.mask[1], 0x7ff);
	assert_refused(cat_check_cell(&outside.desc), -EINVAL,
		       "\"outside\" is not the root cell's");
	add(&both);
	assert_int_equal(cpu.mask[2], 0x00c);
	assert_int_equal(cpu.mask[3], 0x001);
	assert_int_equal(cpu.mask[0], 0x7f0);
	assert_int_equal(cpu.mask[1], 0x7fe);
	add(&code);
	/* Its data goes where the root cell's goes. */
	assert_int_equal(cpu.mask[4], 0x7f0);
	assert_int_equal(cpu.mask[5], 0x00e);
	add(&unified);
	assert_int_equal(cpu.mask[6], 0x010);
	assert_int_equal(cpu.mask[7], 0x010);
	assert_int_equal(cpu.mask[4], 0x7e0);
	assert_int_equal(cpu.mask[0], 0x7e0);
	assert_int_equal(cpu.mask[1], 0x7e0);
	assert_refused(cat_check_cell(&data.desc), -EBUSY, "leave no L3 cache");
	assert_refused(cat_check_cell(&fifth.desc), -EBUSY, "all 4 classes are in use");
	cat_remove_cell(&both.desc);
	assert_accepted(cat_check_cell(&data.desc));
	cat_remove_cell(&unified.desc);
	add(&fifth);
	cat_release();
	assert_pristine();
}

static void whole_width(void **state)
{
	static const struct config wide = CELL("root", REGION(0, 32, L3, 0)),
				   top = CELL("top", REGION(31, 1, L3, 0)),
				   most = CELL("most", REGION(0, 30, L3, 0));

	power_on(32, 20, false);
	assert_accepted(cat_check_system(&wide.desc));
	cat_init(&wide.desc);
	add(&top);
	assert_int_equal(cpu.mask[0], 0x7fffffff);
	assert_int_equal(cpu.mask[1], 0x80000000);
	add(&most);
	assert_int_equal(cpu.mask[0], 0x40000000);
	assert_int_equal(cpu.mask[2], 0x3fffffff);
	/* Classes that are not used are reset all the same. */
	cat_release();
	assert_pristine();
}

/** Whatever comes and goes: the hardware takes it (see the fakes), and nobody fills what another has for itself. */
static void random_cells(void **state)
{
	static struct config cells[6];
	bool exists[6] = { false };
	u32 accepted = 0;

	for (u32 round = 0; round < 100000; round++) {
		u32 n = random_below(6);
		struct config *cell = &cells[n];

		if (round % 2000 == 0) {
			memset(exists, 0, sizeof(exists));
			cat_exit();
			begin(round % 4000 ? &root : &separate_root);
		}
		if (exists[n]) {
			cat_remove_cell(&cell->desc);
			exists[n] = false;
		} else {
			cell->desc.num_cache_regions = random_below(3);
			for (u32 k = 0; k < 2; k++)
				cell->cache[k] = (struct jailhouse_cache){
					.start = random_below(12),
					.size = random_below(5),
					.type = 1 + random_below(3),
					.flags = random_below(2),
				};
			exists[n] = cat_check_cell(&cell->desc) == 0;
			if (!exists[n])
				continue;
			cat_add_cell(&cell->desc);
			accepted++;
		}
		cat_apply(exists[n] ? &cell->desc : &root.desc);
		for (u32 k = 0; k < 6; k++)
			for (u32 r = 0; exists[k] && r < cells[k].desc.num_cache_regions; r++) {
				const struct jailhouse_cache *cache = &cells[k].cache[r];
				u32 mask = MASK64(cache->start + cache->size - 1, cache->start);

				if (cache->flags & SHARED)
					continue;
				if (cpu.separate && cache->type & JAILHOUSE_CACHE_L3_CODE)
					assert_int_equal(cpu.mask[1] & mask, 0);
				if (!cpu.separate || cache->type & JAILHOUSE_CACHE_L3_DATA)
					assert_int_equal(cpu.mask[0] & mask, 0);
			}
	}
	assert_true(accepted > 1000);
}

#define cat_test(function) cmocka_unit_test_setup_teardown(function, unit_setup, end)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cat_test(nothing_configured),   cat_test(refused_systems),
		cat_test(taken_and_given_back), cat_test(largest_part),
		cat_test(shared_ways),          cat_test(refused_cells),
		cat_test(code_and_data_apart),  cat_test(whole_width),
		cat_test(random_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
