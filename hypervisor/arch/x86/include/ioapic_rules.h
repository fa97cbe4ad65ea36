/* SPDX-License-Identifier: GPL-2.0-only */
/* Redirection entries of IO-APIC pins, as guests write them and as the hardware gets them. Pure. */
#ifndef IOAPIC_RULES_H
#define IOAPIC_RULES_H

#include <asm/apic_regs.h>
#include <irq.h>
#include <jailhouse/cell-config.h>

/*
 * Redirection entry (82093AA, 3.2.4); its low half is like an LVT entry (asm/apic_regs.h):
 *
 *    63         56 55      17  16    15      14         13        12       11       10       8 7       0
 *   +-------------+----------+------+-----+----------+----------+-------+---------+-----------+---------+
 *   | destination |    0     |masked|level|remote IRR|active low|pending| logical | delivery  | vector  |
 *   +-------------+----------+------+-----+----------+----------+-------+---------+-----------+---------+
 *   with remapping by AMD-Vi (48882, 2.2.5):                              0       | index 10:8| index 7:0
 */
#define IOAPIC_DESTINATION MASK64(63, 56)
#define IOAPIC_MASKED      BIT64(16)
#define IOAPIC_LEVEL       BIT64(15)
#define IOAPIC_ACTIVE_LOW  BIT64(13)
#define IOAPIC_LOGICAL     BIT64(11)
#define IOAPIC_INDEX       MASK64(10, 0)
#define IOAPIC_STATUS      (LVT_REMOTE_IRR | LVT_PENDING) /* read-only */
#define IOAPIC_PIN_KIND    (IOAPIC_LEVEL | IOAPIC_ACTIVE_LOW)
#define IOAPIC_WRITABLE                                                                          \
	(IOAPIC_DESTINATION | IOAPIC_MASKED | IOAPIC_PIN_KIND | IOAPIC_LOGICAL | APIC_DELIVERY | \
	 APIC_VECTOR)

#define IOAPIC_MAX_UNITS 4
#define IOAPIC_MAX_PINS  120 /* of a unit; then what a cell sees of all units is a page */

/** What the entry asks for, masked or not. */
struct irq_message ioapic_message(u64 entry);

/** An entry that sends nothing, for a pin that a guest wants to be of that kind. */
u64 ioapic_silent_entry(u64 guest);

/**
 * The entry for the confined, valid message: with remapping, it sends by an index of the table; without, index is the vector.
 * Where the two agree, it does the right thing even while the remapping is off.
 */
u64 ioapic_entry(u64 guest, const struct irq_message *msg, u32 index);

#define IOAPIC_NO_INDEX 0xffff

/**
 * May a pin with this message send by that index? Level-triggered: what the local APICs broadcast as the end of an
 * interrupt is the vector, which the IO-APIC compares with the low bits of its entry.
 */
bool ioapic_index_fits(u32 index, const struct irq_message *msg);

/**
 * A free index for the message; IOAPIC_NO_INDEX: none. Edge-triggered pins leave level-triggered ones of their vector the upper
 * of its two, and there are more others than pins. used: bitmap, IOMMU_MAX_INTERRUPTS.
 */
u32 ioapic_choose_index(const u32 *used, const struct irq_message *msg);

#define for_each_chip(chip, desc)                    \
	for ((chip) = jailhouse_cell_irqchips(desc); \
	     (chip) < jailhouse_cell_irqchips(desc) + (desc)->num_irqchips; (chip)++)

/** The first entry for the IO-APIC at address; NULL if there is none. */
const struct jailhouse_irqchip *ioapic_chip_at(const struct jailhouse_cell_desc *desc, u64 address);

/** Does the description list that pin of the IO-APIC at address? */
bool ioapic_config_has_pin(const struct jailhouse_cell_desc *desc, u64 address, u32 pin);

#endif
