/* SPDX-License-Identifier: GPL-2.0-only */
/* A guest on the calling CPU (fakes/guest.c), for what exits lead to. */
#ifndef GUEST_H
#define GUEST_H

#include "../unit.h"
#include <vcpu.h>

struct fake_guest {
	struct vcpu_mode mode;
	struct guest_regs regs;
	u64 segment_base[6];
	u8 bytes[16]; /* of the instruction that trapped, as the CPU saw them */
	u32 num_bytes;
	u64 pat;
	u32 skipped; /* bytes */
	u32 raised; /* vector of an exception; 0: none */
	u64 fault_address; /* of a page fault, and its error code */
	u32 fault_error;
	u32 violations;
	char violation[128];
};
extern struct fake_guest guest;

/* Guest-physical: the same RAM to be read and written, only read, and as if it were a device's. */
#define GUEST_RAM    0x100000
#define GUEST_ROM    0x200000
#define GUEST_DEVICE 0x300000
#define RAM_PAGE(n)  (GUEST_RAM + PAGE_SIZE * (n))
#define RAM_PAGES    (FAKE_DEVICE_SIZE / PAGE_SIZE)

/** CPU 0, in a cell that has that and nothing more; real mode, all registers 0. */
struct cell *set_up_guest(void);
void *ram_at(u64 address);
/** Write an entry of a table of the guest's. */
void put_entry64(u64 table, u32 index, u64 entry);
void put_entry32(u64 table, u32 index, u32 entry);
/** 64-bit code with tables, in the last two pages of the RAM, that map the lowest 4 GiB to themselves. */
void enter_long_mode(void);

#endif
