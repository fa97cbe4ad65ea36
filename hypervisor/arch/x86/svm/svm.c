// SPDX-License-Identifier: GPL-2.0-only
/* AMD's way to run a guest (APM 2, chapter 15). */
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <errno.h>
#include <paging.h>
#include <printk.h>
#include <string.h>
#include <vcpu.h>

#define CPUID_EXT_ECX_SVM   BIT(2)
#define CPUID_8_EBX_INVLPGB BIT(3)

/* CPUs are not shared, but from Zen 3 on the root cell can flush its tag on all of them; so the others have another one. */
#define ROOT_ASID  1
#define CELLS_ASID 2
#define NUM_ASIDS  3 /* 0 is the core's */

static struct vcpu *vcpu(void)
{
	return &this_cpu()->arch.vcpu;
}

static struct vmcb *vmcb(void)
{
	return &vcpu()->vmcb;
}

static u32 svm_features(void)
{
	return cpuid(0x8000000a, 0).edx;
}

int vcpu_check(void)
{
	if (cpuid(0x80000000, 0).eax < 0x8000000a ||
	    !(cpuid(0x80000001, 0).ecx & CPUID_EXT_ECX_SVM))
		return refuse(-ENODEV, "this CPU has no SVM");
	if (read_msr(MSR_VM_CR) & VM_CR_SVMDIS)
		return refuse(-ENODEV, "SVM is disabled by the firmware");
	if (!(svm_features() & SVM_NPT))
		return refuse(-ENODEV, "this CPU has no nested paging");
	if (cpuid(0x8000000a, 0).ebx < NUM_ASIDS)
		return refuse(-ENODEV, "this CPU does not keep two guests' translations apart");
	return 0;
}

/** Of this CPU's private area, which is mapped at LOCAL_CPU_BASE. */
static u64 local_phys(const void *address)
{
	return x86_local_phys() + ((u64)address - LOCAL_CPU_BASE);
}

void vcpu_init(void)
{
	vcpu()->vmcb_phys = local_phys(vmcb());
	vcpu()->found_hsave = read_msr(MSR_VM_HSAVE_PA);
	write_msr(MSR_EFER, read_msr(MSR_EFER) | EFER_SVME);
	write_msr(MSR_VM_HSAVE_PA, local_phys(vcpu()->host_save));
}

/** What traps, whatever the cell: each has a rule that needs it. */
static void set_intercepts(struct vmcb *block)
{
	/* An endless series of these would else keep the CPU from ever taking an NMI; and machine checks are ours. */
	block->exceptions = BIT(X86_DB) | BIT(X86_AC) | BIT(X86_MC);
	block->misc1 = INTERCEPT_NMI | INTERCEPT_INIT | INTERCEPT_CPUID | INTERCEPT_INVD |
		       INTERCEPT_INVLPGA | INTERCEPT_IO | INTERCEPT_MSR | INTERCEPT_SHUTDOWN;
	block->misc2 = INTERCEPT_VMRUN | INTERCEPT_VMMCALL | INTERCEPT_VMLOAD | INTERCEPT_VMSAVE |
		       INTERCEPT_STGI | INTERCEPT_CLGI | INTERCEPT_SKINIT | INTERCEPT_XSETBV;
}

/**
 * Linux may have used INVLPGB when it became the root cell, and goes on. Cells share a tag, so they have not got it, even
 * where the CPU has no bit for that; TLBSYNC alone is harmless (APM 2, appendix B; APM 3).
 */
static void set_translation(struct vmcb *block, bool root)
{
	bool has_invlpgb = cpuid(0x80000008, 0).ebx & CPUID_8_EBX_INVLPGB;

	block->asid = root ? ROOT_ASID : CELLS_ASID;
	block->np_control = NP_ENABLE;
	if (root && (svm_features() & SVM_TLBI_CTL))
		block->np_control |= NP_INVLPGB;
	block->misc3 = has_invlpgb && !root ? INTERCEPT_INVLPGB : 0;
}

