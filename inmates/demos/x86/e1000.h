/* SPDX-License-Identifier: GPL-2.0-only */
/* A small driver for Intel's 82574L (8086:10d3), polling, with one ring for each direction. */
#ifndef JAILHOUSE_DEMOS_E1000_H
#define JAILHOUSE_DEMOS_E1000_H

#include <inmate.h>

#define E1000_FRAME_MAX 1518

/** Looks for the device and switches it on. Returns whether there is one. */
bool e1000_init(void);

/** Resets the device: from now on it touches no memory. */
void e1000_stop(void);

bool e1000_link_up(void);

/** Copies the 6 bytes of its MAC address. */
void e1000_get_mac(u8 *mac);

/** Hands a frame to the device and waits for up to 0.1 s. Returns whether it was sent. */
bool e1000_send(const void *frame, unsigned int len);

/** Sends what lies at an address that need not be the cell's. Returns as above. */
bool e1000_send_from(u64 address, unsigned int len);

/** Copies a received frame of E1000_FRAME_MAX bytes at most. Returns its length, or 0. */
unsigned int e1000_receive(void *frame);

/** Receives further frames to an address that need not be the cell's. */
void e1000_receive_to(u64 address);

#endif
