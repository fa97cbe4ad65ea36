// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What happens after start.S has saved the state of an interrupted program. */
#include <inmate.h>

void exception_dispatch(struct exception_frame *frame, unsigned int vector);

static exception_handler_t handler;

void exception_set_handler(exception_handler_t exception_handler)
{
	handler = exception_handler;
}

static void print_frame(const struct exception_frame *frame, unsigned int vector)
{
	unsigned int n;

	printk("\nUnexpected exception, vector %u\n", vector);
	printk("DFSR %08x  DFAR %08x  IFSR %08x  IFAR %08x\n", sysreg_read(SYSREG_DFSR),
	       sysreg_read(SYSREG_DFAR), sysreg_read(SYSREG_IFSR), sysreg_read(SYSREG_IFAR));
	printk("pc %08x  cpsr %08x  lr %08x\n", frame->pc, frame->cpsr, frame->lr);
	for (n = 0; n < ARRAY_SIZE(frame->regs); n++)
		printk("r%-2u %08x%s", n, frame->regs[n], n % 4 == 3 ? "\n" : "  ");
	printk("\n");
}

void exception_dispatch(struct exception_frame *frame, unsigned int vector)
{
	if (vector == VECTOR_IRQ) {
		irq_dispatch();
		return;
	}
	if (handler && handler(frame, vector))
		return;
	print_frame(frame, vector);
	stop();
}
