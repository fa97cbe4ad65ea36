/* SPDX-License-Identifier: GPL-2.0-only */
/* Virtual machine control block (AMD APM 2, appendix B), and the exits (appendix C). */
#ifndef VMCB_H
#define VMCB_H

#include <bits.h>

struct vmcb_segment {
	u16 selector;
	u16 attributes;
	u32 limit;
	u64 base;
} __attribute__((packed));

/* Segment attributes: bits 55:52 and 47:40 of a descriptor, joined. */
#define SEG_CODE16 0x009b
#define SEG_DATA16 0x0093
#define SEG_LDT    0x0082
#define SEG_TSS    0x008b
#define SEG_LONG   BIT(9)
#define SEG_32     BIT(10)

struct vmcb {
	u16 cr_read, cr_write, dr_read, dr_write; /* 0x000: what is intercepted */
	u32 exceptions;
	u32 misc1, misc2, misc3;
	u8 reserved1[0x40 - 0x18];
	u64 iopm_base, msrpm_base, tsc_offset; /* 0x040 */
	u32 asid; /* 0x058 */
	u8 tlb_control, reserved2[3];
	u64 interrupt_control, interrupt_shadow; /* 0x060 */
	u64 exit_code, exit_info1, exit_info2, exit_int_info; /* 0x070 */
	u64 np_control; /* 0x090 */
	u8 reserved3[0xa8 - 0x98];
	u64 event; /* 0x0a8 */
	u64 n_cr3, lbr_enable, clean, next_rip; /* 0x0b0 */
	u8 bytes_fetched, bytes[15]; /* 0x0d0 */
	u8 reserved4[0x400 - 0xe0];
	struct vmcb_segment es, cs, ss, ds, fs, gs, gdtr, ldtr, idtr, tr; /* 0x400 */
	u8 reserved5[0x4cb - 0x4a0];
	u8 cpl;
	u32 reserved6;
	u64 efer; /* 0x4d0 */
	u8 reserved7[0x548 - 0x4d8];
	u64 cr4, cr3, cr0, dr7, dr6, rflags, rip; /* 0x548 */
	u8 reserved8[0x5d8 - 0x580];
	u64 rsp; /* 0x5d8 */
	u8 reserved9[0x5f8 - 0x5e0];
	u64 rax, star, lstar, cstar, sfmask, kernel_gs_base, sysenter_cs, sysenter_esp,
		sysenter_eip, cr2; /* 0x5f8 */
	u8 reserved10[0x668 - 0x648];
	u64 pat, debugctl; /* 0x668 */
	u8 reserved11[0x1000 - 0x678];
} __attribute__((packed, aligned(4096)));

_Static_assert(sizeof(struct vmcb) == 4096, "VMCB");
_Static_assert(offsetof(struct vmcb, np_control) == 0x90, "nested paging");
_Static_assert(offsetof(struct vmcb, event) == 0xa8, "EVENTINJ");
_Static_assert(offsetof(struct vmcb, bytes) == 0xd1, "instruction bytes");
_Static_assert(offsetof(struct vmcb, efer) == 0x4d0, "EFER");
_Static_assert(offsetof(struct vmcb, rip) == 0x578, "RIP");
_Static_assert(offsetof(struct vmcb, rsp) == 0x5d8, "RSP");
_Static_assert(offsetof(struct vmcb, cr2) == 0x640, "CR2");
_Static_assert(offsetof(struct vmcb, pat) == 0x668, "G_PAT");

/* misc1 */
#define INTERCEPT_NMI      BIT(1)
#define INTERCEPT_INIT     BIT(3)
#define INTERCEPT_CPUID    BIT(18)
#define INTERCEPT_IRET     BIT(20)
#define INTERCEPT_INVD     BIT(22)
#define INTERCEPT_INVLPGA  BIT(26)
#define INTERCEPT_IO       BIT(27)
#define INTERCEPT_MSR      BIT(28)
#define INTERCEPT_SHUTDOWN BIT(31)
/* misc2 */
#define INTERCEPT_VMRUN    BIT(0)
#define INTERCEPT_VMMCALL  BIT(1)
#define INTERCEPT_VMLOAD   BIT(2)
#define INTERCEPT_VMSAVE   BIT(3)
#define INTERCEPT_STGI     BIT(4)
#define INTERCEPT_CLGI     BIT(5)
#define INTERCEPT_SKINIT   BIT(6)
#define INTERCEPT_XSETBV   BIT(13)

/* misc3 */
#define INTERCEPT_INVLPGB BIT(0)

#define NP_ENABLE  BIT64(0)
#define NP_INVLPGB BIT64(7) /* the guest has INVLPGB and TLBSYNC */

#define TLB_FLUSH_ALL  1
#define TLB_FLUSH_ASID 3

/* EVENTINJ */
#define EVENT_NMI        (BIT64(31) | 2ULL << 8 | 2)
#define EVENT_EXCEPTION  (BIT64(31) | 3ULL << 8)
#define EVENT_ERROR_CODE BIT64(11)

#define EXIT_EXCEPTION 0x40 /* + vector */
#define EXIT_NMI       0x61
#define EXIT_INIT      0x63
#define EXIT_CPUID     0x72
#define EXIT_IRET      0x74
#define EXIT_INVD      0x76
#define EXIT_INVLPGA   0x7a
#define EXIT_IO        0x7b
#define EXIT_MSR       0x7c
#define EXIT_SHUTDOWN  0x7f
#define EXIT_VMRUN     0x80
#define EXIT_VMMCALL   0x81
#define EXIT_SKINIT    0x86
#define EXIT_XSETBV    0x8d
#define EXIT_INVLPGB   0xa0
#define EXIT_NPF       0x400

/* exit_info1 of EXIT_IO */
#define IO_IN         BIT64(0)
#define IO_STRING     BIT64(2)
#define IO_SIZE(info) FIELD(MASK64(6, 4), info)
#define IO_PORT(info) FIELD(MASK64(31, 16), info)

/* exit_info1 of EXIT_NPF */
#define NPF_WRITE      BIT64(1)
#define NPF_FETCH      BIT64(4)
#define NPF_TABLE_WALK BIT64(33)

/* CPUID 8000_000A, EDX */
#define SVM_NPT           BIT(0)
#define SVM_FLUSH_BY_ASID BIT(6)
#define SVM_DECODE_ASSIST BIT(7)
#define SVM_TLBI_CTL      BIT(24) /* NP_INVLPGB exists */

/* VM_CR */
#define VM_CR_SVMDIS BIT64(4)

/** Exchange what VMRUN and #VMEXIT leave alone with the VMCB: FS, GS, TR, LDTR, and MSRs of system calls. */
static inline void vmload(u64 vmcb_phys)
{
	asm volatile("vmload %0" : : "a"(vmcb_phys) : "memory");
}

static inline void vmsave(u64 vmcb_phys)
{
	asm volatile("vmsave %0" : : "a"(vmcb_phys) : "memory");
}

#endif
