// SPDX-License-Identifier: GPL-2.0-only
/* The running core. */
#include <linux/compiler.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/lockdep.h>
#include <linux/rwsem.h>
#include <linux/string.h>
#include <asm/barrier.h>
#include <asm/processor.h>
#include <jailhouse/hypercall.h>
#include "core.h"
#include "device.h"

#define ANSWER_POLL_MS 2
#define HURRY_MS       10000

static DECLARE_RWSEM(gate);
static bool active; /* written with the gate closed */
static const struct jailhouse_report *report; /* likewise */
static bool hurry; /* set once */

bool core_active(void)
{
	return active;
}

bool core_gate_enter(void)
{
	down_read(&gate);
	if (active)
		return true;
	up_read(&gate);
	return false;
}

void core_gate_leave(void)
{
	up_read(&gate);
}

void core_gate_close(void)
{
	down_write(&gate);
}

void core_gate_open(bool is_active)
{
	active = is_active;
	up_write(&gate);
}

void core_set_report(const struct jailhouse_report *page)
{
	report = page;
}

u32 core_report_sequence(void)
{
	return report ? READ_ONCE(report->sequence) : 0;
}

int core_refused(struct reason *why, int err, u32 sequence, const char *request)
{
	char text[sizeof(report->text)];

	if (!report || READ_ONCE(report->sequence) == sequence)
		return refuse(why, err,
			      "%s failed with error %d, and the hypervisor gave no reason", request,
			      err);
	smp_rmb(); /* the text was written before the sequence number */
	memcpy(text, report->text, sizeof(text));
	text[sizeof(text) - 1] = '\0';
	return refuse(why, err, "%s", text);
}

#define DMA_FAULTS_TRIES 1000

/* False if the core wrote meanwhile. */
static bool read_dma_faults(struct jailhouse_dma_faults *faults)
{
	u32 sequence = READ_ONCE(report->dma_faults.sequence);

	smp_rmb();
	memcpy(faults, &report->dma_faults, sizeof(*faults));
	smp_rmb();
	return !(sequence & 1) && READ_ONCE(report->dma_faults.sequence) == sequence;
}

bool core_dma_faults(struct jailhouse_dma_faults *faults)
{
	unsigned int tries;

	/* Any call makes the core look at what its IOMMUs have to say. */
	core_info(JAILHOUSE_INFO_NUM_CELLS);
	for (tries = 0; report && tries < DMA_FAULTS_TRIES; tries++) {
		if (read_dma_faults(faults))
			return true;
		cpu_relax();
	}
	return false;
}

void core_hurry(void)
{
	WRITE_ONCE(hurry, true);
}

/* True if the wait is over without an answer. */
static bool give_up(unsigned long since)
{
	if (READ_ONCE(hurry) && time_after(jiffies, since + msecs_to_jiffies(HURRY_MS)))
		return true;
	return msleep_interruptible(ANSWER_POLL_MS);
}

int core_request(struct reason *why, u32 code, unsigned long arg, const char *request)
{
	u32 sequence = core_report_sequence();
	unsigned long since = jiffies;
	int err;

	lockdep_assert_held(&jailhouse_lock);
	pr_debug("jailhouse: %s: hypercall %u, argument %#lx\n", request, code, arg);
	while ((err = jailhouse_call_arg1(code, arg)) == -EAGAIN)
		if (give_up(since))
			return refuse(why, -EINTR,
				      "%s: interrupted while waiting for the cell's answer",
				      request);
	pr_debug("jailhouse: %s: result %d\n", request, err);
	return err < 0 ? core_refused(why, err, sequence, request) : 0;
}

int core_request_asking(struct reason *why, u32 code, unsigned int cell, const char *request)
{
	return core_request(why, code, cell | JAILHOUSE_CELL_DO_NOT_WAIT, request);
}

int core_info(unsigned int type)
{
	return jailhouse_call_arg1(JAILHOUSE_HC_HYPERVISOR_GET_INFO, type);
}

int core_cell_state(unsigned int cell)
{
	return jailhouse_call_arg1(JAILHOUSE_HC_CELL_GET_STATE, cell);
}

int core_cpu_info(unsigned int cpu, unsigned int type)
{
	return jailhouse_call_arg2(JAILHOUSE_HC_CPU_GET_INFO, cpu, type);
}
