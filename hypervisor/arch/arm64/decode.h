/* SPDX-License-Identifier: GPL-2.0-only */
/* A64 loads and stores that the hardware does not describe in the syndrome. Pure. */
#ifndef DECODE_H
#define DECODE_H

#include <jailhouse/types.h>

/** A load or store of one or two general purpose registers. */
struct a64_access {
	bool is_write;
	bool sign_extend; /* loads: to 64 bits, or to 32 if to_32 */
	bool to_32; /* the upper half of the register is cleared */
	u8 size; /* bytes of each register's access */
	u8 count; /* 1 or 2 registers, at rising addresses */
	u8 rt[2]; /* 31: zero register */
	u8 rn; /* base register, 31: stack pointer */
	bool register_offset; /* the address is formed with a register: only the fault tells it */
	bool post_index; /* the access is at the base, not at base + offset */
	bool write_back; /* base + offset goes to the base register */
	s64 offset;
};

/** False if the instruction is anything else: vector, exclusive, atomic, literal, unallocated. */
bool a64_decode_access(u32 instruction, struct a64_access *access);

#endif
