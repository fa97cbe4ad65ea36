// SPDX-License-Identifier: GPL-2.0-only
/* The core's segments and interrupt table, common to all CPUs (AMD APM 2, 4.6 to 4.8). */
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <panic.h>

void __attribute__((noreturn)) x86_core_exception(u64 vector, u64 error, u64 rip);

#define STUB_SIZE  16
#define EXCEPTIONS 32
#define VECTORS    256

static const u64 gdt[] = {
	[CORE_CS / 8] = 0x00af9b000000ffff, /* code, 64 bits */
	[CORE_DS / 8] = 0x00cf93000000ffff,
};

struct gate {
	u16 offset_low, selector, flags, offset_mid;
	u32 offset_high, reserved;
};
#define GATE_INTERRUPT 0x8e00

static struct gate idt[VECTORS];

static void fill_idt(void)
{
	for (u32 n = 0; n < VECTORS; n++) {
		u64 address = n < EXCEPTIONS ? (u64)x86_exception_stubs + n * STUB_SIZE :
					       (u64)x86_irq_entry;

		idt[n] = (struct gate){ address,       CORE_CS,       GATE_INTERRUPT,
					address >> 16, address >> 32, 0 };
	}
}

void x86_load_tables(void)
{
	const struct descriptor_table gdtr = { sizeof(gdt) - 1, (u64)gdt };
	const struct descriptor_table idtr = { sizeof(idt) - 1, (u64)idt };

	fill_idt();
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
