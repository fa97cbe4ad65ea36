// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/ioapic*.c on two IO-APICs, with a remapping table and without. */
#include "../unit.h"
#include <asm/apic_regs.h>
/* For a fresh start of each test. */
#include "../../../hypervisor/arch/x86/ioapic.c"

/* --- the hardware --------------------------------------------------------------------------- */

#define ADDRESS(n) (0xfec00000 + 0x1000 * (n))
#define PINS       24

struct fake_ioapic {
	u32 select;
	u64 entry[PINS];
	u32 version;
	u32 eois, eoi_vector;
	u32 moved; /* the pin that got a new destination without being masked, or PINS */
	u32 masked; /* how often a pin that sends was masked */
};

static struct fake_ioapic chips[2];
static struct irq_message table[2][IOMMU_MAX_INTERRUPTS];
static bool remapping;
static u32 prepared;
struct jailhouse_system *system_config;

bool iommu_present(void)
{
	return remapping;
}

int iommu_device_prepare(u16 bdf)
{
	prepared++;
	return 0;
}

void iommu_set_interrupt(u16 bdf, u32 index, const struct irq_message *msg)
{
	assert_true(remapping && index < IOMMU_MAX_INTERRUPTS);
	assert_true(bdf == 0xa0 || bdf == 0xa1);
	if (!msg->valid)
		for (u32 pin = 0; pin < PINS; pin++) /* nobody sends by it any more */
			assert_true(chips[bdf - 0xa0].entry[pin] & IOAPIC_MASKED ||
				    (chips[bdf - 0xa0].entry[pin] & 0x7ff) != index);
	table[bdf - 0xa0][index] = *msg;
}

/* Registers are at fake_device[n * PAGE_SIZE]; they are not memory. */
u8 fake_device[FAKE_DEVICE_SIZE] __attribute__((aligned(PAGE_SIZE)));

void *map_device(u64 phys, u64 size)
{
	assert_int_equal(size, PAGE_SIZE);
	return fake_device + (phys - ADDRESS(0));
}

void *map_temporarily(u32 slot, u64 phys, bool device)
{
	return NULL;
}

static struct fake_ioapic *chip_at(const void *addr, u32 *offset)
{
	*offset = ((const u8 *)addr - fake_device) % PAGE_SIZE;
	return &chips[((const u8 *)addr - fake_device) / PAGE_SIZE];
}

static u32 *word_of(struct fake_ioapic *chip)
{
	u32 word = chip->select - 0x10;

	assert_true(chip->select >= 0x10 && word < 2 * PINS);
	return (u32 *)&chip->entry[word / 2] + word % 2;
}

u64 fake_mmio_read(const void *addr, u32 size)
{
	u32 offset;
	struct fake_ioapic *chip = chip_at(addr, &offset);

	assert_int_equal(size, 4);
	if (offset == 0)
		return chip->select;
	assert_int_equal(offset, 0x10);
	if (chip->select == 0)
		return 0x01000000;
	if (chip->select == 1)
		return chip->version | (PINS - 1) << 16;
	return chip->select == 2 ? 0x02000000 : *word_of(chip);
}

void fake_mmio_write(void *addr, u32 size, u64 value)
{
	u32 offset;
	struct fake_ioapic *chip = chip_at(addr, &offset);

	assert_int_equal(size, 4);
	if (offset == 0) {
		chip->select = value;
	} else if (offset == 0x40) {
		chip->eois++;
		chip->eoi_vector = value;
	} else {
		assert_int_equal(offset, 0x10);
		/* Of one that sends, only the one half may change. */
		if (chip->select % 2 == 0)
			assert_int_not_equal((chip->select - 0x10) / 2, chip->moved);
		else if (!(chip->entry[(chip->select - 0x10) / 2] & IOAPIC_MASKED))
			chip->moved = (chip->select - 0x10) / 2;
		if (chip->select % 2 == 0 && (value & ~*word_of(chip) & IOAPIC_MASKED))
			chip->masked++;
		*word_of(chip) = value;
	}
}

