/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The arm64 part of the inmate library's interface. */
#ifndef JAILHOUSE_ASM_INMATE_H
#define JAILHOUSE_ASM_INMATE_H

#include <jailhouse/types.h>
#include <asm/sysregs.h>

/* One plain load or store each: the kind that a hypervisor can always decode. */
#define MMIO_ACCESSORS(bits, suffix, reg)                              \
	static inline u##bits mmio_read##bits(void *addr)              \
	{                                                              \
		u##bits value;                                         \
                                                                       \
		asm volatile("ldr" suffix " %" reg "0, [%1]"           \
			     : "=r"(value)                             \
			     : "r"(addr)                               \
			     : "memory");                              \
		return value;                                          \
	}                                                              \
                                                                       \
	static inline void mmio_write##bits(void *addr, u##bits value) \
	{                                                              \
		asm volatile("str" suffix " %" reg "0, [%1]"           \
			     :                                         \
			     : "rZ"(value), "r"(addr)                  \
			     : "memory");                              \
	}

MMIO_ACCESSORS(8, "b", "w")
MMIO_ACCESSORS(16, "h", "w")
MMIO_ACCESSORS(32, "", "w")
MMIO_ACCESSORS(64, "", "x")

#undef MMIO_ACCESSORS

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
	asm volatile("msr daifclr, #2" : : : "memory");
}

static inline void disable_irqs(void)
{
	asm volatile("msr daifset, #2" : : : "memory");
}

/** State of the interrupted program, in the order in which start.S saves it. */
struct exception_frame {
	u64 regs[31];
	u64 elr;
	u64 spsr;
	u64 unused;
};

#define ESR_EC(esr)    ((esr) >> 26)
#define ESR_EC_UNKNOWN 0x00
#define ESR_EC_IABT    0x21
#define ESR_EC_DABT    0x25

/**
 * Called for synchronous exceptions; may change the frame (skip the instruction, say).
 * Returns whether it dealt with it; otherwise the state is printed and the CPU stops.
 */
typedef bool (*exception_handler_t)(struct exception_frame *frame, u64 esr, u64 far);

/** NULL for none. One handler for all CPUs. */
void exception_set_handler(exception_handler_t handler);

#endif
