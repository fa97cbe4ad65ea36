/* SPDX-License-Identifier: GPL-2.0-only */
/* Loads and stores that the hardware does not describe in the syndrome. Pure. */
#ifndef DECODE_H
#define DECODE_H

#include <jailhouse/types.h>

/** A load or store of one or two general purpose registers. */
struct decoded_access {
	bool is_write;
	bool sign_extend; /* loads: to the whole register, or to 32 bits if to_32 */
	bool to_32; /* the upper half of the register, if it has one, is cleared */
	u8 size; /* bytes of each register's access */
	u8 count; /* 1 or 2 registers, at rising addresses */
	u8 rt[2]; /* A64, 31: zero register */
	u8 rn; /* base register; A64, 31: stack pointer */
	bool register_offset; /* the address is formed with a register: only the fault tells it */
	bool post_index; /* the access is at the base, not at base + offset */
	bool write_back; /* base + offset goes to the base register */
	s64 offset;
};

/**
 * False if the instruction is anything else: vector, exclusive, atomic, literal, multiple, unallocated. On arm, T32
 * instructions (32 bits, first halfword in the upper half) are told from A32 by t32.
 */
bool decode_access(u32 instruction, bool t32, struct decoded_access *access);

#endif
