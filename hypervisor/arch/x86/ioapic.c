// SPDX-License-Identifier: GPL-2.0-only
/*
 * IO-APICs (82093AA; those with an EOI register: ICH datasheets). Each cell has registers of its own in memory; the hardware
 * gets what the rules make of them.
 */
#include <cpu.h>
#include <errno.h>
#include <ioapic.h>
#include <ioapic_rules.h>
#include <iommu.h>
#include <mmio.h>
#include <page_pool.h>
#include <paging.h>
#include <printk.h>
#include <setup.h>

/* The page of registers */
#define IOAPIC_SELECT 0x00
#define IOAPIC_WINDOW 0x10
#define IOAPIC_EOI    0x40
/* Registers that SELECT shows in WINDOW */
#define REG_VERSION   0x01
#define VERSION       MASK64(7, 0)
#define VERSION_EOI   0x20 /* from here on there is an EOI register */
#define LAST_PIN      MASK64(23, 16)
#define REG_ARBITER   0x02
#define REG_PINS      0x10 /* two words a pin, low one first */

/** An IO-APIC of the machine. */
struct ioapic {
	u64 address;
	u16 id; /* requester ID */
	void *regs;
	u32 version, num_pins;
	spinlock_t lock; /* guards what follows, the hardware, and what cells see of it */
	u64 hardware[IOAPIC_MAX_PINS]; /* the entries as they are; at first as Linux left them */
	u32 used[IOMMU_MAX_INTERRUPTS / 32]; /* indices of the remapping table */
	u16 index[IOAPIC_MAX_PINS]; /* each pin's, or IOAPIC_NO_INDEX */
};

/** What a cell sees of one IO-APIC. */
struct ioapic_view {
	u32 select;
	u32 owned[(IOAPIC_MAX_PINS + 31) / 32];
	/* Of pins that nobody owns, the root cell's: as Linux left them. */
	u64 entry[IOAPIC_MAX_PINS];
};

struct ioapic_cell {
	struct ioapic_view view[IOAPIC_MAX_UNITS];
	bool warned;
};

_Static_assert(sizeof(struct ioapic_cell) <= PAGE_SIZE, "a page for each cell");

static struct ioapic units[IOAPIC_MAX_UNITS];
static u32 num_units;

#define for_each_unit(unit) for ((unit) = units; (unit) < units + num_units; (unit)++)

/* --- hardware ------------------------------------------------------------------------------- */

static u32 hw_read(const struct ioapic *unit, u32 reg)
{
	mmio_write32(mmio_reg(unit->regs, IOAPIC_SELECT), reg);
	return mmio_read32(mmio_reg(unit->regs, IOAPIC_WINDOW));
}

static void hw_write(const struct ioapic *unit, u32 reg, u32 value)
{
	mmio_write32(mmio_reg(unit->regs, IOAPIC_SELECT), reg);
	mmio_write32(mmio_reg(unit->regs, IOAPIC_WINDOW), value);
}

static u64 hw_read_entry(const struct ioapic *unit, u32 pin)
{
	u32 low = hw_read(unit, REG_PINS + 2 * pin);

	return low | (u64)hw_read(unit, REG_PINS + 2 * pin + 1) << 32;
}

/** At no time the pin sends a mixture of its old and new entry; nor is it masked without need, for edges would be lost. */
static void hw_write_entry(struct ioapic *unit, u32 pin, u64 entry)
{
	u32 reg = REG_PINS + 2 * pin;
	u64 change = unit->hardware[pin] ^ entry;

	if (change >> 32) {
		if ((u32)change)
			hw_write(unit, reg, unit->hardware[pin] | IOAPIC_MASKED);
		hw_write(unit, reg + 1, entry >> 32);
	}
	if ((u32)change)
		hw_write(unit, reg, entry);
	unit->hardware[pin] = entry;
}

/* --- from a guest's entry to the hardware's ------------------------------------------------- */

static struct ioapic_view *view_of(const struct cell *cell, const struct ioapic *unit)
{
	return &cell->arch.ioapic->view[unit - units];
}

