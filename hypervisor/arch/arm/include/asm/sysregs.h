/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * System registers of AArch32 (DDI 0406C, B3.17, B8.2; DDI 0487, G8). Where arm64 has a register that
 * is mapped to one of these, it is named as there.
 */
#ifndef ASM_SYSREGS_H
#define ASM_SYSREGS_H

#include <asm/el2_regs.h>

/* How a register is accessed: CP15 with 32 or 64 bits, as one of another mode, or as SPSR */
#define CP32(op1, crn, crm, op2) CP32, "p15, " #op1 ", %0, " #crn ", " #crm ", " #op2
#define CP64(op1, crm)           CP64, "p15, " #op1 ", %Q0, %R0, " #crm
#define BANKED(name)             BANKED, #name

#define read_sysreg(name)            READ_AS(SYSREG_##name)
#define write_sysreg(value, name)    WRITE_AS(value, SYSREG_##name)
#define READ_AS(...)                 READ_AS_(__VA_ARGS__)
#define READ_AS_(kind, text)         READ_##kind(text)
#define WRITE_AS(value, ...)         WRITE_AS_(value, __VA_ARGS__)
#define WRITE_AS_(value, kind, text) WRITE_##kind(value, text)

#define READ_ASM(type, text)                        \
	({                                          \
		type value__;                       \
		asm volatile(text : "=r"(value__)); \
		(u64) value__;                      \
	})
#define READ_CP32(text)   READ_ASM(u32, "mrc " text)
#define READ_CP64(text)   READ_ASM(u64, "mrrc " text)
#define READ_BANKED(text) READ_ASM(u32, "mrs %0, " text)
#define READ_SPSR(text)   READ_ASM(u32, "mrs %0, spsr" text)
#define WRITE_SPSR(value, text) \
	asm volatile("msr spsr_fsxc, %0" text : : "r"((u32)(value)) : "memory")
#define WRITE_CP32(value, text)   asm volatile("mcr " text : : "r"((u32)(value)) : "memory")
#define WRITE_CP64(value, text)   asm volatile("mcrr " text : : "r"((u64)(value)) : "memory")
#define WRITE_BANKED(value, text) asm volatile("msr " text ", %0" : : "r"((u32)(value)) : "memory")

#define isb()    asm volatile("isb" : : : "memory")
#define dsb(dom) asm volatile("dsb " #dom : : : "memory")

/* Identification */
#define SYSREG_mpidr_el1  CP32(0, c0, c0, 5)
#define SYSREG_ctr_el0    CP32(0, c0, c0, 1)
#define SYSREG_id_pfr1    CP32(0, c0, c1, 1)
#define SYSREG_id_dfr0    CP32(0, c0, c1, 2)
#define SYSREG_id_mmfr3   CP32(0, c0, c1, 7)
#define SYSREG_csselr_el1 CP32(2, c0, c0, 0)
#define SYSREG_l2ctlr     CP32(1, c9, c0, 2)

/* Hyp mode */
#define SYSREG_elr_el2   BANKED(elr_hyp)
#define SYSREG_spsr_el2  SPSR, ""
#define SYSREG_sctlr_el2 CP32(4, c1, c0, 0)
#define SYSREG_hcr_el2   CP32(4, c1, c1, 0)
#define SYSREG_mdcr_el2  CP32(4, c1, c1, 1)
#define SYSREG_cptr_el2  CP32(4, c1, c1, 2)
#define SYSREG_vtcr_el2  CP32(4, c2, c1, 2)
#define SYSREG_vttbr_el2 CP64(6, c2)
#define SYSREG_esr_el2   CP32(4, c5, c2, 0)
#define SYSREG_far_el2   CP32(4, c6, c0, 0) /* HDFAR */
#define SYSREG_hpfar_el2 CP32(4, c6, c0, 4)
#define SYSREG_vbar_el2  CP32(4, c12, c0, 0)

/* The guest's */
#define SYSREG_lr_abt         BANKED(lr_abt)
#define SYSREG_spsr_abt       BANKED(spsr_abt)
#define SYSREG_sctlr_el1      CP32(0, c1, c0, 0)
#define SYSREG_actlr_el1      CP32(0, c1, c0, 1)
#define SYSREG_cpacr_el1      CP32(0, c1, c0, 2)
#define SYSREG_ttbr0_el1      CP64(0, c2)
#define SYSREG_ttbr1_el1      CP64(1, c2)
#define SYSREG_ttbcr          CP32(0, c2, c0, 2)
#define SYSREG_dacr           CP32(0, c3, c0, 0)
#define SYSREG_dfsr           CP32(0, c5, c0, 0)
#define SYSREG_ifsr           CP32(0, c5, c0, 1)
#define SYSREG_adfsr          CP32(0, c5, c1, 0)
#define SYSREG_aifsr          CP32(0, c5, c1, 1)
#define SYSREG_dfar           CP32(0, c6, c0, 0)
#define SYSREG_ifar           CP32(0, c6, c0, 2)
#define SYSREG_par_el1        CP64(0, c7)
#define SYSREG_mair0          CP32(0, c10, c2, 0)
#define SYSREG_mair1          CP32(0, c10, c2, 1)
#define SYSREG_amair0         CP32(0, c10, c3, 0)
#define SYSREG_amair1         CP32(0, c10, c3, 1)
#define SYSREG_vbar_el1       CP32(0, c12, c0, 0)
#define SYSREG_isr_el1        CP32(0, c12, c1, 0)
#define SYSREG_contextidr     CP32(0, c13, c0, 1)
#define SYSREG_tpidr_el0      CP32(0, c13, c0, 2)
#define SYSREG_tpidrro_el0    CP32(0, c13, c0, 3)
#define SYSREG_tpidr_el1      CP32(0, c13, c0, 4)
#define SYSREG_pmcr_el0       CP32(0, c9, c12, 0)
#define SYSREG_pmcntenclr_el0 CP32(0, c9, c12, 2)
#define SYSREG_pmovsclr_el0   CP32(0, c9, c12, 3)
#define SYSREG_pmuserenr_el0  CP32(0, c9, c14, 0)
#define SYSREG_pmintenclr_el1 CP32(0, c9, c14, 2)

