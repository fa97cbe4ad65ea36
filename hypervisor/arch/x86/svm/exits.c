// SPDX-License-Identifier: GPL-2.0-only
/* Exits of SVM: what brought a guest here, and who answers it. */
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <panic.h>
#include <vcpu.h>

void svm_handle_exit(struct guest_regs *regs);

static struct vmcb *vmcb(void)
{
	return &this_cpu()->arch.vcpu.vmcb;
}

/* The NMI that ended the guest's time waits: take it here. */
static void handle_nmi(void)
{
	x86_take_nmi();
	x86_handle_nmi();
}

static void handle_exception(u32 vector)
{
	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_EXCEPTION);
	if (vector == X86_MC && this_cell() != &root_cell)
		guest_violation("machine check");
	else
		vcpu_raise(vector);
}

/** The guest leaves its NMI handler, with this IRET still to be executed. */
static void handle_iret(void)
{
	struct vmcb *block = vmcb();

	block->misc1 &= ~INTERCEPT_IRET;
	this_cpu()->arch.vcpu.in_nmi = false;
}

static void handle_io(struct guest_regs *regs)
{
	struct vmcb *block = vmcb();
	u64 info = block->exit_info1;
	struct vcpu_io io = { .port = IO_PORT(info),
			      .size = IO_SIZE(info),
			      .in = info & IO_IN,
			      .string = info & IO_STRING };

	if (x86_handle_io(regs, &io)) {
		block->rip = block->exit_info2;
		block->interrupt_shadow = 0;
	}
}

static void handle_npf(struct guest_regs *regs)
{
	u64 info = vmcb()->exit_info1;

	/* Not the instruction's own access, which it could be emulated by. */
	if (info & NPF_TABLE_WALK)
		guest_violation("page tables at guest-physical 0x%llx", vmcb()->exit_info2);
	else
		x86_handle_memory(regs, vmcb()->exit_info2, info & NPF_WRITE, info & NPF_FETCH);
}

static void handle_other(struct guest_regs *regs)
{
	switch (vmcb()->exit_code) {
	case EXIT_IRET:
		handle_iret();
		break;
	case EXIT_INVD:
		/* Without writing back, others' data would be lost. */
		asm volatile("wbinvd" : : : "memory");
		vcpu_skip(2);
		break;
	case EXIT_XSETBV:
		x86_handle_xsetbv(regs);
		break;
	case EXIT_INVLPGA:
	case EXIT_INVLPGB:
	case EXIT_VMRUN:
	case EXIT_VMMCALL + 1 ... EXIT_SKINIT:
		vcpu_raise(X86_UD);
		break;
	case EXIT_INIT:
		break;
	case EXIT_SHUTDOWN:
		guest_violation("triple fault");
		break;
	case EXIT_EXCEPTION ... EXIT_EXCEPTION + 31:
		handle_exception(vmcb()->exit_code - EXIT_EXCEPTION);
		break;
	default:
		guest_violation("unexpected exit 0x%llx", vmcb()->exit_code);
	}
}

static void dispatch(struct guest_regs *regs)
{
	switch (vmcb()->exit_code) {
	case EXIT_NPF:
		handle_npf(regs);
		break;
	case EXIT_MSR:
		x86_handle_msr(regs, vmcb()->exit_info1 & 1);
		break;
	case EXIT_IO:
		handle_io(regs);
		break;
	case EXIT_VMMCALL:
		x86_handle_hypercall(regs);
		break;
	case EXIT_CPUID:
		x86_handle_cpuid(regs);
		break;
	case EXIT_NMI:
		handle_nmi();
		break;
	default:
		handle_other(regs);
	}
}

/** An event that the exit interrupted is delivered again, unless it was the guest's exception that led here. */
static void keep_event(struct vmcb *block)
{
	block->event = block->exit_int_info & BIT64(31) ? block->exit_int_info : 0;
}

void svm_handle_exit(struct guest_regs *regs)
{
	struct vmcb *block = vmcb();
	struct cpu_public *self = this_public();

	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_TOTAL);
	regs->gpr[REG_RAX] = block->rax;
	regs->gpr[REG_RSP] = block->rsp;
	block->tlb_control = 0;
	keep_event(block);
	dispatch(regs);
	if (self->arch.nmi_pending && !this_cpu()->arch.vcpu.in_nmi) {
		self->arch.nmi_pending = false;
		vcpu_raise_nmi();
	}
	if (self->arch.flush) {
		self->arch.flush = false;
		vcpu_flush();
	}
	block->rax = regs->gpr[REG_RAX];
	block->rsp = regs->gpr[REG_RSP];
}
