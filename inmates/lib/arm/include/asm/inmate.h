/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The 32-bit Arm part of the inmate library's interface. */
#ifndef JAILHOUSE_ASM_INMATE_H
#define JAILHOUSE_ASM_INMATE_H

#include <jailhouse/types.h>
#include <asm/sysregs.h>

/* One plain load or store each: the kind that a hypervisor can always decode. */
#define MMIO_ACCESSORS(bits, suffix)                                                         \
	static inline u##bits mmio_read##bits(void *addr)                                    \
	{                                                                                    \
		u##bits value;                                                               \
                                                                                             \
		asm volatile("ldr" suffix " %0, [%1]" : "=r"(value) : "r"(addr) : "memory"); \
		return value;                                                                \
	}                                                                                    \
                                                                                             \
	static inline void mmio_write##bits(void *addr, u##bits value)                       \
	{                                                                                    \
		asm volatile("str" suffix " %0, [%1]" : : "r"(value), "r"(addr) : "memory"); \
	}

MMIO_ACCESSORS(8, "b")
MMIO_ACCESSORS(16, "h")
MMIO_ACCESSORS(32, "")

#undef MMIO_ACCESSORS

/* In halves, the lower one first: an access to two registers is none that can always be decoded. */
static inline u64 mmio_read64(void *addr)
{
	u64 low = mmio_read32(addr);

	return low | (u64)mmio_read32((u8 *)addr + 4) << 32;
}

static inline void mmio_write64(void *addr, u64 value)
{
	mmio_write32(addr, value);
	mmio_write32((u8 *)addr + 4, value >> 32);
}

static inline void cpu_relax(void)
{
	asm volatile("yield" : : : "memory");
}

static inline void wait_for_interrupt(void)
{
	asm volatile("dsb sy; wfi" : : : "memory");
}

static inline void memory_barrier(void)
{
	asm volatile("dmb sy" : : : "memory");
}

static inline void enable_irqs(void)
{
	asm volatile("cpsie i" : : : "memory");
}

static inline void disable_irqs(void)
{
	asm volatile("cpsid i" : : : "memory");
}

/** State of the interrupted program, in the order in which start.S saves it. */
struct exception_frame {
	u32 regs[13];
	u32 lr; /* of SVC mode */
	u32 pc; /* of the instruction; of the next one after an interrupt or svc */
	u32 cpsr;
};

/* Vector numbers */
#define VECTOR_UNDEFINED      1
#define VECTOR_SVC            2
#define VECTOR_PREFETCH_ABORT 3
#define VECTOR_DATA_ABORT     4
#define VECTOR_IRQ            6

/**
 * Called for all exceptions but interrupts; may change the frame (skip the instruction, say).
 * Returns whether it dealt with it; otherwise the state is printed and the CPU stops.
 */
typedef bool (*exception_handler_t)(struct exception_frame *frame, unsigned int vector);

/** NULL for none. One handler for all CPUs. */
void exception_set_handler(exception_handler_t handler);

#endif