/* Generic timer */
#define SYSREG_cntfrq_el0    CP32(0, c14, c0, 0)
#define SYSREG_cntkctl_el1   CP32(0, c14, c1, 0)
#define SYSREG_cntp_ctl_el0  CP32(0, c14, c2, 1)
#define SYSREG_cntv_ctl_el0  CP32(0, c14, c3, 1)
#define SYSREG_cntpct_el0    CP64(0, c14)
#define SYSREG_cntp_cval_el0 CP64(2, c14)
#define SYSREG_cntv_cval_el0 CP64(3, c14)
#define SYSREG_cntvoff_el2   CP64(4, c14)

/* TLB and cache maintenance by the names of arm64's operations; _va: of the page or line at an address */
#define tlbi(name)           write_sysreg(0, TLBI_##name)
#define tlbi_va(name, virt)  write_sysreg(page_down(virt), TLBI_##name)
#define dc_va(name, address) write_sysreg(address, DC_##name)
#define drop_instructions()               \
	do {                              \
		write_sysreg(0, ICIALLU); \
		write_sysreg(0, BPIALL);  \
	} while (0)
#define SYSREG_TLBI_alle1        CP32(4, c8, c7, 4) /* TLBIALLNSNH */
#define SYSREG_TLBI_alle2        CP32(4, c8, c7, 0) /* TLBIALLH */
#define SYSREG_TLBI_alle2is      CP32(4, c8, c3, 0) /* TLBIALLHIS */
#define SYSREG_TLBI_vae2         CP32(4, c8, c7, 1) /* TLBIMVAH */
#define SYSREG_TLBI_vmalls12e1   CP32(0, c8, c7, 0) /* TLBIALL: of the current VMID, both stages */
#define SYSREG_TLBI_vmalls12e1is CP32(0, c8, c3, 0) /* TLBIALLIS */
#define SYSREG_DC_ivac           CP32(0, c7, c6, 1) /* DCIMVAC */
#define SYSREG_DC_civac          CP32(0, c7, c14, 1) /* DCCIMVAC */
#define SYSREG_ICIALLU           CP32(0, c7, c5, 0)
#define SYSREG_BPIALL            CP32(0, c7, c5, 6)

/* HCR: what every guest has, and what all but Linux have besides */
#define HCR_RW       0 /* there is nothing but AArch32 */
#define HCR_GUEST    (HCR_VM | HCR_SWIO | HCR_FMO | HCR_IMO | HCR_AMO | HCR_TSC)
#define HCR_CONFINED (HCR_TIDCP | HCR_TACR)

/* HDCR: what all but Linux have not, and have */
#define MDCR_OPEN     0
#define MDCR_CONFINED (MDCR_TDA | MDCR_TDOSA | MDCR_TDRA)

/* HSCTLR: what the core adds once its final tables are there */
#define SCTLR_CORE SCTLR_WXN

/* HCPTR: trap vector and floating point registers */
#define CPTR_TCP10 BIT64(10)
#define CPTR_TCP11 BIT64(11)
#define CPTR_TASE  BIT64(15)

/* SCTLR of the guest */
#define SCTLR_EL1_V  BIT64(13) /* vectors at 0xffff0000 */
#define SCTLR_EL1_EE BIT64(25) /* exceptions are big endian, are taken in T32 */
#define SCTLR_EL1_TE BIT64(30)

/* SPSR: modes */
#define MODE_USR 0x10
#define MODE_FIQ 0x11
#define MODE_IRQ 0x12
#define MODE_SVC 0x13
#define MODE_ABT 0x17
#define MODE_HYP 0x1a
#define MODE_UND 0x1b
#define MODE_SYS 0x1f

/* PAR */
#define PAR_ADDRESS MASK64(39, 12)

/* VTCR: the size is a signed number, and its sign stands beside it */
#define VTCR_T0SZ(bits) ((u64)(32 - (s32)(bits)) & MASK64(4, 0))
#define VTCR_PS(range)  0

/* HTCR: 32 bits, cached, inner shareable walks */
#define TCR_EL2_VALUE (WALKS_CACHED | TCR_RES1)

#define MPIDR_AFFINITY 0xffffffULL

/* ID registers */
#define ID_FIELD(reg, shift) ((read_sysreg(reg) >> (shift)) & 0xf)
#define PFR1_GIC             28
#define DFR0_PERFMON         24
#define MMFR3_CMEMSZ         24

/* Physical address bits by ID_MMFR3.CMemSz. */
#define PHYS_RANGE_BITS   32, 36, 40
#define PHYS_RANGE_MAX    2
#define read_phys_range() ID_FIELD(id_mmfr3, MMFR3_CMEMSZ)

#define read_pmu_version() ID_FIELD(id_dfr0, DFR0_PERFMON)

static inline bool cpu_has_aarch32(void)
{
	return true;
}

static inline bool guest_is_t32(u64 spsr)
{
	return spsr & SPSR_T32;
}

/** An address as the guest's instruction forms it. */
static inline u64 guest_address(u64 sum)
{
	return (u32)sum;
}

static inline bool guest_is_user(u64 spsr)
{
	return (spsr & SPSR_MODE32) == MODE_USR;
}

#endif
