/* SPDX-License-Identifier: GPL-2.0-only */
/* Registers of which the guest's modes have their own (DDI 0406C, B1.3.2). */
#ifndef BANKED_H
#define BANKED_H

#include <asm/sysregs.h>

/* clang-format off */
/** do(mode, number, name) for each register but SPSRs; system mode has user mode's. */
#define FOR_EACH_BANKED(do) \
	do(MODE_USR, 13, sp_usr) \
	do(MODE_FIQ, 8, r8_fiq) do(MODE_FIQ, 9, r9_fiq) do(MODE_FIQ, 10, r10_fiq) do(MODE_FIQ, 11, r11_fiq) \
	do(MODE_FIQ, 12, r12_fiq) do(MODE_FIQ, 13, sp_fiq) do(MODE_FIQ, 14, lr_fiq) \
	do(MODE_IRQ, 13, sp_irq) do(MODE_IRQ, 14, lr_irq) \
	do(MODE_SVC, 13, sp_svc) do(MODE_SVC, 14, lr_svc) \
	do(MODE_ABT, 13, sp_abt) do(MODE_ABT, 14, lr_abt) \
	do(MODE_UND, 13, sp_und) do(MODE_UND, 14, lr_und)
/* clang-format on */

#define read_banked(name)         READ_AS(BANKED(name))
#define write_banked(value, name) WRITE_AS(value, BANKED(name))

#endif