/* --- set-up --------------------------------------------------------------------------------- */

static const struct jailhouse_irqchip all_pins[] = {
	{ ADDRESS(0), 0xa0, 0, { 0xffffff } },
	{ ADDRESS(1), 0xa1, 0, { 0xffff } },
	{ ADDRESS(1), 0xa1, 16, { 0x7f } }, /* all but the last one */
};
static const struct jailhouse_irqchip some_pins[] = { { ADDRESS(0), 0xa0, 0, { 0x30100 } },
						      { ADDRESS(1), 0xa1, 20, { 1 } } };
static struct cell *cell;

static void init_cpus(void)
{
	for (u32 cpu = 0; cpu < TEST_CPUS; cpu++) {
		cpu_public(cpu)->id = cpu;
		cpu_public(cpu)->cell = cpu < 2 ? &root_cell : cell;
		cpu_public(cpu)->arch =
			(struct arch_cpu_public){ .apic_id = 0x10 + cpu, .ldr = BIT(24 + cpu) };
	}
}

/** As Linux has them: a few in use, what Linux does not know on pin 23 of the second one. */
static void init_hardware(void)
{
	memset(table, 0, sizeof(table));
	for (u32 n = 0; n < 2; n++) {
		chips[n] = (struct fake_ioapic){ .version = 0x20, .moved = PINS };
		for (u32 pin = 0; pin < PINS; pin++)
			chips[n].entry[pin] = 0x10000;
	}
	chips[0].entry[0] = 0x10700;
	chips[0].entry[1] = 0x0300000000000930; /* logical, lowest priority */
	chips[0].entry[9] = 0x110000000000a031; /* level, active low */
	chips[1].entry[23] = 0x00000000000000aa;
}

/** The root cell with CPUs 0 and 1 and all pins but one; a cell with CPUs 2 and 3. */
static void set_up(bool with_remapping)
{
	struct cell_parts root = {
		.name = "root", .cpus = 3, .irqchips = all_pins, .num_irqchips = 3
	};
	struct cell_parts parts = {
		.name = "cell", .id = 1, .cpus = 12, .irqchips = some_pins, .num_irqchips = 2
	};

	remapping = with_remapping;
	prepared = 0;
	memset(units, 0, sizeof(units));
	num_units = 0;
	reset_pool(16);
	set_root_cell(&root);
	system_config = make_system(&root);
	root_cell.config = &system_config->root_cell;
	cell = add_cell(&parts);
	init_cpus();
	init_hardware();
	assert_accepted(ioapic_check_system(system_config));
	assert_accepted(ioapic_init());
	assert_accepted(ioapic_cell_init(&root_cell));
	ioapic_activate();
	assert_accepted(ioapic_cell_init(cell));
	be_cpu(0);
}

static enum mmio_result access_register(u32 unit, u32 offset, bool is_write, u64 *value)
{
	struct mmio_access access = {
		.address = ADDRESS(unit) + offset, .value = *value, .size = 4, .is_write = is_write
	};
	enum mmio_result result = mmio_dispatch(this_cell(), &access);

	*value = access.value;
	return result;
}

static void put(u32 unit, u32 offset, u64 value)
{
	chips[unit].moved = PINS;
	assert_int_equal(access_register(unit, offset, true, &value), MMIO_DONE);
}

static u32 get(u32 unit, u32 offset)
{
	u64 value = 0;

	assert_int_equal(access_register(unit, offset, false, &value), MMIO_DONE);
	return value;
}

static u32 get_reg(u32 unit, u32 reg)
{
	put(unit, 0, reg);
	return get(unit, 0x10);
}

static void put_reg(u32 unit, u32 reg, u32 value)
{
	put(unit, 0, reg);
	put(unit, 0x10, value);
}

static u64 get_entry(u32 unit, u32 pin)
{
	u32 low = get_reg(unit, 0x10 + 2 * pin);

	return low | (u64)get_reg(unit, 0x11 + 2 * pin) << 32;
}

