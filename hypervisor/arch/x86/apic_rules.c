// SPDX-License-Identifier: GPL-2.0-only
#include <apic_rules.h>
#include <asm/apic_regs.h>
#include <errno.h>
#include <printk.h>
#include <string.h>

/* --- configurations ------------------------------------------------------------------------- */

int apic_check_regions(const struct jailhouse_cell_desc *desc, const char *what, u64 address)
{
	const struct jailhouse_memory *mem;

	for_each_region (mem, desc)
		if (ranges_overlap(mem->virt_start, mem->size, address, PAGE_SIZE) ||
		    ranges_overlap(mem->phys_start, mem->size, address, PAGE_SIZE))
			return refuse(-EINVAL,
				      "memory region %u of cell \"%s\" overlaps the %s at 0x%llx",
				      mem_index(desc, mem), desc->name, what, address);
	return 0;
}

/* --- destinations (Intel SDM 3, 11.6.2, 11.12.10; AMD APM 2, 16.5 to 16.14) ----------------- */

bool apic_speaks_x2apic(const struct cpu_public *cpu)
{
	return cpu->cell != &root_cell || cpu->arch.x2apic;
}

u32 apic_logical_id(const struct cpu_public *cpu)
{
	u32 id = cpu->arch.apic_id;

	if (!apic_speaks_x2apic(cpu))
		return cpu->arch.ldr;
	return FIELD_PREP(X2APIC_CLUSTER, (u64)id >> 4) | BIT(id & 0xf);
}

static bool matches_cluster(u32 ldr, u32 destination)
{
	return FIELD(X2APIC_CLUSTER, ldr) == FIELD(X2APIC_CLUSTER, destination) &&
	       (FIELD(X2APIC_MEMBERS, ldr) & FIELD(X2APIC_MEMBERS, destination));
}

/** Logical destinations of xAPIC mode are in the flat model: one bit for each of eight CPUs. */
static bool matches(const struct cpu_public *cpu, u32 destination, bool logical)
{
	u32 ldr = apic_logical_id(cpu);
	bool x2apic = apic_speaks_x2apic(cpu);

	if (destination == (x2apic ? X2APIC_BROADCAST : XAPIC_BROADCAST))
		return true;
	if (!logical)
		return destination == cpu->arch.apic_id;
	if (x2apic)
		return matches_cluster(ldr, destination);
	return destination < XAPIC_BROADCAST && (FIELD(XAPIC_DESTINATION, ldr) & destination);
}

void apic_targets(const struct cell *cell, u32 destination, bool logical, u32 *targets)
{
	u32 cpu;

	memset(targets, 0, CPU_SET_WORDS * sizeof(*targets));
	for_each_cpu (cpu, cell->cpus)
		if (matches(cpu_public(cpu), destination, logical))
			bit_set(targets, cpu);
}

/* --- interrupt commands --------------------------------------------------------------------- */

static void keep_only(u32 *targets, u32 cpu)
{
	memset(targets, 0, CPU_SET_WORDS * sizeof(*targets));
	if (cpu < MAX_CPUS)
		bit_set(targets, cpu);
}

static void resolve_targets(const struct cell *cell, u32 self, u64 icr, u32 *targets)
{
	switch (FIELD(ICR_SHORTHAND, icr)) {
	case SHORTHAND_NONE:
		apic_targets(cell, FIELD(ICR_DESTINATION, icr), icr & ICR_LOGICAL, targets);
		return;
	case SHORTHAND_SELF:
		keep_only(targets, self);
		return;
	default:
		memcpy(targets, cell->cpus, sizeof(cell->cpus));
		if (FIELD(ICR_SHORTHAND, icr) == SHORTHAND_OTHERS)
			bit_clear(targets, self);
	}
}

static bool may_be_sent(u64 icr)
{
	u32 shorthand = FIELD(ICR_SHORTHAND, icr);
	/* These exist for interrupts only (SDM 3, table 11-3); NMIs to itself do no harm. */
	bool names_itself = shorthand == SHORTHAND_SELF || shorthand == SHORTHAND_ALL;

	switch (FIELD(APIC_DELIVERY, icr)) {
	case DELIVERY_FIXED:
	case DELIVERY_LOWEST:
		return FIELD(APIC_VECTOR, icr) >= APIC_FIRST_VECTOR;
	case DELIVERY_NMI:
		return true;
	case DELIVERY_INIT:
		/* Level and not asserted: a de-assert, which only synchronized the APICs of old. */
		return !names_itself && (icr & (ICR_LEVEL | ICR_ASSERT)) != ICR_LEVEL;
	case DELIVERY_STARTUP:
		return !names_itself;
	default:
		return false;
	}
}

