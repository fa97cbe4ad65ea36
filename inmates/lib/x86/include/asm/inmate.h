/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The instructions of x86 behind the inmate library's interface. */
#ifndef JAILHOUSE_ASM_INMATE_H
#define JAILHOUSE_ASM_INMATE_H

#include <jailhouse/types.h>

/* One plain move each: the kind that a hypervisor can always decode. */
#define MMIO_ACCESSORS(bits, suffix, constraint)                       \
	static inline u##bits mmio_read##bits(void *addr)              \
	{                                                              \
		u##bits value;                                         \
                                                                       \
		asm volatile("mov" suffix " (%1), %0"                  \
			     : "=" constraint(value)                   \
			     : "r"(addr)                               \
			     : "memory");                              \
		return value;                                          \
	}                                                              \
                                                                       \
	static inline void mmio_write##bits(void *addr, u##bits value) \
	{                                                              \
		asm volatile("mov" suffix " %0, (%1)"                  \
			     :                                         \
			     : constraint(value), "r"(addr)            \
			     : "memory");                              \
	}

MMIO_ACCESSORS(8, "b", "q")
MMIO_ACCESSORS(16, "w", "r")
MMIO_ACCESSORS(32, "l", "r")
#ifdef __x86_64__
MMIO_ACCESSORS(64, "q", "r")
#else
/* Two accesses, the low half first: there is no single one. */
static inline u64 mmio_read64(void *addr)
{
	u32 low = mmio_read32(addr);

	return (u64)mmio_read32((u8 *)addr + 4) << 32 | low;
}

static inline void mmio_write64(void *addr, u64 value)
{
	mmio_write32(addr, value);
	mmio_write32((u8 *)addr + 4, value >> 32);
}
#endif

#undef MMIO_ACCESSORS

static inline void cpu_relax(void)
{
	asm volatile("pause" : : : "memory");
}

/** Sleeps until an interrupt comes; for ever if they are disabled. */
static inline void wait_for_interrupt(void)
{
	asm volatile("hlt" : : : "memory");
}

static inline void memory_barrier(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static inline void enable_irqs(void)
{
	asm volatile("sti" : : : "memory");
}

static inline void disable_irqs(void)
{
	asm volatile("cli" : : : "memory");
}

#endif
