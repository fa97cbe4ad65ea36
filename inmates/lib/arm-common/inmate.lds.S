/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * An inmate's image. Fixed are the entry at its start and the command line at 0x1000; the
 * rest is small: the usual demo cell has 64 KiB, of which the page tables take about half.
 */
#ifndef CONFIG_INMATE_BASE
#define CONFIG_INMATE_BASE 0
#endif
#define STACK_SIZE 0x1000

ENTRY(_start)

PHDRS
{
	text PT_LOAD FLAGS(5);
	data PT_LOAD FLAGS(6);
}

SECTIONS
{
	. = CONFIG_INMATE_BASE;
	__image_start = .;
	.boot : { KEEP(*(.boot)) } :text
	ASSERT(. <= CONFIG_INMATE_BASE + 0x1000, "the boot code reaches into the command line")

	. = CONFIG_INMATE_BASE + 0x1000;
	.cmdline : { KEEP(*(.cmdline)) } :text
	.text : { *(.text .text.*) } :text
	.rodata : { *(.rodata .rodata.*) } :text

	/* The initial values stay pristine in the image; start.S copies them to their place. */
	. = ALIGN(16);
	__data_image = .;
	. = . + SIZEOF(.data);
	.data : AT(__data_image) {
		__data_start = .;
		*(.data .data.*)
		. = ALIGN(16);
		__data_end = .;
	} :data

	.bss (NOLOAD) : {
		. = ALIGN(16);
		__bss_start = .;
		*(.bss .bss.* COMMON)
		. = ALIGN(16);
		__bss_end = .;
		. = . + STACK_SIZE;
		__stack_top = .;
	} :data
	__heap_start = .;

	/DISCARD/ : { *(.note*) *(.comment) *(.eh_frame*) *(.ARM.*) }
}
