/* SPDX-License-Identifier: GPL-2.0-only */
/* Interrupts of devices and of IO-APIC pins as messages to local APICs. Pure, but for the public parts of CPUs. */
#ifndef IRQ_H
#define IRQ_H

#include <jailhouse/types.h>

struct cell;

/** What a device or an IO-APIC pin would send to the local APICs. */
struct irq_message {
	bool valid; /* false: nothing is to arrive */
	u8 vector;
	u8 delivery_mode; /* 0 fixed, 1 lowest priority; others never leave the rules */
	bool logical; /* destination mode */
	bool level; /* trigger mode */
	u32 destination;
};

/**
 * Keep of a message what the cell may have: fixed or lowest priority, vector >= 16, its own CPUs. Else valid = false.
 * The result is fixed and physical, to the first of the CPUs that were meant: logical IDs change with a CPU's mode and
 * owner, its APIC ID never does. To be done again for messages that are in force when a cell's CPUs change.
 */
void irq_confine(const struct cell *cell, struct irq_message *msg);

/** What an MSI means (Intel SDM 3, 11.11; AMD APM 2, 16); not valid if it does not go to the local APICs. */
struct irq_message irq_from_msi(u64 address, u32 data);

/**
 * The reverse, for hardware that does not remap: address and data of a message that irq_confine() returned valid.
 * False if its destination does not fit in (255 and above, or not valid).
 */
bool irq_to_msi(const struct irq_message *msg, u64 *address, u32 *data);

#endif
