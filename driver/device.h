/* SPDX-License-Identifier: GPL-2.0-only */
/* What the device file offers to the rest of the module. */
#ifndef DRIVER_DEVICE_H
#define DRIVER_DEVICE_H

#include <linux/mutex.h>
#include <linux/types.h>

struct device;

/*
 * Held during every request, and outermost: over the list of cells, over what is enabled, over CPUs going offline and
 * online. Never taken by sysfs attributes, because removing them waits for those that are running.
 */
extern struct mutex jailhouse_lock;

/* /sys/devices/jailhouse */
extern struct device *jailhouse_root;

/* Does any driver own the misc device with that minor number? */
bool misc_minor_in_use(unsigned int minor);

#endif
