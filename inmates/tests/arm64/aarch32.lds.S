/* SPDX-License-Identifier: GPL-2.0-only */
/* The inmate in 32-bit code: entry first, all else behind it. */
#ifndef CONFIG_INMATE_BASE
#define CONFIG_INMATE_BASE 0
#endif

ENTRY(_start)

SECTIONS
{
	. = CONFIG_INMATE_BASE;
	.image : { KEEP(*(.boot)) *(.text*) *(.rodata*) *(.data*) *(.bss*) }
	/DISCARD/ : { *(.note*) *(.comment) *(.ARM.*) }
}
