/* SPDX-License-Identifier: GPL-2.0-only */
/* Where mmio-access tries its accesses, also for the assembler: the address is part of some instructions, so it is fixed. */
#ifndef MMIO_TARGET_H
#define MMIO_TARGET_H

#ifdef CONFIG_TEST_DEVICE
#define TARGET_PAGE 0x101000 /* the hypervisor's test device, behind the communication region */
#else
#define TARGET_PAGE 0x10002000 /* sub-page region of the test cell, which has memory behind it */
#endif
#define TARGET_OFFSET 0x10

#endif
