// SPDX-License-Identifier: GPL-2.0-only
/* Exits: what brought a guest here, and who answers it. */
#include <arch.h>
#include <arm.h>
#include <asm/sysregs.h>
#include <gic.h>
#include <hypercalls.h>
#include <panic.h>
#include <smccc.h>

void handle_sync(struct guest_regs *regs);
void handle_irq(struct guest_regs *regs);
void handle_fiq(struct guest_regs *regs);
void handle_serror(struct guest_regs *regs);
void __attribute__((noreturn)) handle_core_fault(void);

#define HVC_IMMEDIATE(esr) FIELD(MASK64(15, 0), esr)

/** Undo the advance of the return address: the guest executes its HVC again. */
static void retry_hvc(void)
{
	write_sysreg(read_sysreg(elr_el2) - 4, elr_el2);
}

void arm_handle_hvc(struct guest_regs *regs, u64 esr)
{
	long result;

	if (HVC_IMMEDIATE(esr) == 0) {
		smccc_handle(regs->x);
		return;
	}
	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL);
	if (HVC_IMMEDIATE(esr) != JAILHOUSE_HVC_CODE) {
		guest_violation("HVC with unknown immediate 0x%llx", HVC_IMMEDIATE(esr));
		return;
	}
	result = hypercall(regs->x[0], regs->x[1], regs->x[2]);
	if (result == HYPERCALL_RETRY)
		retry_hvc();
	else
		regs->x[0] = result;
}

void arm_handle_smc(struct guest_regs *regs, u64 esr)
{
	/* Unlike HVC, the trapped SMC itself is where the guest would continue. */
	arm_skip_instruction(esr);
	smccc_handle(regs->x);
}

void arm_handle_instruction_abort(struct guest_regs *regs, u64 esr)
{
	(void)regs;
	guest_violation("instruction fetch at 0x%llx, guest-physical 0x%llx (syndrome 0x%llx)",
			read_sysreg(elr_el2), HPFAR_ADDRESS(read_sysreg(hpfar_el2)), esr);
}

static void handle_unknown(struct guest_regs *regs, u64 esr)
{
	(void)regs;
	guest_violation("unexpected exception, syndrome 0x%llx", esr);
}

void handle_sync(struct guest_regs *regs)
{
	u64 esr = read_sysreg(esr_el2);
	sync_handler handler = sync_handlers[ESR_EC(esr)];

	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_TOTAL);
	if (handler)
		handler(regs, esr);
	else
		handle_unknown(regs, esr);
}

void handle_irq(struct guest_regs *regs)
{
	(void)regs;
	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_TOTAL);
	gic_handle_irqs();
}

void handle_fiq(struct guest_regs *regs)
{
	(void)regs;
	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_TOTAL);
	guest_violation("unexpected FIQ");
}

void handle_serror(struct guest_regs *regs)
{
	(void)regs;
	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_TOTAL);
	guest_violation("SError, syndrome 0x%llx", read_sysreg(esr_el2));
}

void handle_core_fault(void)
{
	panic("exception in the core: syndrome 0x%llx, pc 0x%llx, address 0x%llx",
	      read_sysreg(esr_el2), read_sysreg(elr_el2), read_sysreg(far_el2));
}
