/* SPDX-License-Identifier: GPL-2.0-only */
/* Included before everything else: all symbols are the core's own, and are addressed relative to the instruction pointer. */
#pragma GCC visibility push(hidden)
