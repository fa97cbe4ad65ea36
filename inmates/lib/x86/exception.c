// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The interrupt descriptor table, and what happens after vectors.S has saved the state. */
#include <inmate.h>

#define ENTRY_SIZE     16 /* as in vectors.S */
#define INTERRUPT_GATE 0x8e00 /* present, and interrupts are disabled within; SDM 3, 6.11 */

struct gate {
	u16 offset_low;
	u16 selector;
	u16 type;
	u16 offset_middle;
#ifdef __x86_64__
	u32 offset_high;
	u32 reserved;
#endif
};

struct table_pointer {
	u16 limit;
	unsigned long base;
} __attribute__((packed));

extern u8 vector_entries[];

void exception_dispatch(struct exception_frame *frame);

static struct gate idt[VECTORS] __attribute__((aligned(16)));
static exception_handler_t handler;

void exception_set_handler(exception_handler_t exception_handler)
{
	handler = exception_handler;
}

/* The image lies below 4 GiB. */
void idt_init(void)
{
	unsigned long entry = (unsigned long)vector_entries;
	unsigned int n;

	for (n = 0; n < VECTORS; n++, entry += ENTRY_SIZE) {
		idt[n].offset_low = entry;
		idt[n].selector = INMATE_CS;
		idt[n].type = INTERRUPT_GATE;
		idt[n].offset_middle = entry >> 16;
	}
}

void idt_load(void)
{
	struct table_pointer pointer = { .limit = sizeof(idt) - 1, .base = (unsigned long)idt };

	asm volatile("lidt %0" : : "m"(pointer));
}

static void print_frame(const struct exception_frame *frame)
{
	printk("\nUnexpected exception, vector %lu, error code 0x%lx\n", frame->vector,
	       frame->error_code);
	printk("IP %lx:%016lx  flags %lx  CR2 %016lx\n", frame->cs, frame->ip, frame->flags,
	       read_cr2());
	printk("AX %016lx  BX %016lx  CX %016lx  DX %016lx\n", frame->ax, frame->bx, frame->cx,
	       frame->dx);
	printk("SI %016lx  DI %016lx  BP %016lx  SP %016lx\n", frame->si, frame->di, frame->bp,
#ifdef __x86_64__
	       frame->sp
#else
	       (unsigned long)(&frame->flags + 1)
#endif
	);
}

void exception_dispatch(struct exception_frame *frame)
{
	if (frame->vector >= FIRST_IRQ_VECTOR) {
		irq_dispatch(frame->vector);
		return;
	}
	if (handler && handler(frame))
		return;
	print_frame(frame);
	stop();
}
