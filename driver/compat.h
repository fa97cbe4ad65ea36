/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Differences between the kernels this module is built for (6.1 to 6.15). Nothing outside this file looks at
 * LINUX_VERSION_CODE. The rest of the module keeps to exported symbols that all of them have.
 */
#ifndef DRIVER_COMPAT_H
#define DRIVER_COMPAT_H

#include <linux/device.h>
#include <linux/device/class.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "Linux 6.1 or newer is needed"
#endif

/* Classes, and what points to them, became const in 6.4. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
typedef struct class compat_class;
#else
typedef const struct class compat_class;
#endif

#endif
