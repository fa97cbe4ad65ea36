/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A console device as configurations and the communication region describe it.
 */
#ifndef JAILHOUSE_CONSOLE_H
#define JAILHOUSE_CONSOLE_H

#include <jailhouse/types.h>

#define JAILHOUSE_CON_TYPE_NONE       0x0000
#define JAILHOUSE_CON_TYPE_EFIFB      0x0001
#define JAILHOUSE_CON_TYPE_8250       0x0002
#define JAILHOUSE_CON_TYPE_PL011      0x0003
#define JAILHOUSE_CON_TYPE_XUARTPS    0x0004
#define JAILHOUSE_CON_TYPE_MVEBU      0x0005
#define JAILHOUSE_CON_TYPE_HSCIF      0x0006
#define JAILHOUSE_CON_TYPE_SCIFA      0x0007
#define JAILHOUSE_CON_TYPE_IMX        0x0008
#define JAILHOUSE_CON_TYPE_IMX_LPUART 0x0009
#define JAILHOUSE_CON_TYPE_SCIF       0x000a

/* Bit 0: how the registers are reached. */
#define JAILHOUSE_CON_ACCESS_PIO  0x0000
#define JAILHOUSE_CON_ACCESS_MMIO 0x0001

/* Bit 1: registers 1 byte apart with 8-bit access, or 4 bytes apart with 32-bit access. */
#define JAILHOUSE_CON_REGDIST_1 0x0000
#define JAILHOUSE_CON_REGDIST_4 0x0002

/* Bit 2: resolution of an EFI frame buffer. */
#define JAILHOUSE_CON_FB_1024x768  0x0000
#define JAILHOUSE_CON_FB_1920x1080 0x0004

/* The gate bit gate_nr of the register clock_reg stops the clock when it is set. */
#define JAILHOUSE_CON_INVERTED_GATE 0x1000

/* 8250 with a mode definition register, as on TI's OMAP family. */
#define JAILHOUSE_CON_MDR_QUIRK 0x2000

#define CON_IS_MMIO(flags)           ((JAILHOUSE_CON_ACCESS_MMIO & (flags)) != 0)
#define CON_USES_REGDIST_1(flags)    ((JAILHOUSE_CON_REGDIST_4 & (flags)) == 0)
#define FB_IS_1920x1080(flags)       ((JAILHOUSE_CON_FB_1920x1080 & (flags)) != 0)
#define CON_HAS_INVERTED_GATE(flags) ((JAILHOUSE_CON_INVERTED_GATE & (flags)) != 0)
#define CON_HAS_MDR_QUIRK(flags)     ((JAILHOUSE_CON_MDR_QUIRK & (flags)) != 0)

#ifndef __ASSEMBLER__

struct jailhouse_console {
	__u64 address; /* physical address or I/O port; EFIFB: of the frame, a multiple of 8 */
	__u32 size; /* of the register range, in bytes; EFIFB: may be 0 */
	__u16 type; /* JAILHOUSE_CON_TYPE_* */
	__u16 flags; /* JAILHOUSE_CON_* */
	__u32 divider; /* of the baud rate; 0: already set up, leave it alone */
	__u32 gate_nr; /* clock gate, see clock_reg */
	__u64 clock_reg; /* physical address of the clock gate register; 0: none */
} __attribute__((packed));

#endif

#endif
