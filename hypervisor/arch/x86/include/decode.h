/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * x86 instructions that move data from or to memory, for accesses that the core carries out. Pure.
 *
 * Known are MOV between memory and a general purpose register or an immediate value, MOVZX, MOVSX,
 * MOVSXD, STOS and MOVS, the latter two also with REP. Registers are numbered as in instructions
 * (RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8 to R15).
 */
#ifndef DECODE_H
#define DECODE_H

#include <jailhouse/types.h>

#define REG_RAX 0
#define REG_RCX 1
#define REG_RDX 2
#define REG_RBX 3
#define REG_RSP 4
#define REG_RBP 5
#define REG_RSI 6
#define REG_RDI 7

#define X86_MAX_INSTRUCTION 15 /* bytes */

/** As in instructions. In 64-bit mode the base of all but FS and GS counts as 0. */
enum x86_segment { X86_ES, X86_CS, X86_SS, X86_DS, X86_FS, X86_GS };

#define X86_NO_REG 0xff

/** Where an operand in memory is. */
struct x86_address {
	u8 segment;
	u8 size; /* the address wraps around at so many bytes: 2, 4 or 8 */
	u8 base, index; /* registers or X86_NO_REG */
	u8 shift; /* the index counts 1 << shift times: 0 to 3 */
	bool rip_relative; /* to the next instruction; no base, no index */
	u64 displacement; /* sign-extended */
};

enum x86_kind {
	X86_LOAD, /* memory to register */
	X86_STORE, /* register or immediate value to memory */
	X86_COPY, /* memory to memory: MOVS */
};

struct x86_access {
	u8 length; /* of the instruction: 1 to 15 bytes */
	u8 kind; /* enum x86_kind */
	u8 size; /* of the access: 1, 2, 4 or 8 bytes */
	struct x86_address memory; /* copies: what is written */
	struct x86_address source; /* copies only: what is read */

	/* The other operand of loads and stores. */
	u8 reg; /* X86_NO_REG: the value is immediate (or there is none, copies) */
	bool high_byte; /* bits 15:8 of the register: AH, CH, DH, BH */
	u8 reg_size; /* loads: bytes of the register that change; 4 clears the upper half */
	bool sign_extend; /* loads: from size to reg_size; otherwise zeros are filled in */
	u64 immediate; /* sign-extended */

	/* STOS and MOVS: x86_string_step() is due after each access. */
	bool string;
	bool repeat; /* RCX times. If that is 0, there is no access at all. */
};

/**
 * Decode the instruction that begins at bytes, of which available (any number) can be read. bits: 16, 32 or 64,
 * as the guest's code segment says. False if it is anything else, or longer than what is available or than 15 bytes.
 */
bool x86_decode_access(const u8 *bytes, u32 available, u32 bits, struct x86_access *access);

/** Offset of the operand in its segment; next_rip: address of the instruction plus its length. */
u64 x86_effective_address(const struct x86_address *address, const u64 regs[16], u64 next_rip);

/** The value that a store (nothing else) writes, zero-extended from its size. */
u64 x86_read_operand(const struct x86_access *access, const u64 regs[16]);

/** Put what a load (nothing else) has read into its register. Bits of value beyond the access are ignored. */
void x86_write_operand(const struct x86_access *access, u64 regs[16], u64 value);

/**
 * Move the registers of a string instruction on by one access; backwards: the direction flag is set.
 * True if the instruction is complete with that, false if it shall be executed again from its start.
 */
bool x86_string_step(const struct x86_access *access, u64 regs[16], bool backwards);

#endif