static void put_entry(u32 unit, u32 pin, u64 entry)
{
	put_reg(unit, 0x10 + 2 * pin, 0x10000);
	put_reg(unit, 0x11 + 2 * pin, entry >> 32);
	put_reg(unit, 0x10 + 2 * pin, entry);
}

/* --- what must hold at any time ------------------------------------------------------------- */

static bool owns(const struct cell *who, u32 unit, u32 pin)
{
	return bit_test(who->arch.ioapic->view[unit].owned, pin);
}

static void check_message(const struct cell *owner, const struct irq_message *msg)
{
	u32 cpu = msg->destination - 0x10;

	assert_true(msg->valid && !msg->logical && msg->delivery_mode == 0 && msg->vector >= 16);
	assert_true(cpu < TEST_CPUS && bit_test(owner->cpus, cpu));
}

static void check_remapped(const struct cell *owner, u32 unit, u64 entry, u32 *seen)
{
	u32 index = entry & 0x7ff;
	struct irq_message *msg;

	assert_true(index < IOMMU_MAX_INTERRUPTS);
	assert_false(bit_test(seen, index));
	bit_set(seen, index);
	msg = &table[unit][index];
	check_message(owner, msg);
	assert_int_equal(msg->level, !!(entry & IOAPIC_LEVEL));
	if (msg->level)
		assert_int_equal(index & 0xff, msg->vector);
}

static void check_unit(u32 unit)
{
	u32 seen[IOMMU_MAX_INTERRUPTS / 32] = { 0 };

	for (u32 pin = 0; pin < PINS; pin++) {
		u64 entry = chips[unit].entry[pin];
		const struct cell *owner = owns(&root_cell, unit, pin) ? &root_cell : cell;
		struct irq_message msg = ioapic_message(entry);

		assert_false(owns(&root_cell, unit, pin) && owns(cell, unit, pin));
		if (entry & IOAPIC_MASKED)
			continue;
		assert_true(owns(owner, unit, pin));
		if (remapping)
			check_remapped(owner, unit, entry, seen);
		else
			check_message(owner, &msg);
	}
}

static void check_all(void)
{
	check_unit(0);
	check_unit(1);
}

/* --- life ----------------------------------------------------------------------------------- */

static void activation_and_release(void **state)
{
	for (u32 with = 0; with < 2; with++) {
		struct fake_ioapic before[2];

		set_up(with);
		assert_int_equal(prepared, with ? 2 : 0);
		check_all();
		assert_true(chips[1].entry[23] & IOAPIC_MASKED); /* nobody's */
		assert_false(chips[0].entry[1] & IOAPIC_MASKED);
		assert_true(chips[0].entry[9] & IOAPIC_LEVEL &&
			    chips[0].entry[9] & IOAPIC_ACTIVE_LOW);
		assert_int_equal(get_entry(0, 1), 0x0300000000000930);
		ioapic_release();
		memcpy(before, chips, sizeof(before));
		init_hardware();
		assert_memory_equal(before[0].entry, chips[0].entry, sizeof(before[0].entry));
		assert_memory_equal(before[1].entry, chips[1].entry, sizeof(before[1].entry));
	}
}

static void entries_without_remapping(void **state)
{
	set_up(false);
	assert_int_equal(chips[0].entry[1], 0x1000000000000030);
	assert_int_equal(chips[0].entry[9], 0x110000000000a031);
	assert_int_equal(chips[0].entry[0], 0x10000); /* ExtINT: never */
	put_entry(0, 4, 0x1100000000000044);
	assert_int_equal(chips[0].entry[4], 0x1100000000000044);
	put_entry(0, 4, 0x1200000000000044); /* a CPU of the cell */
	assert_int_equal(chips[0].entry[4], 0x10000);
	assert_int_equal(get_entry(0, 4), 0x1200000000000044);
	/* An APIC ID that a message cannot have: 0xff would be all of them. */
	cpu_public(1)->arch.x2apic = true;
	cpu_public(1)->arch.apic_id = 0xff;
	put_entry(0, 4, 0xff00000000000044);
	assert_int_equal(chips[0].entry[4], 0x1000000000000044);
	bit_clear(root_cell.cpus, 0);
	put_entry(0, 4, 0xff00000000000044);
	assert_int_equal(chips[0].entry[4], 0x10000);
}