static void give_index(struct ioapic *unit, u32 pin)
{
	const struct irq_message blocked = { .valid = false };
	u32 index = unit->index[pin];

	if (index == IOAPIC_NO_INDEX)
		return;
	iommu_set_interrupt(unit->id, index, &blocked);
	bit_clear(unit->used, index);
	unit->index[pin] = IOAPIC_NO_INDEX;
}

/** False: there is none. A guest may bring this about as often as it likes: said once. */
static bool take_index(const struct cell *cell, struct ioapic *unit, u32 pin,
		       const struct irq_message *msg)
{
	u32 index = ioapic_choose_index(unit->used, msg);

	if (index != IOAPIC_NO_INDEX) {
		bit_set(unit->used, index);
		unit->index[pin] = index;
		return true;
	}
	if (!cell->arch.ioapic->warned)
		printk("WARNING: pin %u of the IO-APIC at 0x%llx, cell \"%s\", stays masked: too many level-triggered pins have its vector\n",
		       pin, unit->address, cell->config->name);
	cell->arch.ioapic->warned = true;
	return false;
}

static u64 remap(const struct cell *cell, struct ioapic *unit, u32 pin, u64 guest,
		 const struct irq_message *msg)
{
	if (!msg->valid || !ioapic_index_fits(unit->index[pin], msg)) {
		hw_write_entry(unit, pin, ioapic_silent_entry(guest));
		give_index(unit, pin);
		if (!msg->valid || (guest & IOAPIC_MASKED) || !take_index(cell, unit, pin, msg))
			return ioapic_silent_entry(guest);
	}
	iommu_set_interrupt(unit->id, unit->index[pin], msg);
	return ioapic_entry(guest, msg, unit->index[pin]);
}

/** Bring the hardware in line with what the pin's owner wants. Unit locked. */
static void program(struct cell *cell, struct ioapic *unit, u32 pin)
{
	u64 guest = view_of(cell, unit)->entry[pin], entry = ioapic_silent_entry(guest);
	struct irq_message msg = ioapic_message(guest);

	irq_confine(cell, &msg);
	if (iommu_present())
		entry = remap(cell, unit, pin, guest, &msg);
	else if (msg.valid && msg.destination < XAPIC_BROADCAST)
		entry = ioapic_entry(guest, &msg, msg.vector);
	hw_write_entry(unit, pin, entry);
}

/* --- accesses of guests --------------------------------------------------------------------- */

/** The pin whose entry a register is half of, if the cell owns it; IOAPIC_MAX_PINS if there is none. */
static u32 own_pin(const struct ioapic *unit, const struct ioapic_view *view, u32 reg)
{
	u32 pin = (reg - REG_PINS) / 2;
	bool own = reg >= REG_PINS && pin < unit->num_pins && bit_test(view->owned, pin);

	return own ? pin : IOAPIC_MAX_PINS;
}

/** What is no register, or is of a pin of somebody else, reads as if the pin were masked. */
static u32 read_window(const struct ioapic *unit, const struct ioapic_view *view)
{
	u32 reg = view->select, pin = own_pin(unit, view, reg);

	if (reg <= REG_ARBITER)
		return hw_read(unit, reg);
	if (pin == IOAPIC_MAX_PINS)
		return reg % 2 ? 0 : IOAPIC_MASKED;
	if (reg % 2)
		return view->entry[pin] >> 32;
	return view->entry[pin] | (hw_read(unit, reg) & IOAPIC_STATUS);
}

static void write_window(struct ioapic *unit, struct ioapic_view *view, u32 value)
{
	u32 pin = own_pin(unit, view, view->select);
	u64 *entry = &view->entry[pin];

	if (pin == IOAPIC_MAX_PINS)
		return;
	if (view->select % 2)
		*entry = (u32)*entry | ((u64)value << 32 & IOAPIC_WRITABLE);
	else
		*entry = (*entry & MASK64(63, 32)) | (value & IOAPIC_WRITABLE);
	program(this_cell(), unit, pin);
}

