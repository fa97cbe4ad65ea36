/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The local APIC in x2APIC mode. Reference: Intel SDM 3, 11.12 */
#ifndef JAILHOUSE_INMATE_APIC_H
#define JAILHOUSE_INMATE_APIC_H

#define X2APIC_ID    0x802
#define X2APIC_TPR   0x808
#define X2APIC_EOI   0x80b
#define X2APIC_LDR   0x80d
#define X2APIC_SVR   0x80f
#define X2APIC_ICR   0x830
#define X2APIC_TIMER 0x832
#define X2APIC_TMICT 0x838
#define X2APIC_TMCCT 0x839
#define X2APIC_TDCR  0x83e
#define X2APIC_SELF  0x83f

#define SVR_ENABLE      0x100
#define SPURIOUS_VECTOR 0xff

#define LVT_MASKED       0x10000
#define TIMER_DEADLINE   0x40000 /* one-shot otherwise */
#define TDCR_DIVIDE_BY_1 0xb

#define ICR_LOWEST_PRIORITY 0x00100
#define ICR_SMI             0x00200
#define ICR_NMI             0x00400
#define ICR_INIT            0x00500
#define ICR_STARTUP         0x00600
#define ICR_LOGICAL         0x00800
#define ICR_ASSERT          0x04000
#define ICR_SELF            0x40000
#define ICR_ALL             0x80000
#define ICR_ALL_BUT_SELF    0xc0000
#define ICR_TO(id)          ((u64)(id) << 32)

#endif
