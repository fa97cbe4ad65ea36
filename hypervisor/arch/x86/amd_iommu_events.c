// SPDX-License-Identifier: GPL-2.0-only
/* The event log of an AMD-Vi unit (48882, 2.5). */
#include "amd_iommu.h"
#include <printk.h>

#define PATIENCE 10000 /* reads of an entry that the unit still has to write */

static void take_event(const struct amd_unit *unit, struct amd_event *event)
{
	struct iommu_fault fault;
	u32 left = PATIENCE;

	/* Units may move the tail before. */
	while (!(__atomic_load_n(&event->word[0], __ATOMIC_ACQUIRE) & EVENT_CODE) && left--)
		cpu_relax();
	fault = amd_event_decode(event);
	iommu_report_fault(unit->number, &fault);
	/* So that the next event in this place is told from this one. */
	*event = (struct amd_event){ 0 };
}

static u32 log_end(const struct amd_unit *unit)
{
	return FIELD(RING_POINTER, amd_read(unit, REG_EVENT_TAIL)) % AMD_RING_ENTRIES;
}

/** Not further than the tail was when we looked: a device may be faster than we are. */
static void drain(struct amd_unit *unit)
{
	u32 end = log_end(unit);

	if (unit->event_head == end)
		return;
	for (; unit->event_head != end;
	     unit->event_head = (unit->event_head + 1) % AMD_RING_ENTRIES)
		take_event(unit, &unit->events[unit->event_head]);
	amd_write(unit, REG_EVENT_HEAD, FIELD_PREP(RING_POINTER, (u64)end));
}

/** The unit stopped logging; it begins again once the log was off (2.5.1). */
static void restart_log(const struct amd_unit *unit)
{
	u64 control = amd_read(unit, REG_CONTROL);

	printk("IOMMU: unit %u: events were lost\n", unit->number);
	amd_write(unit, REG_CONTROL, control & ~CONTROL_EVENT_LOG);
	amd_wait_stopped(unit, STATUS_EVENT_RUN);
	amd_write(unit, REG_STATUS, STATUS_EVENT_OVERFLOW);
	amd_write(unit, REG_CONTROL, control);
}

void amd_events_interrupt(struct amd_unit *unit, bool on)
{
	u64 control;

	on = on && unit->can_interrupt;
	if (unit->interrupts == on)
		return;
	control = amd_read(unit, REG_CONTROL) & ~CONTROL_EVENT_INT;
	amd_write(unit, REG_CONTROL, control | (on ? CONTROL_EVENT_INT : 0));
	unit->interrupts = on;
}

bool amd_events_report(struct amd_unit *unit)
{
	u64 status = amd_read(unit, REG_STATUS);
	bool sent = unit->interrupts;

	if (!(status & (STATUS_EVENT_OVERFLOW | STATUS_EVENT_INT)) &&
	    log_end(unit) == unit->event_head)
		return false;
	/* First, or what comes meanwhile would send another. */
	amd_events_interrupt(unit, false);
	/* A pending event would hold the log where it is. */
	amd_write(unit, REG_STATUS, STATUS_EVENT_INT);
	drain(unit);
	if (status & STATUS_EVENT_OVERFLOW)
		restart_log(unit);
	return sent;
}