/** As the local APICs do it by broadcast, for the vector of a pin that the cell owns. */
static void write_eoi(const struct ioapic *unit, const struct ioapic_view *view, u32 vector)
{
	for (u32 pin = 0; pin < unit->num_pins; pin++)
		if (bit_test(view->owned, pin) && (view->entry[pin] & IOAPIC_LEVEL) &&
		    FIELD(APIC_VECTOR, view->entry[pin]) == vector) {
			mmio_write32(mmio_reg(unit->regs, IOAPIC_EOI), vector);
			return;
		}
}

static void read_register(const struct ioapic *unit, const struct ioapic_view *view,
			  struct mmio_access *access)
{
	access->value = 0;
	if (access->address == IOAPIC_SELECT)
		access->value = view->select;
	else if (access->address == IOAPIC_WINDOW)
		access->value = read_window(unit, view);
}

static void write_register(struct ioapic *unit, struct ioapic_view *view,
			   const struct mmio_access *access)
{
	if (access->address == IOAPIC_SELECT)
		view->select = access->value & 0xff;
	else if (access->address == IOAPIC_WINDOW)
		write_window(unit, view, access->value);
	else if (access->address == IOAPIC_EOI && unit->version >= VERSION_EOI)
		write_eoi(unit, view, access->value & 0xff);
}

static enum mmio_result access_unit(struct mmio_access *access)
{
	struct ioapic *unit = access->context;
	struct ioapic_view *view = view_of(this_cell(), unit);

	if (access->size != 4 || access->address % 4)
		return MMIO_REFUSED;
	spin_lock(&unit->lock);
	if (access->is_write)
		write_register(unit, view, access);
	else
		read_register(unit, view, access);
	spin_unlock(&unit->lock);
	return MMIO_DONE;
}

/* --- setup ---------------------------------------------------------------------------------- */

static int check_pins(const struct ioapic *unit)
{
	for (u32 pin = unit->num_pins; pin < IOAPIC_MAX_PINS; pin++)
		if (ioapic_config_has_pin(&system_config->root_cell, unit->address, pin))
			return refuse(-EINVAL, "the IO-APIC at 0x%llx has no pin %u", unit->address,
				      pin);
	return 0;
}

static void look_at(struct ioapic *unit)
{
	u32 version = hw_read(unit, REG_VERSION);

	unit->version = FIELD(VERSION, version);
	unit->num_pins = MIN(FIELD(LAST_PIN, version) + 1, IOAPIC_MAX_PINS);
	for (u32 pin = 0; pin < unit->num_pins; pin++) {
		unit->hardware[pin] = hw_read_entry(unit, pin) & ~IOAPIC_STATUS;
		unit->index[pin] = IOAPIC_NO_INDEX;
	}
}

/** Two IO-APICs with one ID would share a remapping table. */
static int prepare_remapping(const struct ioapic *unit)
{
	if (!iommu_present())
		return 0;
	for (const struct ioapic *other = units; other < unit; other++)
		if (other->id == unit->id)
			return refuse(-EINVAL, "two IO-APICs have the requester ID 0x%x", unit->id);
	if (iommu_device_prepare(unit->id))
		return refuse(-ENOMEM, "hypervisor memory is too small for IO-APIC interrupts");
	return 0;
}

static int add_unit(const struct jailhouse_irqchip *chip)
{
	struct ioapic *unit = &units[num_units];
	int err;

	unit->regs = map_device(chip->address, PAGE_SIZE);
	if (!unit->regs)
		return refuse(-ENOMEM, "the IO-APIC at 0x%llx cannot be mapped", chip->address);
	unit->address = chip->address;
	unit->id = chip->id;
	look_at(unit);
	err = check_pins(unit);
	err = err ? err : prepare_remapping(unit);
	if (!err)
		num_units++;
	return err;
}

int ioapic_init(void)
{
	const struct jailhouse_cell_desc *root = &system_config->root_cell;
	const struct jailhouse_irqchip *chip;
	int err = 0;

	for_each_chip (chip, root)
		if (!err && ioapic_chip_at(root, chip->address) == chip)
			err = add_unit(chip);
	return err;
}

/* --- cells ---------------------------------------------------------------------------------- */

