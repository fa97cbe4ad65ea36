/* SPDX-License-Identifier: GPL-2.0-only */
/* System registers and their fields (Arm ARM DDI 0487, D19; GIC: IHI 0069, 12). */
#ifndef ASM_SYSREGS_H
#define ASM_SYSREGS_H

#include <asm/el2_regs.h>

#define read_sysreg(name)                                       \
	({                                                      \
		u64 value__;                                    \
		asm volatile("mrs %0, " #name : "=r"(value__)); \
		value__;                                        \
	})
#define write_sysreg(value, name) asm volatile("msr " #name ", %0" : : "r"((u64)(value)) : "memory")

#define isb()    asm volatile("isb" : : : "memory")
#define dsb(dom) asm volatile("dsb " #dom : : : "memory")

/* TLB and cache maintenance by the names of their operations; _va: of the page or line at an address */
#define tlbi(name) asm volatile("tlbi " #name : : : "memory")
#define tlbi_va(name, virt) \
	asm volatile("tlbi " #name ", %0" : : "r"((virt) >> PAGE_SHIFT) : "memory")
#define dc_va(name, address) asm volatile("dc " #name ", %0" : : "r"((u64)(address)) : "memory")
#define drop_instructions()  asm volatile("ic iallu" : : : "memory")

/* HCR_EL2 */
#define HCR_RW       BIT64(31) /* EL1 is AArch64 */
#define HCR_TERR     BIT64(36) /* trap error record registers */
/* What every guest has, and what all but Linux have besides */
#define HCR_GUEST    (HCR_VM | HCR_SWIO | HCR_FMO | HCR_IMO | HCR_AMO | HCR_TSC | HCR_RW)
#define HCR_CONFINED (HCR_TIDCP | HCR_TACR | HCR_TERR)

/* CPTR_EL2 */
#define CPTR_TZ  BIT64(8) /* trap SVE */
#define CPTR_TFP BIT64(10) /* trap vector and floating point registers */
#define CPTR_TSM BIT64(12) /* trap SME */

/* MDCR_EL2: statistical profiling and trace: whose buffer it is (0: not EL1's), and its controls */
#define MDCR_E2PB     MASK64(13, 12)
#define MDCR_TPMS     BIT64(14)
#define MDCR_TTRF     BIT64(19)
#define MDCR_E2TB     MASK64(25, 24)
/* What all but Linux have not, and have */
#define MDCR_OPEN     (MDCR_E2PB | MDCR_E2TB)
#define MDCR_CONFINED (MDCR_TDA | MDCR_TDOSA | MDCR_TDRA | MDCR_TPMS | MDCR_TTRF)

/* SCTLR_EL2: what the core adds once its final tables are there */
#define SCTLR_SA   BIT64(3)
#define SCTLR_CORE (SCTLR_WXN | SCTLR_SA)

/* Reset value of SCTLR_EL1: the bits that read as one, or mean the behaviour before an extension */
#define SCTLR_EL1_RESET 0x30d00800

/* SPSR_EL2 */
#define SPSR_MODE     MASK64(4, 0)
#define SPSR_AARCH32  BIT64(4)
#define SPSR_EL1h     0x05
#define SPSR_SPSEL    BIT64(0)
#define SPSR_EL(spsr) FIELD(MASK64(3, 2), spsr)
#define SPSR_DAIF     MASK64(9, 6)

/* ESR_EL2 */
#define EC_HVC64    0x16
#define EC_SMC64    0x17
#define EC_SYS64    0x18
/* ... of trapped system register accesses */
#define SYS_READ    BIT64(0)
#define SYS_RT(esr) FIELD(MASK64(9, 5), esr)
#define SYS_REG(op0, op1, crn, crm, op2) \
	(((op0) << 20) | ((op2) << 17) | ((op1) << 14) | ((crn) << 10) | ((crm) << 1))
#define SYS_REG_MASK SYS_REG(3, 7, 15, 15, 7)

/* PAR_EL1 */
#define PAR_ADDRESS MASK64(47, 12)

/* VTCR_EL2 */
#define VTCR_T0SZ(bits) (64 - (u64)(bits))
#define VTCR_PS(range)  FIELD_PREP(MASK64(18, 16), (u64)(range))

/* TCR_EL2: 48 bits, cached, inner shareable walks, 4 KiB granule */
#define TCR_EL2_VALUE (16ULL | WALKS_CACHED | TCR_RES1)

#define MPIDR_AFFINITY 0xff00ffffffULL

/* ID registers */
#define ID_FIELD(reg, shift) ((read_sysreg(reg) >> (shift)) & 0xf)
#define MMFR0_PARANGE        0
#define MMFR0_TGRAN4         28
#define PFR0_EL1             4
#define PFR0_AARCH32         2
#define DFR0_PMUVER          8
#define DFR0_PMSVER          32
#define DFR0_TRBE            44

/* Physical address bits by ID_AA64MMFR0_EL1.PARange; tables say 48 at most. */
#define PHYS_RANGE_BITS   32, 36, 40, 42, 44, 48
#define PHYS_RANGE_MAX    5
#define read_phys_range() ID_FIELD(id_aa64mmfr0_el1, MMFR0_PARANGE)

#define read_pmu_version() ID_FIELD(id_aa64dfr0_el1, DFR0_PMUVER)

/** Can guests run in AArch32 state? */
static inline bool cpu_has_aarch32(void)
{
	return ID_FIELD(id_aa64pfr0_el1, PFR0_EL1) == PFR0_AARCH32;
}

static inline bool guest_is_aarch32(u64 spsr)
{
	return spsr & SPSR_AARCH32;
}

static inline bool guest_is_t32(u64 spsr)
{
	return guest_is_aarch32(spsr) && (spsr & SPSR_T32);
}

/** An address as the guest's instruction forms it. */
static inline u64 guest_address(u64 sum)
{
	return sum;
}

static inline bool guest_is_user(u64 spsr)
{
	return SPSR_EL(spsr) == 0;
}

#endif
