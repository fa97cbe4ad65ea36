/* SPDX-License-Identifier: GPL-2.0-only */
/* As qemu-arm64, for -machine virt,gic-version=2. Its cells are the same. */
#define GIC_VERSION 2
#include "qemu-arm64.c"
