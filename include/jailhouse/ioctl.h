/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Requests to the driver on /dev/jailhouse, for Linux modules and programs.
 */
#ifndef JAILHOUSE_IOCTL_H
#define JAILHOUSE_IOCTL_H

#include <linux/ioctl.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/types.h>

#define JAILHOUSE_DEVICE "/dev/jailhouse"

#define JAILHOUSE_CELL_ID_NAMELEN JAILHOUSE_CELL_NAME_MAXLEN
/* Look the cell up by its name. */
#define JAILHOUSE_CELL_ID_UNUSED  (-1)

struct jailhouse_cell_create {
	__u64 config_address;
	__u32 config_size;
	__u32 padding;
};

struct jailhouse_preload_image {
	__u64 source_address;
	__u64 size;
	__u64 target_address; /* in the cell's physical address space */
	__u64 padding;
};

struct jailhouse_cell_id {
	__s32 id; /* or JAILHOUSE_CELL_ID_UNUSED */
	__u32 padding;
	char name[JAILHOUSE_CELL_ID_NAMELEN + 1];
};

struct jailhouse_cell_load {
	struct jailhouse_cell_id cell_id;
	__u32 num_preload_images;
	__u32 padding;
	struct jailhouse_preload_image image[];
};

/* A sentence for a person, NUL-terminated, empty if there is none. */
struct jailhouse_reason {
	char text[256];
};

#define JAILHOUSE_ENABLE       _IOW(0, 0, void *)
#define JAILHOUSE_DISABLE      _IO(0, 1)
#define JAILHOUSE_CELL_CREATE  _IOW(0, 2, struct jailhouse_cell_create)
/* Load images; with none at all the cell is just shut down, so that it can be loaded. */
#define JAILHOUSE_CELL_LOAD    _IOW(0, 3, struct jailhouse_cell_load)
#define JAILHOUSE_CELL_START   _IOW(0, 4, struct jailhouse_cell_id)
#define JAILHOUSE_CELL_DESTROY _IOW(0, 5, struct jailhouse_cell_id)
/* Why the last request on this file descriptor failed. */
#define JAILHOUSE_GET_REASON   _IOR(0, 16, struct jailhouse_reason)

#endif
