// SPDX-License-Identifier: GPL-2.0-only
/* The core's segments and interrupt table, common to all CPUs (AMD APM 2, 4.6 to 4.8). */
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <panic.h>

void __attribute__((noreturn)) x86_core_exception(u64 vector, u64 error, u64 rip);

#define STUB_SIZE  16
#define EXCEPTIONS 32
#define NMI_VECTOR 2
#define VECTORS    256

/* Writable, as some CPUs read the host's descriptors again at #VMEXIT (APM 2, 15.6). */
static u64 gdt[] = {
	[CORE_CS / 8] = 0x00af9b000000ffff, /* code, 64 bits */
	[CORE_DS / 8] = 0x00cf93000000ffff,
};

struct gate {
	u16 offset_low, selector, flags, offset_mid;
	u32 offset_high, reserved;
};
#define GATE_INTERRUPT 0x8e00

/*
 * In the second one, only the NMI differs from interrupts: those from 16 on may have the vectors of exceptions, and guests may
 * leave such behind.
 */
static struct gate idt[VECTORS], irq_idt[VECTORS];
static const struct descriptor_table idtr = { sizeof(idt) - 1, (u64)idt };
static const struct descriptor_table irq_idtr = { sizeof(irq_idt) - 1, (u64)irq_idt };

static struct gate gate_to(const char *handler)
{
	u64 address = (u64)handler;

	return (struct gate){ address, CORE_CS, GATE_INTERRUPT, address >> 16, address >> 32, 0 };
}

/** Other CPUs may use them already: what is written is what is there. */
static void fill_idts(void)
{
	for (u32 n = 0; n < VECTORS; n++) {
		idt[n] = gate_to(n < EXCEPTIONS ? x86_exception_stubs + n * STUB_SIZE :
						  x86_irq_entry);
		irq_idt[n] = n == NMI_VECTOR ? idt[n] : gate_to(x86_irq_entry);
	}
}

void x86_take_irqs(void)
{
	asm volatile("lidt %0" : : "m"(irq_idtr));
	x86_open_irq_window();
	asm volatile("lidt %0" : : "m"(idtr));
}

void x86_load_tables(void)
{
	const struct descriptor_table gdtr = { sizeof(gdt) - 1, (u64)gdt };

	fill_idts();
	asm volatile("lgdt %0\n\tlidt %1" : : "m"(gdtr), "m"(idtr));
	asm volatile("mov %0, %%ds\n\tmov %0, %%es\n\tmov %0, %%ss" : : "r"(CORE_DS));
	asm volatile("push %0\n\tlea 1f(%%rip), %%rax\n\tpush %%rax\n\tlretq\n1:"
		     :
		     : "i"(CORE_CS)
		     : "rax", "memory");
}

void x86_core_exception(u64 vector, u64 error, u64 rip)
{
	panic("exception %llu in the core: error 0x%llx, rip 0x%llx, address 0x%llx", vector, error,
	      rip, READ_CR(2));
}