static void entries_with_remapping(void **state)
{
	set_up(true);
	/* As they would be without, as long as the vector is free. */
	assert_int_equal(chips[0].entry[1], 0x1000000000000030);
	assert_int_equal(table[0][0x30].destination, 0x10);
	put_entry(0, 4, 0x1100000000000030);
	assert_int_equal(chips[0].entry[4], 0x1100000000000000);
	put_entry(0, 5, 0x1100000000000030);
	assert_int_equal(chips[0].entry[5], 0x1100000000000001);
	check_all();
	put_entry(0, 4, 0x1100000000000055);
	assert_false(table[0][0].valid);
	assert_int_equal(chips[0].entry[4], 0x1100000000000055);
	put_reg(0, 0x10 + 8, 0x10055);
	assert_true(table[0][0x55].valid);
	assert_int_equal(chips[0].entry[4], 0x1100000000010055);
	put_reg(0, 0x10 + 8, 0x55);
	assert_int_equal(chips[0].entry[4], 0x1100000000000055);
}

/** An edge that comes while a pin is masked is lost. */
static void moving_does_not_mask(void **state)
{
	for (int i = 0; i < 2; i++) {
		set_up(i);
		put_entry(0, 4, 0x1000000000000044);
		chips[0].masked = 0;
		put_reg(0, 0x11 + 8, 0x11000000);
		assert_int_equal(chips[0].entry[4], 0x1100000000000044);
		put_reg(0, 0x11 + 8, 0x10000000);
		assert_int_equal(chips[0].entry[4], 0x1000000000000044);
		assert_int_equal(chips[0].masked, 0);
	}
	assert_int_equal(table[0][0x44].destination, 0x10);
}

static void level_pins_need_their_vector(void **state)
{
	set_up(true);
	put_entry(0, 10, 0x100000000000a066);
	put_entry(0, 11, 0x100000000000a066);
	put_entry(0, 12, 0x100000000000a066);
	assert_int_equal(chips[0].entry[10], 0x100000000000a166);
	assert_int_equal(chips[0].entry[11], 0x100000000000a066);
	assert_true(chips[0].entry[12] & IOAPIC_MASKED);
	check_all();
	/* Of the other unit they are others. */
	put_entry(1, 12, 0x100000000000a066);
	assert_int_equal(chips[1].entry[12], 0x100000000000a166);
	/* One goes, the other can have it. */
	put_entry(0, 10, 0x100000000000a067);
	put_reg(0, 0x10 + 24, 0x1a066);
	put_reg(0, 0x10 + 24, 0xa066);
	assert_int_equal(chips[0].entry[12], 0x100000000000a166);
	check_all();
}

static void pins_move(void **state)
{
	for (u32 with = 0; with < 2; with++) {
		set_up(with);
		put_entry(0, 8, 0x1000000000000048);
		put_entry(0, 16, 0x1000000000000049);
		ioapic_take_pins(cell);
		check_all();
		assert_int_equal(chips[0].entry[8], 0x10000);
		assert_int_equal(get_entry(0, 8), 0x10000);
		put_entry(0, 8, 0x1000000000000050);
		assert_int_equal(chips[0].entry[8], 0x10000);
		be_cpu(2);
		assert_int_equal(get_entry(0, 8), 0x10000);
		assert_int_equal(get_entry(0, 9), 0x10000);
		put_entry(0, 8, 0x120000000000a050);
		put_entry(0, 9, 0x120000000000a050);
		put_entry(1, 20, 0x1300000000000051);
		assert_int_equal(chips[0].entry[8], with ? 0x120000000000a150 : 0x120000000000a050);
		assert_int_equal(chips[0].entry[9], with ? 0x110000000000a131 : 0x110000000000a031);
		assert_int_equal(chips[1].entry[20], 0x1300000000000051);
		check_all();
		ioapic_reset_pins(cell);
		assert_int_equal(chips[0].entry[8], 0x10000);
		assert_int_equal(get_entry(0, 8), 0x10000);
		put_entry(0, 8, 0x120000000000a050);
		ioapic_return_pins(cell);
		be_cpu(0);
		check_all();
		/* As the root cell wrote it before, but masked. */
		assert_int_equal(get_entry(0, 8), 0x1000000000010048);
		put_reg(0, 0x10 + 16, 0x48);
		assert_int_equal(chips[0].entry[8], 0x1000000000000048);
		check_all();
	}
}

