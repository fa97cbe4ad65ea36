// SPDX-License-Identifier: GPL-2.0-only
/* What AMD-Vi units read and write in memory: device and interrupt tables, commands, events (48882, chapter 2). Pure. */
#include "amd_iommu.h"

#define PAGE_TABLE_LEVELS 4ULL
#define LOG2_INTERRUPTS   9ULL

_Static_assert(1 << LOG2_INTERRUPTS == IOMMU_MAX_INTERRUPTS, "length of the remapping tables");

u64 amd_dte_translation(u64 root, bool open)
{
	return DTE0_VALID | DTE0_TRANSLATION_VALID | FIELD_PREP(DTE0_MODE, PAGE_TABLE_LEVELS) |
	       (root & DTE0_ROOT) | (open ? DTE0_READ | DTE0_WRITE : 0);
}

u64 amd_dte_interrupts(u64 table)
{
	if (!table)
		return DTE2_INT_VALID | FIELD_PREP(DTE2_INT_CONTROL, INT_CONTROL_ABORT);
	return DTE2_INT_VALID | FIELD_PREP(DTE2_INT_CONTROL, INT_CONTROL_REMAP) |
	       FIELD_PREP(DTE2_INT_TABLE_LENGTH, LOG2_INTERRUPTS) | (table & DTE2_INT_TABLE);
}

u32 amd_irte(const struct irq_message *msg)
{
	if (!msg->valid || msg->destination > 0xff)
		return 0;
	return IRTE_ENABLED | FIELD_PREP(IRTE_DESTINATION, (u64)msg->destination) |
	       FIELD_PREP(IRTE_VECTOR, (u64)msg->vector);
}

struct amd_command amd_wait(u64 address, u64 value)
{
	return (struct amd_command){ { FIELD_PREP(COMMAND_CODE, COMPLETION_WAIT) |
					       (address & WAIT_ADDRESS) | WAIT_STORE,
				       value } };
}

struct amd_command amd_invalidate(u64 code, u16 bdf)
{
	return (struct amd_command){ { FIELD_PREP(COMMAND_CODE, code) | bdf, 0 } };
}

struct amd_command amd_invalidate_pages(u16 domain)
{
	return (struct amd_command){ { FIELD_PREP(COMMAND_CODE, INVALIDATE_PAGES) |
					       FIELD_PREP(COMMAND_DOMAIN, (u64)domain),
				       PAGES_ALL } };
}

/* --- events --------------------------------------------------------------------------------- */

/** Not every unit sets the interrupt bit for interrupts only (QEMU's does always): the address has to agree. */
static bool is_interrupt(u64 flags, u64 address)
{
	return (flags & PAGE_FAULT_INTERRUPT) &&
	       (range_within(address, 1, APIC_MESSAGES, APIC_MESSAGES_SIZE) ||
		range_within(address, 1, HT_MESSAGES, HT_MESSAGES_SIZE));
}

static u16 page_fault_kind(u64 flags, u64 address)
{
	if (is_interrupt(flags, address))
		return JAILHOUSE_DMA_FAULT_INTERRUPT;
	return flags & PAGE_FAULT_WRITE ? JAILHOUSE_DMA_FAULT_WRITE : JAILHOUSE_DMA_FAULT_READ;
}

struct iommu_fault amd_event_decode(const struct amd_event *event)
{
	u64 flags = event->word[0], address = event->word[1];
	u32 code = FIELD(EVENT_CODE, flags);

	return (struct iommu_fault){
		.has_device = EVENTS_OF_DEVICES & BIT(code),
		.bdf = flags & EVENT_DEVICE,
		.kind = code == EVENT_PAGE_FAULT ? page_fault_kind(flags, address) :
						   JAILHOUSE_DMA_FAULT_OTHER,
		.address = address,
	};
}
