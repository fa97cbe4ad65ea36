// SPDX-License-Identifier: GPL-2.0-only
/* Constants for assembly, taken from the compiler's output by the Makefile. */
#include <asm/layout.h>
#include <cpu.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/image.h>

#define OFFSET(name, value) asm volatile(".ascii \"@" #name " %0\"" : : "i"((u64)(value)))

void asm_offsets(void);
void asm_offsets(void)
{
	OFFSET(IMAGE_ARCHITECTURE, CONFIG_ARCHITECTURE);
	OFFSET(HEADER_CORE_SIZE, offsetof(struct jailhouse_image_header, core_size));
	OFFSET(HEADER_PERCPU_SIZE, offsetof(struct jailhouse_image_header, percpu_size));
	OFFSET(PERCPU_SIZE, sizeof(struct per_cpu));
	OFFSET(PERCPU_BEFORE, offsetof(struct per_cpu, arch.before));
	OFFSET(PERCPU_VMCB_PHYS, offsetof(struct per_cpu, arch.vcpu.vmcb_phys));
	OFFSET(PERCPU_EVENT_PENDING, offsetof(struct per_cpu, public.arch.event_pending));
	OFFSET(PERCPU_EVENT_TAKEN, offsetof(struct per_cpu, arch.event_taken));
	OFFSET(LINUX_CR3, offsetof(struct linux_state, cr3));
	OFFSET(LINUX_CR4, offsetof(struct linux_state, cr4));
	OFFSET(LINUX_EFER, offsetof(struct linux_state, efer));
	OFFSET(LINUX_RSP, offsetof(struct linux_state, rsp));
	OFFSET(LINUX_RESUME, offsetof(struct linux_state, resume));
	OFFSET(LINUX_GDT, offsetof(struct linux_state, gdt));
	OFFSET(LINUX_IDT, offsetof(struct linux_state, idt));
	OFFSET(LINUX_DS, offsetof(struct linux_state, ds));
	OFFSET(LINUX_ES, offsetof(struct linux_state, es));
	OFFSET(LINUX_SS, offsetof(struct linux_state, ss));
}