static void cpus_move(void **state)
{
	set_up(true);
	put_entry(0, 4, 0x1100000000000044);
	bit_clear(root_cell.cpus, 1);
	bit_set(cell->cpus, 1);
	cpu_public(1)->cell = cell;
	ioapic_take_pins(cell);
	check_all();
	assert_true(chips[0].entry[4] & IOAPIC_MASKED);
	assert_true(chips[0].entry[9] & IOAPIC_MASKED);
	bit_clear(cell->cpus, 1);
	bit_set(root_cell.cpus, 1);
	cpu_public(1)->cell = &root_cell;
	ioapic_return_pins(cell);
	assert_int_equal(chips[0].entry[4], 0x1100000000000044);
	check_all();
}

/* --- registers ------------------------------------------------------------------------------ */

static void other_registers(void **state)
{
	set_up(true);
	assert_int_equal(get_reg(0, 0), 0x01000000);
	assert_int_equal(get_reg(0, 1), 0x170020);
	assert_int_equal(get_reg(0, 2), 0x02000000);
	assert_int_equal(get_reg(0, 3), 0);
	assert_int_equal(get_reg(0, 0x40), 0x10000);
	assert_int_equal(get_reg(0, 0x41), 0);
	assert_int_equal(get_reg(0, 0xff), 0);
	assert_int_equal(get(0, 0), 0xff);
	assert_int_equal(get(0, 0x20), 0);
	put_reg(0, 0, 0xf000000);
	put_reg(0, 1, 0);
	put_reg(0, 0x40, 0);
	put(0, 0x20, 5);
	chips[0].entry[9] |= 0x5000;
	assert_int_equal(get_reg(0, 0x22), 0xf031);
	/* Read-only bits, and those that do not exist. */
	put_entry(0, 4, 0xffffffffffffffff);
	assert_int_equal(get_entry(0, 4), 0xff0000000001afff);
}

static void views_are_apart(void **state)
{
	set_up(true);
	ioapic_take_pins(cell);
	put(0, 0, 0x22);
	be_cpu(2);
	assert_int_equal(get(0, 0), 0);
	put(0, 0, 0x20);
	be_cpu(0);
	assert_int_equal(get(0, 0), 0x22);
	assert_int_equal(get(0, 0x10), 0xa031);
}

static void ends_of_interrupts(void **state)
{
	set_up(true);
	ioapic_take_pins(cell);
	put(0, 0x40, 0x31);
	assert_int_equal(chips[0].eois, 1);
	assert_int_equal(chips[0].eoi_vector, 0x31);
	put(0, 0x40, 0x30); /* an edge-triggered pin's */
	put(0, 0x40, 0x66);
	be_cpu(2);
	put(0, 0x40, 0x31);
	assert_int_equal(chips[0].eois, 1);
	put_entry(0, 8, 0x120000000000a031);
	put(0, 0x40, 0x31);
	assert_int_equal(chips[0].eois, 2);
}

static void no_eoi_register(void **state)
{
	set_up(true);
	units[0].version = 0x11;
	put(0, 0x40, 0x31);
	assert_int_equal(chips[0].eois, 0);
}

static void shapes_of_accesses(void **state)
{
	set_up(true);
	for (u32 size = 1; size <= 8; size *= 2)
		for (u32 offset = 0; offset < 0x48; offset++) {
			struct mmio_access access = { .address = ADDRESS(0) + offset,
						      .size = size };

			if (size != 4 || offset % 4)
				assert_int_equal(mmio_dispatch(&root_cell, &access), MMIO_REFUSED);
		}
}

