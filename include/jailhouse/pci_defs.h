/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Numbers of PCI capabilities, named as Linux names them in uapi/linux/pci_regs.h.
 */
#ifndef JAILHOUSE_PCI_DEFS_H
#define JAILHOUSE_PCI_DEFS_H

#ifdef __KERNEL__
#include <linux/pci_regs.h>
#endif

/* Anybody who has Linux's own header keeps its definitions. */
#ifndef LINUX_PCI_REGS_H

#define PCI_CAP_ID_PM     0x01 /* Power Management */
#define PCI_CAP_ID_AGP    0x02 /* Accelerated Graphics Port */
#define PCI_CAP_ID_VPD    0x03 /* Vital Product Data */
#define PCI_CAP_ID_SLOTID 0x04 /* Slot Identification */
#define PCI_CAP_ID_MSI    0x05 /* Message Signalled Interrupts */
#define PCI_CAP_ID_CHSWP  0x06 /* CompactPCI HotSwap */
#define PCI_CAP_ID_PCIX   0x07 /* PCI-X */
#define PCI_CAP_ID_HT     0x08 /* HyperTransport */
#define PCI_CAP_ID_VNDR   0x09 /* Vendor-Specific */
#define PCI_CAP_ID_DBG    0x0A /* Debug port */
#define PCI_CAP_ID_CCRC   0x0B /* CompactPCI Central Resource Control */
#define PCI_CAP_ID_SHPC   0x0C /* PCI Standard Hot-Plug Controller */
#define PCI_CAP_ID_SSVID  0x0D /* Bridge subsystem vendor/device ID */
#define PCI_CAP_ID_AGP3   0x0E /* AGP Target PCI-PCI bridge */
#define PCI_CAP_ID_SECDEV 0x0F /* Secure Device */
#define PCI_CAP_ID_EXP    0x10 /* PCI Express */
#define PCI_CAP_ID_MSIX   0x11 /* MSI-X */
#define PCI_CAP_ID_SATA   0x12 /* SATA Data/Index Conf. */
#define PCI_CAP_ID_AF     0x13 /* PCI Advanced Features */
#define PCI_CAP_ID_EA     0x14 /* PCI Enhanced Allocation */

#define PCI_EXT_CAP_ID_ERR     0x01 /* Advanced Error Reporting */
#define PCI_EXT_CAP_ID_VC      0x02 /* Virtual Channel Capability */
#define PCI_EXT_CAP_ID_DSN     0x03 /* Device Serial Number */
#define PCI_EXT_CAP_ID_PWR     0x04 /* Power Budgeting */
#define PCI_EXT_CAP_ID_RCLD    0x05 /* Root Complex Link Declaration */
#define PCI_EXT_CAP_ID_RCILC   0x06 /* Root Complex Internal Link Control */
#define PCI_EXT_CAP_ID_RCEC    0x07 /* Root Complex Event Collector */
#define PCI_EXT_CAP_ID_MFVC    0x08 /* Multi-Function VC Capability */
#define PCI_EXT_CAP_ID_VC9     0x09 /* same as _VC */
#define PCI_EXT_CAP_ID_RCRB    0x0A /* Root Complex RB? */
#define PCI_EXT_CAP_ID_VNDR    0x0B /* Vendor-Specific */
#define PCI_EXT_CAP_ID_CAC     0x0C /* Config Access - obsolete */
#define PCI_EXT_CAP_ID_ACS     0x0D /* Access Control Services */
#define PCI_EXT_CAP_ID_ARI     0x0E /* Alternate Routing ID */
#define PCI_EXT_CAP_ID_ATS     0x0F /* Address Translation Services */
#define PCI_EXT_CAP_ID_SRIOV   0x10 /* Single Root I/O Virtualization */
#define PCI_EXT_CAP_ID_MRIOV   0x11 /* Multi Root I/O Virtualization */
#define PCI_EXT_CAP_ID_MCAST   0x12 /* Multicast */
#define PCI_EXT_CAP_ID_PRI     0x13 /* Page Request Interface */
#define PCI_EXT_CAP_ID_AMD_XXX 0x14 /* Reserved for AMD */
#define PCI_EXT_CAP_ID_REBAR   0x15 /* Resizable BAR */
#define PCI_EXT_CAP_ID_DPA     0x16 /* Dynamic Power Allocation */
#define PCI_EXT_CAP_ID_TPH     0x17 /* TPH Requester */
#define PCI_EXT_CAP_ID_LTR     0x18 /* Latency Tolerance Reporting */
#define PCI_EXT_CAP_ID_SECPCI  0x19 /* Secondary PCIe Capability */
#define PCI_EXT_CAP_ID_PMUX    0x1A /* Protocol Multiplexing */
#define PCI_EXT_CAP_ID_PASID   0x1B /* Process Address Space ID */
#define PCI_EXT_CAP_ID_DPC     0x1D /* Downstream Port Containment */
#define PCI_EXT_CAP_ID_L1SS    0x1E /* L1 PM Substates */
#define PCI_EXT_CAP_ID_PTM     0x1F /* Precision Time Measurement */
#define PCI_EXT_CAP_ID_DVSEC   0x23 /* Designated Vendor-Specific */
#define PCI_EXT_CAP_ID_DLF     0x25 /* Data Link Feature */
#define PCI_EXT_CAP_ID_PL_16GT 0x26 /* Physical Layer 16.0 GT/s */
#define PCI_EXT_CAP_ID_DOE     0x2E /* Data Object Exchange */

#endif /* !LINUX_PCI_REGS_H */

/* Younger than some of the kernels that we build against. */
#ifndef PCI_EXT_CAP_ID_NPEM
#define PCI_EXT_CAP_ID_NPEM 0x29 /* Native PCIe Enclosure Management */
#endif
#ifndef PCI_EXT_CAP_ID_PL_32GT
#define PCI_EXT_CAP_ID_PL_32GT 0x2A /* Physical Layer 32.0 GT/s */
#endif
#ifndef PCI_EXT_CAP_ID_PL_64GT
#define PCI_EXT_CAP_ID_PL_64GT 0x31 /* Physical Layer 64.0 GT/s */
#endif

#endif
