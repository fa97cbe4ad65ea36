/* SPDX-License-Identifier: GPL-2.0-only */
/* The running core: whether it is there, and how to ask it for something. */
#ifndef DRIVER_CORE_H
#define DRIVER_CORE_H

#include <linux/types.h>
#include <jailhouse/image.h>
#include "reason.h"

/*
 * Is the core running? Changes only below jailhouse_lock and the gate, so that either is enough to rely on it.
 */
bool core_active(void);

/*
 * The gate keeps the core where it is for those who do not hold jailhouse_lock (sysfs). core_gate_enter() returns false,
 * and nothing needs to be undone, if there is no core. Hold it for a few hypercalls only.
 */
bool core_gate_enter(void);
void core_gate_leave(void);

/*
 * Around entering and leaving the core; nobody else is inside the gate in between. @active: is it there now?
 */
void core_gate_close(void);
void core_gate_open(bool active);

/* Use that report page from now on; it may be NULL. Called with the gate closed. */
void core_set_report(const struct jailhouse_report *report);

/*
 * Give the reason for what the core refused with @err: its own sentence if the report changed since @sequence,
 * otherwise that @request failed. Returns @err.
 */
u32 core_report_sequence(void);
int core_refused(struct reason *why, int err, u32 sequence, const char *request);

/*
 * What devices tried and the core's IOMMUs blocked, up to now. False if there is no core. Needs the gate.
 */
bool core_dma_faults(struct jailhouse_dma_faults *faults);

/*
 * Hypercall that changes something: @code (JAILHOUSE_HC_*) with @arg. Needs jailhouse_lock and an active core. Returns 0
 * or a negative errno with the reason set. @request says what it is, as in "starting the cell".
 */
int core_request(struct reason *why, u32 code, unsigned long arg, const char *request);

/*
 * The same for a hypercall about @cell that asks it first and waits for its answer. Sleeps. -EINTR: a signal came, or
 * core_hurry() was called and a while has passed; nothing was changed, and another request goes on waiting.
 */
int core_request_asking(struct reason *why, u32 code, unsigned int cell, const char *request);

/* From now on nobody waits for a cell's answer longer than a few seconds. */
void core_hurry(void);

/* Hypercalls that only read, needing jailhouse_lock or the gate. Return a negative errno on failure. */
int core_info(unsigned int type);
int core_cell_state(unsigned int cell);
int core_cpu_info(unsigned int cpu, unsigned int type);

#endif