static void cells_without_pins(void **state)
{
	struct cell_parts parts = { .name = "other", .id = 2, .cpus = 0 };
	struct cell *other;
	u32 used;

	set_up(true);
	used = mem_pool.used;
	other = add_cell(&parts);
	assert_accepted(ioapic_cell_init(other));
	assert_int_equal(other->mmio.count, 0);
	ioapic_take_pins(other);
	ioapic_reset_pins(other);
	ioapic_return_pins(other);
	ioapic_cell_exit(other);
	assert_int_equal(mem_pool.used, used);
	reset_pool(0);
	assert_int_equal(ioapic_cell_init(other), -ENOMEM);
	ioapic_cell_exit(other);
}

/** Guests write what they like, and cells come and go. */
static void hostile_guests(void **state)
{
	for (u32 round = 0; round < 60; round++) {
		bool taken = false;

		set_up(round % 2);
		for (u32 n = 0; n < 1000; n++) {
			u64 event = random_below(100);
			u32 unit = random_below(2);
			u64 value = next_random();

			be_cpu(random_below(TEST_CPUS));
			/* So that vectors meet and CPUs are met. */
			if (event % 2)
				value = (value & 0x1a3f) | (value & 0x13000000) | 0x20;
			if (event == 0) {
				(taken ? ioapic_return_pins : ioapic_take_pins)(cell);
				taken = !taken;
			} else if (event == 1) {
				ioapic_reset_pins(cell);
			} else {
				put_reg(unit,
					random_below(8) ? 0x10 + random_below(48) : value & 0xff,
					value);
				put(unit, random_below(0x100) * 4 | (event % 3 ? 0x40 : 0x10),
				    value);
			}
			check_all();
		}
	}
}

/* --- choice of indices ---------------------------------------------------------------------- */

static u32 take(u32 *used, u8 vector, bool level)
{
	const struct irq_message msg = { .valid = true, .vector = vector, .level = level };
	u32 index = ioapic_choose_index(used, &msg);

	if (index == IOAPIC_NO_INDEX)
		return index;
	assert_true(index < IOMMU_MAX_INTERRUPTS && !bit_test(used, index));
	assert_true(ioapic_index_fits(index, &msg));
	bit_set(used, index);
	return index;
}

static void indices(void **state)
{
	u32 used[IOMMU_MAX_INTERRUPTS / 32] = { 0 };

	/* Level-triggered: both of the vector, the upper one first; there are no others. */
	assert_int_equal(take(used, 0xfe, true), 0x1fe);
	assert_int_equal(take(used, 0xfe, true), 0xfe);
	assert_int_equal(take(used, 0xfe, true), IOAPIC_NO_INDEX);
	bit_clear(used, 0xfe);
	assert_int_equal(take(used, 0xfe, true), 0xfe);

	/* Edge-triggered: the lower one of the vector, then those that are of no vector. */
	assert_int_equal(take(used, 0x80, false), 0x80);
	for (u32 n = 0; n < 32; n++)
		assert_int_equal(take(used, 0x80, false), n < 16 ? n : 0x100 + n - 16);
	assert_int_equal(take(used, 0x80, false), IOAPIC_NO_INDEX);
	bit_clear(used, 0x105);
	assert_int_equal(take(used, 0xfe, false), 0x105);
	assert_int_equal(take(used, 0x81, false), 0x81);
}

/** However many edge-triggered pins there are, of whatever vectors: one level-triggered pin of each vector has an index left. */
static void edges_leave_room(void **state)
{
	u32 used[IOMMU_MAX_INTERRUPTS / 32] = { 0 };

	for (u32 n = 0; n < 100000; n++)
		take(used, 16 + random_below(240), false);
	for (u32 vector = 16; vector < 256; vector++)
		assert_int_equal(take(used, vector, true), 0x100 + vector);
	for (u32 vector = 16; vector < 256; vector++)
		assert_int_equal(take(used, vector, true), IOAPIC_NO_INDEX);
}

