// SPDX-License-Identifier: GPL-2.0-only
/* What hostile.c needs to know of x86. */
#include "attack_lists.h"

#define VECTOR_DEBUG    1
#define VECTOR_NMI      2
#define FLAG_TRAP       0x100UL
#define LAST_IRQ_VECTOR 254

volatile unsigned long resume_address;

static volatile unsigned int nmis, interrupts;

const struct attack *const attack_lists[] = {
	memory_attacks,    mmio_attacks, port_attacks, msr_attacks, apic_attacks,
	cpu_attacks,       svm_attacks,  smp_attacks,  pci_attacks, dma_attacks,
	hypercall_attacks, cell_attacks, NULL,
};

static bool handle_exception(struct exception_frame *frame)
{
	if (frame->vector == VECTOR_NMI) {
		nmis++;
		return true;
	}
	exception_taken();
	printk("vector %lu error 0x%lx ip 0x%lx address 0x%lx\n", frame->vector, frame->error_code,
	       frame->ip, read_cr2());
	if (frame->vector == VECTOR_DEBUG) {
		frame->flags &= ~FLAG_TRAP;
		return true;
	}
	if (!resume_address)
		return false;
	frame->ip = resume_address;
	return true;
}

void catch_exceptions(void)
{
	exception_set_handler(handle_exception);
}

bool attempt_read_msr(u32 msr, u64 *value)
{
	u32 low = 0, high = 0;

	exceptions_taken();
	ATTEMPT("rdmsr", : "+a"(low), "+d"(high) : "c"(msr) : "memory");
	*value = (u64)high << 32 | low;
	return exceptions_taken() == 0;
}

bool attempt_write_msr(u32 msr, u64 value)
{
	exceptions_taken();
	ATTEMPT("wrmsr", : : "a"((u32)value), "d"((u32)(value >> 32)), "c"(msr) : "memory");
	return exceptions_taken() == 0;
}

unsigned int nmis_taken(void)
{
	return nmis;
}

static void count_interrupt(unsigned int irq)
{
	interrupts++;
}

void count_interrupts(void)
{
	unsigned int vector;

	for (vector = FIRST_IRQ_VECTOR; vector <= LAST_IRQ_VECTOR; vector++)
		irq_enable(vector);
	irq_init(count_interrupt);
}

unsigned int interrupts_counted(void)
{
	return interrupts;
}