/** The controls of this CPU's cell, for a guest that begins anew. */
static void load_controls(struct vmcb *block)
{
	set_intercepts(block);
	set_translation(block, this_cell() == &root_cell);
	block->tlb_control = TLB_FLUSH_ALL;
	block->n_cr3 = x86_nested_root(this_cell());
	block->iopm_base = hv_to_phys(this_cell()->arch.ports);
	vcpu_select_msrs();
	vcpu()->in_nmi = false;
}

/* --- taking Linux over and giving it back --------------------------------------------------- */

/** Flat segments, as 64-bit code has them; the base counts for FS, GS only, which stay in the registers. */
static struct vmcb_segment flat(u16 selector, u16 attributes)
{
	return (struct vmcb_segment){ selector, selector ? attributes : 0, ~0U, 0 };
}

void vcpu_activate(void)
{
	const struct linux_state *before = &this_cpu()->arch.before;
	struct vmcb *block = vmcb();

	load_controls(block);
	block->cs = flat(CORE_CS, SEG_CODE16 | SEG_LONG | BIT(11));
	block->ss = flat(before->ss, SEG_DATA16 | SEG_32 | BIT(11));
	block->ds = flat(before->ds, SEG_DATA16 | SEG_32 | BIT(11));
	block->es = flat(before->es, SEG_DATA16 | SEG_32 | BIT(11));
	block->gdtr = (struct vmcb_segment){ 0, 0, before->gdt.limit, before->gdt.base };
	block->idtr = (struct vmcb_segment){ 0, 0, before->idt.limit, before->idt.base };
	block->cr0 = before->cr0;
	block->cr3 = before->cr3;
	block->cr4 = before->cr4;
	block->efer = before->efer | EFER_SVME;
	block->pat = before->pat;
	block->dr6 = DR6_RESET;
	block->dr7 = DR7_RESET;
	block->rflags = RFLAGS_RES1;
	block->rip = before->resume;
	block->rsp = before->rsp;
}

static void take_guest_state(struct linux_state *before, const struct vmcb *block)
{
	before->cr0 = block->cr0;
	before->cr3 = block->cr3;
	before->cr4 = block->cr4;
	before->efer = block->efer & ~EFER_SVME;
	before->pat = block->pat;
	before->resume = block->rip;
	before->rsp = block->rsp;
	before->gdt.limit = block->gdtr.limit;
	before->gdt.base = block->gdtr.base;
	before->idt.limit = block->idtr.limit;
	before->idt.base = block->idtr.base;
	before->ds = block->ds.selector;
	before->es = block->es.selector;
	before->ss = block->ss.selector;
}

void vcpu_release(void)
{
	if (this_cpu()->arch.activated) {
		take_guest_state(&this_cpu()->arch.before, vmcb());
		asm volatile("mov %0, %%dr6\n\tmov %1, %%dr7\n\tmov %2, %%cr2"
			     :
			     : "r"(vmcb()->dr6), "r"(vmcb()->dr7), "r"(vmcb()->cr2));
	}
	write_msr(MSR_VM_HSAVE_PA, vcpu()->found_hsave);
}

/* --- reset ---------------------------------------------------------------------------------- */

static void reset_segments(struct vmcb *block, u16 selector, u64 base)
{
	const struct vmcb_segment data = { 0, SEG_DATA16, 0xffff, 0 };
	const struct vmcb_segment table = { 0, 0, 0xffff, 0 };

	block->cs = (struct vmcb_segment){ selector, SEG_CODE16, 0xffff, base };
	block->es = block->ss = block->ds = block->fs = block->gs = data;
	block->gdtr = block->idtr = table;
	block->ldtr = (struct vmcb_segment){ 0, SEG_LDT, 0xffff, 0 };
	block->tr = (struct vmcb_segment){ 0, SEG_TSS, 0xffff, 0 };
}