static void unfit_indices(void **state)
{
	struct irq_message msg = { .valid = true, .vector = 0xfe };

	for (u32 level = 0; level < 2; level++) {
		msg.level = level;
		assert_false(ioapic_index_fits(IOAPIC_NO_INDEX, &msg));
		assert_false(ioapic_index_fits(IOMMU_MAX_INTERRUPTS, &msg));
		assert_true(ioapic_index_fits(0xfe, &msg));
		assert_true(ioapic_index_fits(0x1fe, &msg));
		assert_int_equal(ioapic_index_fits(3, &msg), !level);
	}
}

/* --- configurations ------------------------------------------------------------------------- */

static struct jailhouse_cell_desc *with_chips(const struct jailhouse_irqchip *chips_, u32 count,
					      const struct jailhouse_memory *mem)
{
	struct cell_parts parts = { .name = "new",
				    .id = 7,
				    .irqchips = chips_,
				    .num_irqchips = count,
				    .mem = mem,
				    .num_mem = mem ? 1 : 0 };

	return make_desc(&parts);
}

static void cell_configurations(void **state)
{
	struct jailhouse_irqchip chip = { ADDRESS(0), 0xa0, 0, { 4 } };
	struct jailhouse_memory mem = MEM(0x1000, 0xfec00ff8, 0x10, RW);

	set_up(true);
	assert_accepted(ioapic_check_cell(with_chips(&chip, 1, NULL)));
	chip.pin_bitmap[0] = 0x10004;
	assert_refused(ioapic_check_cell(with_chips(&chip, 1, NULL)), -EBUSY,
		       "pin 16 of the IO-APIC at 0xfec00000 belongs to cell \"cell\"");
	chip.pin_bitmap[0] = 0x1000000;
	assert_refused(ioapic_check_cell(with_chips(&chip, 1, NULL)), -EINVAL,
		       "pin 24 of the IO-APIC at 0xfec00000 is not the root cell's");
	chip.pin_base = 100;
	chip.pin_bitmap[0] = 1 << 19;
	assert_refused(ioapic_check_cell(with_chips(&chip, 1, NULL)), -EINVAL, "pin 119");
	chip.pin_bitmap[0] = 1 << 20;
	assert_refused(ioapic_check_cell(with_chips(&chip, 1, NULL)), -EINVAL, "too many pins");
	chip.pin_base = 0xfffffffe;
	chip.pin_bitmap[0] = 0xff;
	assert_refused(ioapic_check_cell(with_chips(&chip, 1, NULL)), -EINVAL, "too many pins");
	chip = (struct jailhouse_irqchip){ ADDRESS(1), 0xa1, 0, { 1 << 23 } };
	assert_refused(ioapic_check_cell(with_chips(&chip, 1, NULL)), -EINVAL, "pin 23");
	chip.id = 0xa0;
	assert_refused(ioapic_check_cell(with_chips(&chip, 1, NULL)), -EINVAL,
		       "irqchip 0 of cell \"new\" (0xfec01000): the root cell has no such IO-APIC");
	chip = (struct jailhouse_irqchip){ ADDRESS(2), 0xa0, 0, { 1 } };
	assert_refused(ioapic_check_cell(with_chips(&chip, 1, NULL)), -EINVAL, "no such IO-APIC");
	assert_refused(ioapic_check_cell(with_chips(NULL, 0, &mem)), -EINVAL,
		       "memory region 0 of cell \"new\" overlaps the IO-APIC at 0xfec00000");
	mem.virt_start = 0x1000;
	mem.phys_start = 0xfec01000;
	assert_refused(ioapic_check_cell(with_chips(NULL, 0, &mem)), -EINVAL, "0xfec01000");
	mem.phys_start = 0xfec02000;
	assert_accepted(ioapic_check_cell(with_chips(NULL, 0, &mem)));
}

