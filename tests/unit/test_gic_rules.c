// SPDX-License-Identifier: GPL-2.0-only
/* arch/arm-common/gic_rules.c: every access to the distributor, against the model. */
#include "gic_model.h"
#include "unit.h"

static void every_access(const u32 *irqs)
{
	for (u32 size = 1; size <= 8; size *= 2)
		for (u32 offset = 0; offset < 0x10000; offset++) {
			struct gic_rule rule = gic_rule_of(offset, size, irqs);
			enum gic_register_kind kind = model_kind(offset, size, irqs);

			if (rule.kind != kind)
				fail_msg("%u bytes at 0x%x: kind %u, expected %u", size, offset,
					 rule.kind, kind);
			if (kind == GIC_REG_ROUTE)
				assert_int_equal(rule.intid, (offset - 0x6000) / 8);
			if (kind != GIC_REG_VALUE && kind != GIC_REG_ONES &&
			    kind != GIC_REG_TARGETS)
				continue;
			if (rule.mask != model_mask(offset, size, irqs))
				fail_msg("%u bytes at 0x%x: mask 0x%llx, expected 0x%llx", size,
					 offset, rule.mask, model_mask(offset, size, irqs));
			assert_int_equal(rule.intid, model_intid(offset, 0));
		}
}

/** Whatever the cell owns of the SPIs: a redistributor has none. */
static void every_redistributor_access(void **state)
{
	u32 irqs[32];

	memset(irqs, 0xff, sizeof(irqs));
	irqs[0] = 0xfdff0000;
	for (u32 size = 1; size <= 8; size *= 2)
		for (u32 offset = 0; offset < 0x30000; offset++) {
			struct gic_rule rule = gicr_rule_of(offset, size, irqs);
			enum gic_register_kind kind = model_gicr_kind(offset, size, irqs);

			if (rule.kind != kind)
				fail_msg("%u bytes at 0x%x: kind %u, expected %u", size, offset,
					 rule.kind, kind);
			if (kind == GIC_REG_VALUE || kind == GIC_REG_ONES)
				assert_int_equal(rule.mask, model_mask(offset, size, irqs));
			assert_true(rule.intid < 32);
		}
}

static void fixed_bitmaps(void **state)
{
	u32 irqs[32];

	memset(irqs, 0, sizeof(irqs));
	every_access(irqs);
	irqs[0] = 0xfdff0000;
	every_access(irqs);
	irqs[1] = 1;
	irqs[31] = 0x80000000;
	every_access(irqs);
	memset(irqs, 0xff, sizeof(irqs));
	every_access(irqs);
}

static void random_bitmaps(void **state)
{
	u32 irqs[32];

	for (u32 round = 0; round < 10; round++) {
		for (u32 n = 0; n < 32; n++)
			irqs[n] = next_random() & next_random();
		every_access(irqs);
	}
}

static void single_interrupts(void **state)
{
	static const u32 intids[] = { 16, 31, 32, 33, 63, 64, 1019, 1023 };

	for (u32 n = 0; n < ARRAY_SIZE(intids); n++) {
		u32 irqs[32] = { 0 }, id = intids[n];

		irqs[id / 32] = 1U << id % 32;
		assert_int_equal(gic_rule_of(0x100 + id / 32 * 4, 4, irqs).mask, 1U << id % 32);
		assert_int_equal(gic_rule_of(0x400 + id, 1, irqs).mask, 0xff);
		assert_true(gic_rule_of(0x400 + id / 4 * 4, 4, irqs).mask == 0xffU << id % 4 * 8);
		if (id >= 32) {
			assert_true(gic_rule_of(0x800 + id / 4 * 4, 4, irqs).mask ==
				    0xffU << id % 4 * 8);
			assert_true(gic_rule_of(0xc00 + id / 16 * 4, 4, irqs).mask ==
				    3U << id % 16 * 2);
		} else {
			assert_int_equal(gic_rule_of(0x800 + id, 1, irqs).kind, GIC_REG_READ_ONLY);
		}
		assert_int_equal(gic_rule_of(0x6000 + id * 8, 8, irqs).kind,
				 id >= 32 ? GIC_REG_ROUTE : GIC_REG_ZERO);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(fixed_bitmaps),
		rule_test(random_bitmaps),
		rule_test(single_interrupts),
		rule_test(every_redistributor_access),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