/** AMD APM 2, 14.1.3: state after INIT. */
void vcpu_reset(u16 selector, u64 base, u16 ip)
{
	struct vmcb *block = vmcb();

	memset(block, 0, sizeof(*block));
	load_controls(block);
	reset_segments(block, selector, base);
	block->efer = EFER_SVME;
	block->cr0 = CR0_ET | CR0_NW | CR0_CD;
	block->dr6 = DR6_RESET;
	block->dr7 = DR7_RESET;
	block->rflags = RFLAGS_RES1;
	block->pat = PAT_RESET;
	block->rip = ip;
	/* FS, GS, TR, LDTR and the MSRs of system calls are not exchanged on exits. */
	vmload(vcpu()->vmcb_phys);
}

/* --- the guest's state ---------------------------------------------------------------------- */

void vcpu_flush(void)
{
	vmcb()->tlb_control = svm_features() & SVM_FLUSH_BY_ASID ? TLB_FLUSH_ASID : TLB_FLUSH_ALL;
}

void vcpu_skip(u32 length)
{
	struct vmcb *block = vmcb();

	block->rip = block->next_rip ? block->next_rip : block->rip + length;
	block->interrupt_shadow = 0;
}

void vcpu_set_rip(u64 rip)
{
	vmcb()->rip = rip;
}

void vcpu_raise(u32 vector)
{
	bool has_error = vector == X86_GP || vector == X86_AC;

	vmcb()->event = EVENT_EXCEPTION | vector | (has_error ? EVENT_ERROR_CODE : 0);
}

void vcpu_raise_page_fault(u64 linear, u32 error)
{
	vmcb()->cr2 = linear;
	vmcb()->event = EVENT_EXCEPTION | X86_PF | EVENT_ERROR_CODE | (u64)error << 32;
}

void vcpu_raise_nmi(void)
{
	struct vcpu *self = vcpu();

	/* Its end opens the window for the next one; what is being delivered comes first. */
	self->vmcb.misc1 |= INTERCEPT_IRET;
	if (self->in_nmi || self->vmcb.event & BIT64(31)) {
		this_public()->arch.nmi_pending = true;
		return;
	}
	self->in_nmi = true;
	self->vmcb.event = EVENT_NMI;
}

struct vcpu_mode vcpu_mode(void)
{
	const struct vmcb *block = vmcb();
	bool is_long = (block->efer & EFER_LMA) && (block->cs.attributes & SEG_LONG);

	return (struct vcpu_mode){
		.rip = block->rip,
		.rflags = block->rflags,
		.cr0 = block->cr0,
		.cr3 = block->cr3,
		.cr4 = block->cr4,
		.efer = block->efer,
		.cs_base = is_long ? 0 : block->cs.base,
		.cpl = block->cpl,
		.code_bits = is_long                       ? 64 :
			     block->cs.attributes & SEG_32 ? 32 :
							     16,
	};
}

u64 vcpu_segment_base(u32 segment)
{
	/* FS and GS are not in the VMCB while the guest's are in the registers. */
	if (segment >= 4)
		vmsave(vcpu()->vmcb_phys);
	return (&vmcb()->es)[segment].base;
}

u32 vcpu_instruction(const u8 **bytes)
{
	*bytes = vmcb()->bytes;
	return svm_features() & SVM_DECODE_ASSIST ? vmcb()->bytes_fetched & 0xf : 0;
}

u64 vcpu_efer(void)
{
	return vmcb()->efer & ~EFER_SVME;
}

void vcpu_set_efer(u64 efer)
{
	vmcb()->efer = efer | EFER_SVME;
	vcpu_flush();
}

u64 vcpu_pat(void)
{
	return vmcb()->pat;
}

void vcpu_set_pat(u64 pat)
{
	vmcb()->pat = pat;
}

void vcpu_dump(void)
{
	const struct vmcb *block = vmcb();

	printk(" rip: %016llx cs: %04x (base %llx) rflags: %llx cpl: %u\n", block->rip,
	       block->cs.selector, block->cs.base, block->rflags, block->cpl);
	printk(" cr0: %llx cr2: %llx cr3: %llx cr4: %llx efer: %llx\n", block->cr0, block->cr2,
	       block->cr3, block->cr4, block->efer);
	printk(" exit: 0x%llx info: %llx %llx\n", block->exit_code, block->exit_info1,
	       block->exit_info2);
}
