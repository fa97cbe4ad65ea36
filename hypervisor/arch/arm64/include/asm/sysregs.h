/* SPDX-License-Identifier: GPL-2.0-only */
/* System registers and their fields (Arm ARM DDI 0487, D19; GIC: IHI 0069, 12). */
#ifndef ASM_SYSREGS_H
#define ASM_SYSREGS_H

#include <bits.h>

#define read_sysreg(name)                                       \
	({                                                      \
		u64 value__;                                    \
		asm volatile("mrs %0, " #name : "=r"(value__)); \
		value__;                                        \
	})
#define write_sysreg(value, name) asm volatile("msr " #name ", %0" : : "r"((u64)(value)) : "memory")

#define isb()    asm volatile("isb" : : : "memory")
#define dsb(dom) asm volatile("dsb " #dom : : : "memory")

/* HCR_EL2 */
#define HCR_VM    BIT64(0) /* stage 2 on */
#define HCR_SWIO  BIT64(1) /* invalidation by set/way also cleans */
#define HCR_FMO   BIT64(3) /* FIQ, IRQ, SError to EL2, and virtual ones to the guest */
#define HCR_IMO   BIT64(4)
#define HCR_AMO   BIT64(5)
#define HCR_TSC   BIT64(19) /* trap SMC */
#define HCR_TIDCP BIT64(20) /* trap implementation-defined registers */
#define HCR_TACR  BIT64(21) /* trap ACTLR_EL1 */
#define HCR_RW    BIT64(31) /* EL1 is AArch64 */
#define HCR_TERR  BIT64(36) /* trap error record registers */

/* CPTR_EL2 */
#define CPTR_TZ  BIT64(8) /* trap SVE */
#define CPTR_TFP BIT64(10) /* trap vector and floating point registers */
#define CPTR_TSM BIT64(12) /* trap SME */
#define CPTR_TTA BIT64(20) /* trap trace registers */

/* MDCR_EL2: trap accesses to debug registers */
#define MDCR_TDA   BIT64(9)
#define MDCR_TDOSA BIT64(10)
#define MDCR_TDRA  BIT64(11)
/* ... of statistical profiling and trace: whose buffer it is (0: not EL1's), and its controls */
#define MDCR_E2PB  MASK64(13, 12)
#define MDCR_TPMS  BIT64(14)
#define MDCR_TTRF  BIT64(19)
#define MDCR_E2TB  MASK64(25, 24)

/* SCTLR_EL2 */
#define SCTLR_M   BIT64(0)
#define SCTLR_C   BIT64(2)
#define SCTLR_SA  BIT64(3)
#define SCTLR_I   BIT64(12)
#define SCTLR_WXN BIT64(19)

/* Reset values of SCTLR_EL1: the bits that read as one, or mean the behaviour before an extension */
#define SCTLR_EL1_RESET   0x30d00800
#define SCTLR_EL1_RESET32 0x00c50078

/* SPSR_EL2 */
#define SPSR_MODE       MASK64(4, 0)
#define SPSR_AARCH32    BIT64(4)
#define SPSR_EL1h       0x05
#define SPSR_SPSEL      BIT64(0)
#define SPSR_EL(spsr)   FIELD(MASK64(3, 2), spsr)
#define SPSR_SVC32      0x13
#define SPSR_DAIF       MASK64(9, 6)
#define SPSR_AIF32      MASK64(8, 6)
#define SPSR_T32        BIT64(5)
#define SPSR_IT_LOW     MASK64(26, 25) /* IT[1:0] */
#define SPSR_IT_HIGH    MASK64(15, 10) /* IT[7:2] */
#define SPSR_COND(spsr) FIELD(MASK64(31, 28), spsr)

/* ESR_EL2 */
#define ESR_EC(esr)        FIELD(MASK64(31, 26), esr)
#define ESR_IL             BIT64(25)
#define EC_UNKNOWN         0x00
#define EC_WFX             0x01
#define EC_CP15_32         0x03
#define EC_CP15_64         0x04
#define EC_HVC32           0x12
#define EC_SMC32           0x13
#define EC_HVC64           0x16
#define EC_SMC64           0x17
#define EC_SYS64           0x18
#define EC_IABT_LOW        0x20
#define EC_DABT_LOW        0x24
#define EC_DABT_SAME       0x25
/* ... of data aborts */
#define DABT_ISV           BIT64(24)
#define DABT_SAS(esr)      FIELD(MASK64(23, 22), esr)
#define DABT_SSE           BIT64(21)
#define DABT_SRT(esr)      FIELD(MASK64(20, 16), esr)
#define DABT_SF            BIT64(15)
#define DABT_CM            BIT64(8)
#define DABT_S1PTW         BIT64(7)
#define DABT_WNR           BIT64(6)
#define DABT_FSC_TYPE(esr) FIELD(MASK64(5, 2), esr)
#define FSC_TRANSLATION    1
#define FSC_EXTERNAL_ABORT 0x10 /* all six bits: synchronous, not on a table walk */
/* ... of trapped system register accesses */
#define SYS_READ           BIT64(0)
#define SYS_RT(esr)        FIELD(MASK64(9, 5), esr)
#define SYS_REG(op0, op1, crn, crm, op2) \
	(((op0) << 20) | ((op2) << 17) | ((op1) << 14) | ((crn) << 10) | ((crm) << 1))
#define SYS_REG_MASK SYS_REG(3, 7, 15, 15, 7)

/* HPFAR_EL2: bits 51:12 of the guest-physical address that faulted */
#define HPFAR_ADDRESS(hpfar) (FIELD(MASK64(43, 4), hpfar) << 12)

/* PAR_EL1 */
#define PAR_FAILED  BIT64(0)
#define PAR_ADDRESS MASK64(47, 12)

/* VTCR_EL2 */
#define VTCR_T0SZ(bits) (64 - (u64)(bits))
#define VTCR_SL0_LEVEL1 FIELD_PREP(MASK64(7, 6), 1ULL)
#define VTCR_SL0_LEVEL0 FIELD_PREP(MASK64(7, 6), 2ULL)
#define WALKS_CACHED                                                         \
	(FIELD_PREP(MASK64(9, 8), 1ULL) | FIELD_PREP(MASK64(11, 10), 1ULL) | \
	 FIELD_PREP(MASK64(13, 12), 3ULL))
#define VTCR_PS(range)  FIELD_PREP(MASK64(18, 16), (u64)(range))
#define VTCR_RES1       BIT64(31)
#define VTTBR_VMID(tag) ((u64)(tag) << 48)

/* TCR_EL2: 48 bits, cached, inner shareable walks, 4 KiB granule */
#define TCR_EL2_VALUE  (16ULL | WALKS_CACHED | BIT64(23) | BIT64(31))
/* MAIR_EL2: index 0 Device-nGnRE, index 1 normal write-back */
#define MAIR_EL2_VALUE 0xff04ULL

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

#endif
