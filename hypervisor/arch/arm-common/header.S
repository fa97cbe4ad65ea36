/* SPDX-License-Identifier: GPL-2.0-only */
/* The header of the image (<jailhouse/image.h>). */
#include <asm-offsets.h>

	.section .header, "a"
	.globl	image_header
image_header:
	.ascii	"JHIMAGE2"
	.long	IMAGE_ARCHITECTURE
	.long	0
	.long	__image_end - image_header
	.long	__data_end - image_header
	.long	PERCPU_SIZE
	.long	enter_el2 - image_header
	.long	console_page - image_header
	.long	report_page - image_header
	.long	64 * 4096
	.skip	4 * 3 + 8 * 4
