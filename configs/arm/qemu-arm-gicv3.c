/* SPDX-License-Identifier: GPL-2.0-only */
/* As qemu-arm, for -machine virt,gic-version=3. Its cells are the same. */
#define GIC_VERSION 3
#include "qemu-arm.c"
