// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/devices/jailhouse: what there is apart from cells.
 *
 * No attribute takes jailhouse_lock (see device.h); those that ask the core hold its gate.
 */
#include <linux/device.h>
#include <linux/kobject.h>
#include <linux/pci.h>
#include <jailhouse/hypercall.h>
#include "console.h"
#include "core.h"
#include "device.h"
#include "sysfs.h"
#include "sysfs_cell.h"

struct device *jailhouse_root;
struct kobject *sysfs_cells;

static ssize_t console_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return console_snapshot(buf, PAGE_SIZE);
}
static DEVICE_ATTR(console, 0400, console_show, NULL);

static ssize_t enabled_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", core_active());
}
static DEVICE_ATTR_RO(enabled);

/* 0 while there is no core. */
static ssize_t info_show(char *buf, unsigned int type)
{
	int value = 0;

	if (core_gate_enter()) {
		value = core_info(type);
		core_gate_leave();
	}
	return value < 0 ? value : sysfs_emit(buf, "%d\n", value);
}

#define DEFINE_INFO(name, type)                                                                  \
	static ssize_t name##_show(struct device *dev, struct device_attribute *attr, char *buf) \
	{                                                                                        \
		return info_show(buf, JAILHOUSE_INFO_##type);                                    \
	}                                                                                        \
	static DEVICE_ATTR_RO(name)

DEFINE_INFO(mem_pool_size, MEM_POOL_SIZE);
DEFINE_INFO(mem_pool_used, MEM_POOL_USED);
DEFINE_INFO(remap_pool_size, REMAP_POOL_SIZE);
DEFINE_INFO(remap_pool_used, REMAP_POOL_USED);

static bool get_dma_faults(struct jailhouse_dma_faults *faults)
{
	bool there = false;

	if (core_gate_enter()) {
		there = core_dma_faults(faults);
		core_gate_leave();
	}
	return there;
}

static ssize_t dma_faults_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct jailhouse_dma_faults faults;

	return sysfs_emit(buf, "%u\n", get_dma_faults(&faults) ? faults.count : 0);
}
static DEVICE_ATTR_RO(dma_faults);

static ssize_t dma_fault_last_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	static const char *const kinds[] = {
		[JAILHOUSE_DMA_FAULT_READ] = "read",
		[JAILHOUSE_DMA_FAULT_WRITE] = "write",
		[JAILHOUSE_DMA_FAULT_INTERRUPT] = "interrupt",
		[JAILHOUSE_DMA_FAULT_OTHER] = "other",
	};
	struct jailhouse_dma_faults faults;

	if (!get_dma_faults(&faults) || !faults.count)
		return 0;
	return sysfs_emit(buf, "%02x:%02x.%x 0x%llx %s\n", faults.device >> 8,
			  PCI_SLOT(faults.device), PCI_FUNC(faults.device), faults.address,
			  faults.kind < ARRAY_SIZE(kinds) ? kinds[faults.kind] : "unknown");
}
static DEVICE_ATTR_RO(dma_fault_last);

static struct attribute *attributes[] = {
	&dev_attr_console.attr,
	&dev_attr_dma_fault_last.attr,
	&dev_attr_dma_faults.attr,
	&dev_attr_enabled.attr,
	&dev_attr_mem_pool_size.attr,
	&dev_attr_mem_pool_used.attr,
	&dev_attr_remap_pool_size.attr,
	&dev_attr_remap_pool_used.attr,
	NULL,
};

static const struct attribute_group group = { .attrs = attributes };

int sysfs_init(void)
{
	int err;

	jailhouse_root = root_device_register("jailhouse");
	if (IS_ERR(jailhouse_root))
		return PTR_ERR(jailhouse_root);
	err = sysfs_create_group(&jailhouse_root->kobj, &group);
	if (err)
		goto unregister;
	sysfs_cells = kobject_create_and_add("cells", &jailhouse_root->kobj);
	if (sysfs_cells)
		return 0;

	err = -ENOMEM;
	sysfs_remove_group(&jailhouse_root->kobj, &group);
unregister:
	root_device_unregister(jailhouse_root);
	return err;
}

void sysfs_exit(void)
{
	kobject_put(sysfs_cells);
	sysfs_remove_group(&jailhouse_root->kobj, &group);
	root_device_unregister(jailhouse_root);
}