void apic_resolve_icr(const struct cell *cell, u32 self, u64 icr, u32 *targets)
{
	resolve_targets(cell, self, icr, targets);
	if (!may_be_sent(icr))
		keep_only(targets, MAX_CPUS);
	else if (FIELD(APIC_DELIVERY, icr) == DELIVERY_LOWEST)
		keep_only(targets, cpu_set_next(targets, 0));
}

/* --- registers ------------------------------------------------------------------------------ */

/* Sets of registers */
#define REG(reg)          BIT64((reg) / 16)
#define REGS(first, last) MASK64((last) / 16, (first) / 16)
#define LVT               (REG(APIC_LVT_CMCI) | REGS(APIC_LVT_TIMER, APIC_LVT_ERROR))
#define READ_AND_WRITTEN \
	(REG(APIC_TPR) | REG(APIC_SVR) | REG(APIC_ESR) | REG(APIC_TIMER_INIT) | REG(APIC_TIMER_DIV))
#define DIRECTLY_READ                                                                     \
	(READ_AND_WRITTEN | REGS(APIC_ID, APIC_VERSION) | REG(APIC_PPR) | REG(APIC_LDR) | \
	 REGS(APIC_ISR, APIC_IRR_END) | LVT | REG(APIC_TIMER_COUNT))
#define DIRECTLY_WRITTEN (READ_AND_WRITTEN | REG(APIC_EOI) | REG(APIC_SELF_IPI))

static bool is_in(u64 set, u32 reg)
{
	return reg % 16 == 0 && reg <= APIC_SELF_IPI && (set & REG(reg));
}

bool apic_is_lvt(u32 reg)
{
	return is_in(LVT, reg);
}

enum apic_access apic_register_access(u32 reg, bool write)
{
	if (reg == APIC_ICR || (write && apic_is_lvt(reg)))
		return APIC_FILTERED;
	return is_in(write ? DIRECTLY_WRITTEN : DIRECTLY_READ, reg) ? APIC_DIRECT : APIC_DENIED;
}

/* --- local vector table (SDM 3, 11.5.1; APM 2, 16.4) ---------------------------------------- */

struct lvt_rule {
	u32 reg;
	u32 mask; /* bits that may be written, delivery mode apart */
	u32 deliveries; /* bit n: delivery mode n */
};

#define INTERNAL (BIT(DELIVERY_FIXED) | BIT(DELIVERY_NMI))
#define SIMPLE   (APIC_VECTOR | LVT_MASKED)
#define PIN      (SIMPLE | LVT_ACTIVE_LOW | LVT_LEVEL)

/* In this order they exist, as many as the version register says. */
static const struct lvt_rule lvt_rules[] = {
	{ APIC_LVT_TIMER, SIMPLE | LVT_TIMER_MODE, BIT(DELIVERY_FIXED) },
	{ APIC_LVT_LINT0, PIN, INTERNAL | BIT(DELIVERY_EXTINT) },
	{ APIC_LVT_LINT1, PIN, INTERNAL },
	{ APIC_LVT_ERROR, SIMPLE, BIT(DELIVERY_FIXED) },
	{ APIC_LVT_PERF, SIMPLE, INTERNAL },
	{ APIC_LVT_THERMAL, SIMPLE, INTERNAL },
	{ APIC_LVT_CMCI, SIMPLE, INTERNAL },
};

static const struct lvt_rule *find_lvt_rule(u32 reg, u32 count)
{
	for (u32 n = 0; n < ARRAY_SIZE(lvt_rules) && n < count; n++)
		if (lvt_rules[n].reg == reg)
			return &lvt_rules[n];
	return NULL;
}

bool apic_lvt_exists(u32 reg, u32 count)
{
	return find_lvt_rule(reg, count);
}

static bool timer_mode_exists(u32 mode, bool deadline)
{
	return mode != TIMER_RESERVED && (mode != TIMER_DEADLINE || deadline);
}

enum apic_lvt_result apic_check_lvt(struct apic_lvt_owner owner, u32 reg, u32 *value)
{
	const struct lvt_rule *rule = find_lvt_rule(reg, owner.count);
	u32 wanted = *value & ~(LVT_PENDING | LVT_REMOTE_IRR);
	u32 delivery = FIELD(APIC_DELIVERY, wanted);

	if (!rule || !(rule->deliveries & BIT(delivery)) ||
	    (delivery == DELIVERY_EXTINT && !owner.root))
		return APIC_LVT_IGNORED;
	*value = wanted & (rule->mask | APIC_DELIVERY);
	if (!timer_mode_exists(FIELD(LVT_TIMER_MODE, *value), owner.deadline))
		*value &= ~LVT_TIMER_MODE;
	return *value == wanted ? APIC_LVT_OK : APIC_LVT_RESERVED;
}
