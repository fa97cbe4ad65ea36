/* SPDX-License-Identifier: GPL-2.0-only */
/* What attacks shared with 32-bit Arm need in other words here. */
#ifndef JAILHOUSE_TESTS_ATTACK_ARCH_H
#define JAILHOUSE_TESTS_ATTACK_ARCH_H

#include <inmate.h>
#include <asm/gic-v3-regs.h>

#define ICC_SGI0R_EL1  S3_0_C12_C11_7
#define ICC_ASGI1R_EL1 S3_0_C12_C11_6

/* An address beyond any 40-bit physical one. */
#define BEYOND_STAGE_2 0x80000000000UL

#define RETURN_INSTRUCTION 0xd65f03c0

#define SECURE_CALL(instruction)                                                               \
	static inline int call_##instruction(u32 function, unsigned long arg)                  \
	{                                                                                      \
		register u64 x0 asm("x0") = function;                                          \
		register u64 x1 asm("x1") = arg;                                               \
		register u64 x2 asm("x2") = 0;                                                 \
		register u64 x3 asm("x3") = 0;                                                 \
                                                                                               \
		asm volatile(#instruction " #0"                                                \
			     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3)                          \
			     :                                                                 \
			     : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", \
			       "x14", "x15", "x16", "x17", "memory");                          \
		return x0;                                                                     \
	}

SECURE_CALL(hvc)
SECURE_CALL(smc)

#define CALL_HVC_IMMEDIATE(immediate, value)                               \
	({                                                                 \
		register unsigned long x0_ asm("x0") = (value);            \
		asm volatile("hvc #" #immediate : "+r"(x0_) : : "memory"); \
		x0_;                                                       \
	})

static inline void enable_floating_point(void)
{
	sysreg_write(cpacr_el1, CPACR_FPEN);
	isb();
}

/** Has the instruction fetched anew, once it was cleaned from the data cache. */
static inline void drop_instruction(void *address)
{
	asm volatile("ic ivau, %0; dsb ish; isb" : : "r"(address) : "memory");
}

/** Translates a few addresses by page tables at that address. */
static inline void use_tables_once(unsigned long table)
{
	u64 ttbr0 = sysreg_read(ttbr0_el1);

	asm volatile(
		"msr ttbr0_el1, %0; isb; tlbi vmalle1; dsb nsh; isb; msr ttbr0_el1, %1; isb; tlbi vmalle1; dsb nsh"
		:
		: "r"(table), "r"(ttbr0)
		: "memory");
	isb();
}

/** To interrupt groups that are the secure world's. */
static inline void send_sgi_other_groups(u64 value)
{
	gic_sysreg_write(ICC_SGI0R_EL1, value);
	gic_sysreg_write(ICC_ASGI1R_EL1, value);
}

#endif
