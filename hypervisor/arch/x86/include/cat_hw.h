/* SPDX-License-Identifier: GPL-2.0-only */
/* Cache allocation: the hardware, which cat.c decides about. */
#ifndef CAT_HW_H
#define CAT_HW_H

#include <jailhouse/types.h>

struct cat_machine {
	u8 ways; /* bits of a mask: 1 to 32; 0: L3 cache cannot be allocated */
	u32 masks; /* mask registers: one for each class of service */
	bool separate; /* code and data can have masks of their own, which takes two registers */
	bool in_use; /* anything is not as after a reset */
};

/** What the calling CPU has. */
void cat_probe(struct cat_machine *machine);

/** Whether registers 2n and 2n + 1 are masks of class n for data and code. Of the calling CPU's L3 cache, as the masks. */
void cat_set_separate(bool separate);

/** mask: contiguous, not empty, and within the ways. */
void cat_write_mask(u32 number, u32 mask);

/** The calling CPU fills the cache as its class says. */
void cat_select(u32 cos);

#endif