static int check_system(const struct jailhouse_irqchip *chips_, u32 count,
			const struct jailhouse_memory *mem)
{
	struct cell_parts root = { .name = "root",
				   .irqchips = chips_,
				   .num_irqchips = count,
				   .mem = mem,
				   .num_mem = mem ? 1 : 0 };

	return ioapic_check_system(make_system(&root));
}

static void system_configurations(void **state)
{
	struct jailhouse_irqchip chip[5] = { { ADDRESS(0), 0xa0, 0, { 1 } } };
	struct jailhouse_memory mem = MEM(0xfe000000, 0xfe000000, 0x1000000, RW);

	assert_accepted(check_system(NULL, 0, NULL));
	assert_accepted(check_system(chip, 1, NULL));
	assert_refused(check_system(chip, 1, &mem), -EINVAL, "memory region 0 of cell \"root\"");
	chip[0].address = 0;
	assert_refused(check_system(chip, 1, NULL), -EINVAL, "cannot be there");
	chip[0].address = 0xfec00800;
	assert_refused(check_system(chip, 1, NULL), -EINVAL, "cannot be there");
	chip[0].address = 0xfee00000;
	assert_refused(check_system(chip, 1, NULL), -EINVAL, "cannot be there");
	chip[0].address = 0x10000000000000;
	assert_refused(check_system(chip, 1, NULL), -EINVAL, "cannot be there");
	chip[0].address = 0x7fc00000;
	assert_refused(check_system(chip, 1, NULL), -EINVAL, "hypervisor memory");
	chip[0].address = ADDRESS(0);
	chip[0].id = 0x10000;
	assert_refused(check_system(chip, 1, NULL), -EINVAL, "requester ID");
	chip[0].id = 0xa0;
	chip[1] = chip[0];
	chip[1].id = 0xa1;
	assert_refused(check_system(chip, 2, NULL), -EINVAL, "irqchip 1 of cell \"root\"");
	chip[1].id = 0xa0;
	chip[1].pin_base = 119;
	assert_accepted(check_system(chip, 2, NULL));
	chip[1].pin_bitmap[0] = 2;
	assert_refused(check_system(chip, 2, NULL), -EINVAL, "too many pins");
	for (u32 n = 0; n < 5; n++)
		chip[n] = (struct jailhouse_irqchip){ ADDRESS(n), n, 0, { 1 } };
	assert_accepted(check_system(chip, 4, NULL));
	assert_refused(check_system(chip, 5, NULL), -EINVAL, "too many IO-APICs");
}

static int init_with(const struct jailhouse_irqchip *chips_, u32 count)
{
	struct cell_parts root = { .name = "root", .irqchips = chips_, .num_irqchips = count };

	num_units = 0;
	system_config = make_system(&root);
	return ioapic_init();
}

static void unsuitable_hardware(void **state)
{
	struct jailhouse_irqchip chip[2] = { { ADDRESS(0), 0xa0, 0, { 1 } },
					     { ADDRESS(1), 0xa0, 0, { 1 } } };

	set_up(true);
	assert_refused(init_with(chip, 2), -EINVAL, "two IO-APICs have the requester ID 0xa0");
	remapping = false;
	assert_accepted(init_with(chip, 2));
	chip[0].pin_bitmap[0] = 1 << 24;
	assert_refused(init_with(chip, 1), -EINVAL, "the IO-APIC at 0xfec00000 has no pin 24");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(activation_and_release),
		rule_test(entries_without_remapping),
		rule_test(entries_with_remapping),
		rule_test(moving_does_not_mask),
		rule_test(level_pins_need_their_vector),
		rule_test(pins_move),
		rule_test(cpus_move),
		rule_test(other_registers),
		rule_test(views_are_apart),
		rule_test(ends_of_interrupts),
		rule_test(no_eoi_register),
		rule_test(shapes_of_accesses),
		rule_test(cells_without_pins),
		rule_test(hostile_guests),
		rule_test(indices),
		rule_test(edges_leave_room),
		rule_test(unfit_indices),
		rule_test(cell_configurations),
		rule_test(system_configurations),
		rule_test(unsuitable_hardware),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
