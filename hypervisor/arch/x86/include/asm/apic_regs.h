/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Registers of the local APIC (Intel SDM 3, chapter 11; AMD APM 2, chapter 16), by their offsets in the xAPIC page. In x2APIC
 * mode register offset is MSR 0x800 + offset / 16.
 *
 *   offset  register                                 mode   access
 *   0x020   ID                                       both   R (xAPIC: bits 31:24)
 *   0x030   version, number of LVT entries           both   R
 *   0x080   task priority                            both   R W
 *   0x0a0   processor priority                       both   R
 *   0x0b0   end of interrupt                         both     W
 *   0x0d0   logical destination                      both   R (xAPIC: W as well, bits 31:24)
 *   0x0e0   destination format                       xAPIC  R W
 *   0x0f0   spurious vector, software enable         both   R W
 *   0x100   in service, 0x180 trigger mode,
 *   0x200   requested: 256 bits each                 both   R
 *   0x280   error status                             both   R W
 *   0x2f0   LVT of corrected machine checks          both   R W
 *   0x300   interrupt command (x2APIC: 64 bits)      both   R W
 *   0x310   its destination                          xAPIC  R W (bits 31:24)
 *   0x320   LVT of timer, 0x330 thermal sensor,
 *   0x340   performance counters, 0x350 LINT0,
 *   0x360   LINT1, 0x370 errors                      both   R W
 *   0x380   timer: initial count                     both   R W
 *   0x390   timer: current count                     both   R
 *   0x3e0   timer: divider                           both   R W
 *   0x3f0   send an interrupt to itself              x2APIC   W
 */
#ifndef ASM_APIC_REGS_H
#define ASM_APIC_REGS_H

#include <bits.h>

/* On every CPU, as long as it is not in x2APIC mode; messages of devices go there in any. */
#define APIC_ADDRESS 0xfee00000UL

#define APIC_ID          0x020
#define APIC_VERSION     0x030
#define APIC_TPR         0x080
#define APIC_PPR         0x0a0
#define APIC_EOI         0x0b0
#define APIC_LDR         0x0d0
#define APIC_DFR         0x0e0
#define APIC_SVR         0x0f0
#define APIC_ISR         0x100
#define APIC_IRR         0x200
#define APIC_IRR_END     0x270
#define APIC_ESR         0x280
#define APIC_LVT_CMCI    0x2f0
#define APIC_ICR         0x300
#define APIC_ICR_HIGH    0x310
#define APIC_LVT_TIMER   0x320
#define APIC_LVT_THERMAL 0x330
#define APIC_LVT_PERF    0x340
#define APIC_LVT_LINT0   0x350
#define APIC_LVT_LINT1   0x360
#define APIC_LVT_ERROR   0x370
#define APIC_TIMER_INIT  0x380
#define APIC_TIMER_COUNT 0x390
#define APIC_TIMER_DIV   0x3e0
#define APIC_SELF_IPI    0x3f0

#define APIC_BITMAP_WORDS 8 /* of ISR, TMR, IRR; one every 16 bytes */

#define APIC_MSR(reg) (MSR_X2APIC + (reg) / 16)
#define APIC_REG(msr) (16 * ((msr) % MSR_X2APIC)) /* of MSRs 0x800 to 0x8ff */

/* IA32_APIC_BASE, MSR 0x1b (SDM 3, 11.4.4 and 11.12.1; APM 2, 16.3.1) */
#define APIC_BASE_X2APIC  BIT64(10)
#define APIC_BASE_ENABLE  BIT64(11)
#define APIC_BASE_ADDRESS MASK64(51, 12)

/* ID, LDR, ICR_HIGH in xAPIC mode */
#define XAPIC_DESTINATION MASK64(31, 24)
/* LDR in x2APIC mode (SDM 3, 11.12.10.2) */
#define X2APIC_CLUSTER    MASK64(31, 16)
#define X2APIC_MEMBERS    MASK64(15, 0)
/* DFR (SDM 3, 11.6.2.2): model in the top bits, the others are set */
#define DFR_MODEL         MASK64(31, 28)
#define DFR_FLAT          0xf
#define DFR_RESET         0xffffffffU

#define APIC_VERSION_MAX_LVT MASK64(23, 16)

#define SVR_RESET  0xff /* software-disabled */
#define SVR_ENABLE BIT(8)

/* ICR, LVT entries and messages share their low bits (SDM 3, 11.5.1, 11.6.1, 11.11.2). */
#define APIC_VECTOR       MASK64(7, 0)
#define APIC_DELIVERY     MASK64(10, 8)
#define DELIVERY_FIXED    0
#define DELIVERY_LOWEST   1
#define DELIVERY_NMI      4
#define DELIVERY_INIT     5
#define DELIVERY_STARTUP  6
#define DELIVERY_EXTINT   7
#define APIC_FIRST_VECTOR 16 /* lower ones are illegal */

#define ICR_LOGICAL      BIT64(11)
#define ICR_PENDING      BIT64(12)
#define ICR_ASSERT       BIT64(14)
#define ICR_LEVEL        BIT64(15)
#define ICR_SHORTHAND    MASK64(19, 18)
#define SHORTHAND_NONE   0
#define SHORTHAND_SELF   1
#define SHORTHAND_ALL    2
#define SHORTHAND_OTHERS 3
#define ICR_DESTINATION  MASK64(63, 32)
#define XAPIC_BROADCAST  0xff
#define X2APIC_BROADCAST 0xffffffff

#define LVT_PENDING    BIT64(12) /* read-only, as is REMOTE_IRR */
#define LVT_ACTIVE_LOW BIT64(13)
#define LVT_REMOTE_IRR BIT64(14)
#define LVT_LEVEL      BIT64(15)
#define LVT_MASKED     BIT64(16)
#define LVT_TIMER_MODE MASK64(18, 17)
#define TIMER_DEADLINE 2
#define TIMER_RESERVED 3

#endif
