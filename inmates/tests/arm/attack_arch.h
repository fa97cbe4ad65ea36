/* SPDX-License-Identifier: GPL-2.0-only */
/* What attacks shared with 64-bit Arm need in other words here. */
#ifndef JAILHOUSE_TESTS_ATTACK_ARCH_H
#define JAILHOUSE_TESTS_ATTACK_ARCH_H

#include <inmate.h>
#include <asm/gic-v3-regs.h>

#define SYSREG_CPACR    0, c1, c0, 2
#define SYSREG_ICIMVAU  0, c7, c5, 1
#define SYSREG_BPIALL   0, c7, c5, 6
#define SYSREG_TLBIALL  0, c8, c7, 0
#define SYSREG64_TTBR0  0, c2
#define ICC_ASGI1R      1, c12
#define ICC_SGI0R       2, c12
#define CPACR_FP        (15UL << 20)
#define FPEXC_EN        (1UL << 30)
#define CPSR_MODE(cpsr) (0x1f & (cpsr))
#define MODE_SVC        0x13
#define MODE_MONITOR    0x16
#define MODE_HYP        0x1a

/* Nothing can be beyond all tables in 32 bits, but no board here has anything at this address. */
#define BEYOND_STAGE_2 0xfff00000UL

#define RETURN_INSTRUCTION 0xe12fff1e

#define SECURE_CALL(instruction)                                              \
	static inline int call_##instruction(u32 function, unsigned long arg) \
	{                                                                     \
		register u32 r0 asm("r0") = function;                         \
		register u32 r1 asm("r1") = arg;                              \
		register u32 r2 asm("r2") = 0;                                \
		register u32 r3 asm("r3") = 0;                                \
                                                                              \
		asm volatile(".arch_extension virt\n\t"                       \
			     ".arch_extension sec\n\t" #instruction " #0"     \
			     : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3)         \
			     :                                                \
			     : "memory");                                     \
		return r0;                                                    \
	}

SECURE_CALL(hvc)
SECURE_CALL(smc)

#define CALL_HVC_IMMEDIATE(immediate, value)                                                       \
	({                                                                                         \
		register unsigned long r0_ asm("r0") = (value);                                    \
		asm volatile(".arch_extension virt\n\thvc #" #immediate : "+r"(r0_) : : "memory"); \
		r0_;                                                                               \
	})

static inline void enable_floating_point(void)
{
	sysreg_write(SYSREG_CPACR, sysreg_read(SYSREG_CPACR) | CPACR_FP);
	isb();
	asm volatile(".fpu vfpv3\n\tvmsr fpexc, %0" : : "r"(FPEXC_EN));
}

/** Has the instruction fetched anew, once it was cleaned from the data cache. */
static inline void drop_instruction(void *address)
{
	sysreg_write(SYSREG_ICIMVAU, (unsigned long)address);
	sysreg_write(SYSREG_BPIALL, 0);
	asm volatile("dsb ish; isb" : : : "memory");
}

static inline void use_tables_once(unsigned long table)
{
	u64 ttbr0 = sysreg64_read(SYSREG64_TTBR0);

	/* Without a stack or anything else in memory in between. */
	asm volatile(
		"mcrr p15, 0, %0, %1, c2\n\tisb\n\tmcr p15, 0, %0, c8, c7, 0\n\tdsb nsh\n\tisb\n\t"
		"mcrr p15, 0, %Q2, %R2, c2\n\tisb\n\tmcr p15, 0, %0, c8, c7, 0\n\tdsb nsh\n\tisb"
		:
		: "r"(table), "r"(0), "r"(ttbr0)
		: "memory");
}

/** To interrupt groups that are the secure world's. */
static inline void send_sgi_other_groups(u64 value)
{
	sysreg64_write(ICC_SGI0R, value);
	sysreg64_write(ICC_ASGI1R, value);
}

static inline u32 read_cpsr(void)
{
	u32 cpsr;

	asm volatile("mrs %0, cpsr" : "=r"(cpsr) : : "memory");
	return cpsr;
}

/** Exceptions are skipped and counted as always, but not printed, while this is true. */
extern bool quiet;

/** Registers of coprocessors, in attacks-registers.c. */
extern const struct attack register_attacks[];

#endif
