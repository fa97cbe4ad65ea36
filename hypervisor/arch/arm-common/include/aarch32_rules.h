/* SPDX-License-Identifier: GPL-2.0-only */
/* Trapped instructions of AArch32 state: are they executed, and what may they reach? Pure. */
#ifndef AARCH32_RULES_H
#define AARCH32_RULES_H

#include <asm/el2_regs.h>

/* Coprocessor accesses in terms of the syndrome (DDI 0487, D17.2.37; DDI 0406C, B3.13.6) */
#define CP_READ                     BIT64(0)
#define CP_RT(esr)                  FIELD(MASK64(9, 5), esr)
#define CP_RT2(esr)                 FIELD(MASK64(14, 10), esr)
#define CP_64(opc1, crm)            (((opc1) << 16) | ((crm) << 1))
#define CP_32(opc1, crn, crm, opc2) (((opc2) << 17) | ((opc1) << 14) | ((crn) << 10) | ((crm) << 1))

/** Does the condition hold with these flags (N, Z, C, V from bit 3 down)? */
bool aarch32_condition_holds(u32 cond, u32 flags);

/** The SPSR when the instruction it stands before has been executed: what of an IT block is left. */
u64 aarch32_advance_it(u64 spsr);

/** What an access to coprocessor 14 or 15 that a syndrome describes comes to. */
enum cp_rule {
	CP_FORBIDDEN,
	CP_ZERO, /* reads as zero, writes are ignored */
	CP_ICC_SRE, /* reads as what cannot be changed, writes are ignored */
	CP_ACTLR, /* reads from hardware, writes are ignored */
	CP_L2CTLR, /* the same, read only */
	CP_SGI1R, /* sends SGIs; 64 bits, write only */
};
enum cp_rule cp_rule_of(u64 esr);

#endif
