// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The IO-APIC. Reference: Intel 82093AA data sheet, 3.0 */
#include <inmate.h>

#define IOAPIC_BASE  0xfec00000UL
#define IOAPIC_INDEX ((void *)IOAPIC_BASE)
#define IOAPIC_DATA  ((void *)(IOAPIC_BASE + 0x10))
#define IOAPIC_EOI   ((void *)(IOAPIC_BASE + 0x40)) /* ICH9 datasheet, 13.5.1; from version 0x20 on */

#define REG_VERSION  0x01
#define VERSION_MASK 0xffU
#define VERSION_EOI  0x20

#define PIN_LOW(pin)   (0x10 + 2 * (pin))
#define PIN_HIGH(pin)  (0x11 + 2 * (pin))
#define PIN_ACTIVE_LOW (1U << 13)
#define PIN_LEVEL      (1U << 15)
#define PIN_MASKED     (1U << 16)
#define PIN_TARGET(id) ((u32)(id) << 24)

static u32 level_vectors[VECTORS / 32];
static bool has_eoi;

static u32 reg_read(u32 reg)
{
	mmio_write32(IOAPIC_INDEX, reg);
	return mmio_read32(IOAPIC_DATA);
}

static void reg_write(u32 reg, u32 value)
{
	mmio_write32(IOAPIC_INDEX, reg);
	mmio_write32(IOAPIC_DATA, value);
}

void ioapic_init(void)
{
	map_range(IOAPIC_INDEX, PAGE_SIZE, MAP_UNCACHED);
	has_eoi = (reg_read(REG_VERSION) & VERSION_MASK) >= VERSION_EOI;
}

void ioapic_pin_set_vector(unsigned int pin, enum ioapic_trigger_mode trigger_mode,
			   unsigned int vector)
{
	u32 flags = 0;

	if (trigger_mode != TRIGGER_EDGE) {
		flags |= PIN_LEVEL;
		level_vectors[vector / 32] |= 1U << vector % 32;
	}
	if (trigger_mode == TRIGGER_LEVEL_ACTIVE_LOW)
		flags |= PIN_ACTIVE_LOW;
	/* Nothing may arrive while half of it is set. */
	reg_write(PIN_LOW(pin), PIN_MASKED);
	reg_write(PIN_HIGH(pin), PIN_TARGET(cpu_id()));
	reg_write(PIN_LOW(pin), flags | vector);
}

/*
 * The local APIC tells IO-APICs the end of level-triggered interrupts only. Remapped by an IOMMU they may look edge-triggered
 * to it (QEMU's amd-iommu loses the trigger mode): no second one would ever come.
 */
void ioapic_end(unsigned int vector)
{
	if (has_eoi && level_vectors[vector / 32] & 1U << vector % 32)
		mmio_write32(IOAPIC_EOI, vector);
}
