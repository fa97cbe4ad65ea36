/* SPDX-License-Identifier: GPL-2.0-only */
/* AMD-Vi in numbers: AMD I/O Virtualization Technology (IOMMU) Specification, publication 48882. */
#ifndef AMD_IOMMU_REGS_H
#define AMD_IOMMU_REGS_H

#include <bits.h>

/* clang-format off */

/* --- capability block in the PCI function's configuration space (3.3) ------------------------ */

#define CAP_KIND             (MASK64(18, 16) | MASK64(7, 0)) /* type and ID */
#define CAP_KIND_IOMMU       0x3000f
#define CAP_BASE_LOW         0x04 /* of the registers; bit 0: enabled, and locked */
#define CAP_BASE_LOW_ADDRESS MASK64(31, 14)
#define CAP_BASE_HIGH        0x08

/* --- registers (3.4), 64 bits each ----------------------------------------------------------- */

#define REG_DEVICE_TABLE      0x0000
#define DEVICE_TABLE_PAGES    MASK64(8, 0) /* less one */
#define REG_COMMAND_BASE      0x0008
#define REG_EVENT_BASE        0x0010
#define RING_LENGTH           MASK64(59, 56) /* 2^n entries of 16 bytes; 8 to 15 */
#define REG_CONTROL           0x0018
#define CONTROL_IOMMU         BIT64(0)
#define CONTROL_HT_TUNNEL     BIT64(1)
#define CONTROL_EVENT_LOG     BIT64(2)
#define CONTROL_EVENT_INT     BIT64(3)
#define CONTROL_PASS_PW       BIT64(8)
#define CONTROL_RES_PASS_PW   BIT64(9)
#define CONTROL_COHERENT      BIT64(10) /* it snoops the caches for the device table */
#define CONTROL_ISOC          BIT64(11)
#define CONTROL_COMMANDS      BIT64(12)
/* How the unit behaves on its link: firmware knows. */
#define CONTROL_LINK          (CONTROL_HT_TUNNEL | CONTROL_PASS_PW | CONTROL_RES_PASS_PW | CONTROL_ISOC)
#define REG_EXCLUSION_BASE    0x0020 /* bit 0: a range that is not translated */
#define REG_EXCLUSION_LIMIT   0x0028
#define REG_FEATURES          0x0030
#define REG_COMMAND_HEAD      0x2000
#define REG_COMMAND_TAIL      0x2008
#define REG_EVENT_HEAD        0x2010
#define REG_EVENT_TAIL        0x2018
#define RING_POINTER          MASK64(18, 4) /* entry */
#define REG_STATUS            0x2020
#define STATUS_EVENT_OVERFLOW BIT64(0) /* write 1 to clear */
#define STATUS_EVENT_INT      BIT64(1) /* write 1 to clear */
#define STATUS_EVENT_RUN      BIT64(3)
#define STATUS_COMMAND_RUN    BIT64(4)
#define REGS_SIZE             0x4000

/* --- device table entry (2.2.2.1): words of 64 bits ------------------------------------------ */

#define DTE0_VALID             BIT64(0)
#define DTE0_TRANSLATION_VALID BIT64(1)
#define DTE0_MODE              MASK64(11, 9) /* levels of the page table */
#define DTE0_ROOT              MASK64(51, 12)
#define DTE0_READ              BIT64(61)
#define DTE0_WRITE             BIT64(62)
#define DTE1_DOMAIN            MASK64(15, 0)
#define DTE2_INT_VALID         BIT64(0)
#define DTE2_INT_TABLE_LENGTH  MASK64(4, 1) /* 2^n entries */
#define DTE2_INT_TABLE         MASK64(51, 6)
#define DTE2_INT_CONTROL       MASK64(61, 60)
#define INT_CONTROL_ABORT      0ULL
#define INT_CONTROL_REMAP      2ULL

/* --- interrupt remapping table entry of 32 bits (2.2.5.2) ------------------------------------ */

#define IRTE_ENABLED     BIT(0)
#define IRTE_DESTINATION MASK64(15, 8)
#define IRTE_VECTOR      MASK64(23, 16)
/* The rest is 0: fixed delivery, physical destination. */

/* --- commands (2.4): words of 64 bits -------------------------------------------------------- */

#define COMMAND_CODE          MASK64(63, 60)
#define COMPLETION_WAIT       1ULL
#define INVALIDATE_DEVICE     2ULL
#define INVALIDATE_PAGES      3ULL
#define INVALIDATE_INTERRUPTS 5ULL
#define COMMAND_DOMAIN        MASK64(47, 32)
#define WAIT_STORE            BIT64(0)
#define WAIT_ADDRESS          MASK64(51, 3)
/* In the second word: everything, tables included. */
#define PAGES_ALL             (MASK64(62, 12) | BIT64(1) | BIT64(0))

/* --- events (2.5): words of 64 bits ---------------------------------------------------------- */

#define EVENT_CODE           MASK64(63, 60)
#define EVENT_DEVICE         MASK64(15, 0)
#define EVENT_PAGE_FAULT     2
#define EVENTS_OF_DEVICES    0x39e /* one bit for each code that comes with a device */
#define PAGE_FAULT_INTERRUPT BIT64(51)
#define PAGE_FAULT_WRITE     BIT64(53)

/* Where interrupts go: the APICs' page frames, and HyperTransport's (2.1.1). */
#define APIC_MESSAGES      0xfee00000ULL
#define APIC_MESSAGES_SIZE 0x100000ULL
#define HT_MESSAGES        0xfdf8000000ULL
#define HT_MESSAGES_SIZE   0x1000000ULL

/* clang-format on */

#endif
