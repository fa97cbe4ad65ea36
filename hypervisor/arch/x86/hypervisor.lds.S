/* SPDX-License-Identifier: GPL-2.0-only */
/* Everything at its final virtual address, in the order of its rights: code, constants, data. */
#include <asm/layout.h>

ENTRY(image_header)

SECTIONS
{
	. = HV_BASE;
	.header : { *(.header) }
	. = ALIGN(4096);
	__code_start = .;
	.text : {
		*(.text.entry)
		*(.text .text.*)
	}
	. = ALIGN(4096);
	__code_end = .;
	.rodata : { *(.rodata .rodata.*) }
	. = ALIGN(4096);
	__rodata_end = .;
	.data : {
		*(.data .data.*)
		*(.got .got.*)
		. = ALIGN(4096);
	}
	__image_end = .;
	.bss : {
		*(.bss .bss.* COMMON)
		. = ALIGN(4096);
	}
	__data_end = .;
	/DISCARD/ : { *(.comment) *(.note*) *(.eh_frame*) *(.interp) *(.dyn*) }
}
