// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What happens after start.S has saved the state of an interrupted program. */
#include <inmate.h>

/* Vector numbers: 4 kinds each from the current level with SP_EL0, with SP_EL1, lower 64-bit, lower 32-bit. */
#define VECTOR_SYNC 4
#define VECTOR_IRQ  5

void exception_dispatch(struct exception_frame *frame, unsigned long vector);

static exception_handler_t handler;

void exception_set_handler(exception_handler_t exception_handler)
{
	handler = exception_handler;
}

static void print_frame(const struct exception_frame *frame, unsigned long vector)
{
	unsigned int n;

	printk("\nUnexpected exception, vector %lu\n", vector);
	printk("ESR %016llx  FAR %016llx\nELR %016llx  SPSR %016llx\n", sysreg_read(esr_el1),
	       sysreg_read(far_el1), frame->elr, frame->spsr);
	for (n = 0; n < ARRAY_SIZE(frame->regs); n++)
		printk("x%-2u %016llx%s", n, frame->regs[n], n % 4 == 3 ? "\n" : "  ");
	printk("\n");
}

void exception_dispatch(struct exception_frame *frame, unsigned long vector)
{
	if (vector == VECTOR_IRQ) {
		irq_dispatch();
		return;
	}
	if (vector == VECTOR_SYNC && handler &&
	    handler(frame, sysreg_read(esr_el1), sysreg_read(far_el1)))
		return;
	print_frame(frame, vector);
	stop();
}
