/* SPDX-License-Identifier: GPL-2.0-only */
/* Fields of EL2's registers that arm and arm64 have in common (Arm ARM DDI 0487, D19, G8; DDI 0406C, B4). */
#ifndef ASM_EL2_REGS_H
#define ASM_EL2_REGS_H

#include <bits.h>

/* HCR */
#define HCR_VM    BIT64(0) /* stage 2 on */
#define HCR_SWIO  BIT64(1) /* invalidation by set/way also cleans */
#define HCR_FMO   BIT64(3) /* FIQ, IRQ, SError to EL2, and virtual ones to the guest */
#define HCR_IMO   BIT64(4)
#define HCR_AMO   BIT64(5)
#define HCR_TSC   BIT64(19) /* trap SMC */
#define HCR_TIDCP BIT64(20) /* trap implementation-defined registers */
#define HCR_TACR  BIT64(21) /* trap ACTLR */

/* CPTR, HCPTR */
#define CPTR_TTA BIT64(20) /* trap trace registers */

/* MDCR, HDCR: trap accesses to debug registers */
#define MDCR_TDA   BIT64(9)
#define MDCR_TDOSA BIT64(10)
#define MDCR_TDRA  BIT64(11)

/* SCTLR of EL2 */
#define SCTLR_M   BIT64(0)
#define SCTLR_C   BIT64(2)
#define SCTLR_I   BIT64(12)
#define SCTLR_WXN BIT64(19)

/* Reset value of AArch32's SCTLR: the bits that read as one, or mean the behaviour before an extension */
#define SCTLR_EL1_RESET32 0x00c50078

/* SPSR of EL2, of AArch32 state */
#define SPSR_MODE32     MASK64(4, 0)
#define SPSR_SVC32      0x13
#define SPSR_AIF32      MASK64(8, 6)
#define SPSR_T32        BIT64(5)
#define SPSR_IT_LOW     MASK64(26, 25) /* IT[1:0] */
#define SPSR_IT_HIGH    MASK64(15, 10) /* IT[7:2] */
#define SPSR_COND(spsr) FIELD(MASK64(31, 28), spsr)

/* ESR, HSR */
#define ESR_EC(esr)        FIELD(MASK64(31, 26), esr)
#define ESR_IL             BIT64(25)
#define EC_UNKNOWN         0x00
#define EC_WFX             0x01
#define EC_CP15_32         0x03
#define EC_CP15_64         0x04
#define EC_CP14_32         0x05
#define EC_CP14_64         0x0c
#define EC_HVC32           0x12
#define EC_SMC32           0x13
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
#define FSC_EXTERNAL_ABORT 0x10 /* synchronous; 0x14 to 0x17: on a table walk */
#define FSC_EXTERNAL_MASK  0x38 /* all six bits but what tells these apart */

/* HPFAR: bits 51:12 of the guest-physical address that faulted */
#define HPFAR_ADDRESS(hpfar) (FIELD(MASK64(43, 4), hpfar) << 12)

/* PAR, 64 bits */
#define PAR_FAILED BIT64(0)

/* VTCR, and what TCR has in the same places */
#define VTCR_SL0(level) FIELD_PREP(MASK64(7, 6), 2ULL - (level))
#define WALKS_CACHED                                                         \
	(FIELD_PREP(MASK64(9, 8), 1ULL) | FIELD_PREP(MASK64(11, 10), 1ULL) | \
	 FIELD_PREP(MASK64(13, 12), 3ULL))
#define VTCR_RES1       BIT64(31)
#define TCR_RES1        (BIT64(23) | BIT64(31))
#define VTTBR_VMID(tag) ((u64)(tag) << 48)

/* MAIR of EL2: index 0 Device-nGnRE, index 1 normal write-back */
#define MAIR_EL2_VALUE 0xff04ULL

#endif