static void init_view(const struct cell *cell, const struct ioapic *unit)
{
	struct ioapic_view *view = view_of(cell, unit);
	bool root = cell == &root_cell;

	for (u32 pin = 0; pin < unit->num_pins; pin++) {
		view->entry[pin] = root ? unit->hardware[pin] : IOAPIC_MASKED;
		if (root && ioapic_config_has_pin(cell->config, unit->address, pin))
			bit_set(view->owned, pin);
	}
}

int ioapic_cell_init(struct cell *cell)
{
	struct ioapic *unit;
	int err = 0;

	cell->arch.ioapic = page_alloc(1);
	if (!cell->arch.ioapic)
		return -ENOMEM;
	for_each_unit (unit) {
		/* A cell without pins does not see the IO-APIC, but the root cell may get them back. */
		if (err || !ioapic_chip_at(cell->config, unit->address))
			continue;
		init_view(cell, unit);
		err = mmio_add(&cell->mmio, unit->address, PAGE_SIZE, access_unit, unit);
	}
	return err;
}

void ioapic_cell_exit(struct cell *cell)
{
	if (cell->arch.ioapic)
		page_free(cell->arch.ioapic, 1);
	cell->arch.ioapic = NULL;
}

/** For each pin of that owner, with the unit locked. */
static void for_pins_of(struct cell *owner, void (*what)(struct cell *, struct ioapic *, u32),
			struct cell *cell)
{
	struct ioapic *unit;

	for_each_unit (unit) {
		spin_lock(&unit->lock);
		for (u32 pin = 0; pin < unit->num_pins; pin++)
			if (bit_test(view_of(owner, unit)->owned, pin))
				what(cell, unit, pin);
		spin_unlock(&unit->lock);
	}
}

/** Edge-triggered and masked, which also ends a level-triggered interrupt that was under way. */
static void reset_pin(struct cell *cell, struct ioapic *unit, u32 pin)
{
	view_of(cell, unit)->entry[pin] = IOAPIC_MASKED;
	program(cell, unit, pin);
}

static void take_pin(struct cell *cell, struct ioapic *unit, u32 pin)
{
	if (!ioapic_config_has_pin(cell->config, unit->address, pin))
		return;
	bit_clear(view_of(&root_cell, unit)->owned, pin);
	bit_set(view_of(cell, unit)->owned, pin);
	reset_pin(cell, unit, pin);
}

static void return_pin(struct cell *cell, struct ioapic *unit, u32 pin)
{
	reset_pin(cell, unit, pin);
	bit_clear(view_of(cell, unit)->owned, pin);
	bit_set(view_of(&root_cell, unit)->owned, pin);
	/* What the root cell wrote before, as Linux does not repeat all of it. */
	view_of(&root_cell, unit)->entry[pin] |= IOAPIC_MASKED;
	program(&root_cell, unit, pin);
}

void ioapic_take_pins(struct cell *cell)
{
	for_pins_of(&root_cell, take_pin, cell);
	for_pins_of(&root_cell, program, &root_cell);
}

void ioapic_return_pins(struct cell *cell)
{
	for_pins_of(cell, return_pin, cell);
	for_pins_of(&root_cell, program, &root_cell);
}

void ioapic_reset_pins(struct cell *cell)
{
	struct ioapic *unit;

	for_pins_of(cell, reset_pin, cell);
	for_each_unit (unit)
		view_of(cell, unit)->select = 0;
}

/* --- activation and the way back ------------------------------------------------------------ */

void ioapic_activate(void)
{
	struct ioapic *unit;

	for_pins_of(&root_cell, program, &root_cell);
	/* What nobody has is silent. */
	for_each_unit (unit)
		for (u32 pin = 0; pin < unit->num_pins; pin++)
			if (!bit_test(view_of(&root_cell, unit)->owned, pin))
				hw_write_entry(unit, pin, ioapic_silent_entry(unit->hardware[pin]));
}

void ioapic_release(void)
{
	struct ioapic *unit;

	for_each_unit (unit)
		for (u32 pin = 0; pin < unit->num_pins; pin++)
			hw_write_entry(unit, pin, view_of(&root_cell, unit)->entry[pin]);
}
