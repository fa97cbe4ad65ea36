// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/devices/jailhouse/cells/ID: one cell, its state, its CPUs and their counters.
 *
 * Attributes run without jailhouse_lock, maybe after the cell or the core is gone. They hold the core's gate while they ask.
 */
#include <linux/cpumask.h>
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/stringify.h>
#include <linux/sysfs.h>
#include <jailhouse/hypercall.h>
#include "arch.h"
#include "cell.h"
#include "core.h"
#include "sysfs.h"
#include "sysfs_cell.h"

/* statistics/cpuN */
struct cpu_dir {
	struct kobject kobj;
	struct list_head entry; /* in cell->cpu_dirs */
	unsigned int cpu;
};

static struct cell *to_cell(struct kobject *kobj)
{
	return container_of(kobj, struct cell, kobj);
}

static struct cpu_dir *to_cpu_dir(struct kobject *kobj)
{
	return container_of(kobj, struct cpu_dir, kobj);
}

/*
 * Attributes of a cell
 */

static ssize_t name_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", to_cell(kobj)->name);
}

static const char *state_name(int state)
{
	switch (state) {
	case JAILHOUSE_CELL_RUNNING:
		return "running";
	case JAILHOUSE_CELL_RUNNING_LOCKED:
		return "running/locked";
	case JAILHOUSE_CELL_SHUT_DOWN:
		return "shut down";
	case JAILHOUSE_CELL_FAILED:
		return "failed";
	case JAILHOUSE_CELL_FAILED_COMM_REV:
		return "Comm ABI mismatch";
	default:
		return "invalid";
	}
}

static ssize_t state_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	int state = -ENOENT;

	if (core_gate_enter()) {
		state = core_cell_state(to_cell(kobj)->id);
		core_gate_leave();
	}
	return sysfs_emit(buf, "%s\n", state_name(state));
}

static ssize_t cpus_assigned_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%*pb\n", cpumask_pr_args(&to_cell(kobj)->cpus));
}

static ssize_t cpus_assigned_list_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%*pbl\n", cpumask_pr_args(&to_cell(kobj)->cpus));
}

static void find_failed(const struct cell *cell, struct cpumask *failed)
{
	unsigned int cpu;

	cpumask_clear(failed);
	if (!core_gate_enter())
		return;
	for_each_cpu (cpu, &cell->cpus)
		if (core_cpu_info(cpu, JAILHOUSE_CPU_INFO_STATE) == JAILHOUSE_CPU_FAILED)
			cpumask_set_cpu(cpu, failed);
	core_gate_leave();
}

static ssize_t failed_show(const struct cell *cell, const char *format, char *buf)
{
	struct cpumask *failed = kmalloc(sizeof(*failed), GFP_KERNEL);
	ssize_t len;

	if (!failed)
		return -ENOMEM;
	find_failed(cell, failed);
	len = sysfs_emit(buf, format, cpumask_pr_args(failed));
	kfree(failed);
	return len;
}

static ssize_t cpus_failed_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return failed_show(to_cell(kobj), "%*pb\n", buf);
}

static ssize_t cpus_failed_list_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return failed_show(to_cell(kobj), "%*pbl\n", buf);
}

#define DEFINE_CELL_ATTR(name) static struct kobj_attribute name##_attr = __ATTR_RO(name)

DEFINE_CELL_ATTR(name);
DEFINE_CELL_ATTR(state);
DEFINE_CELL_ATTR(cpus_assigned);
DEFINE_CELL_ATTR(cpus_assigned_list);
DEFINE_CELL_ATTR(cpus_failed);
DEFINE_CELL_ATTR(cpus_failed_list);

static struct attribute *cell_attrs[] = {
	&name_attr.attr,
	&state_attr.attr,
	&cpus_assigned_attr.attr,
	&cpus_assigned_list_attr.attr,
	&cpus_failed_attr.attr,
	&cpus_failed_list_attr.attr,
	NULL,
};
ATTRIBUTE_GROUPS(cell);

static void cell_release(struct kobject *kobj)
{
	struct cell *cell = to_cell(kobj);

	kvfree(cell->regions);
	kfree(cell);
}

static const struct kobj_type cell_type = {
	.sysfs_ops = &kobj_sysfs_ops,
	.default_groups = cell_groups,
	.release = cell_release,
};

/*
 * Counters, of one CPU and of all CPUs of a cell
 */

DEFINE_STATISTIC(total, TOTAL);
DEFINE_STATISTIC(mmio, MMIO);
DEFINE_STATISTIC(management, MANAGEMENT);
DEFINE_STATISTIC(hypercall, HYPERCALL);

static struct attribute *generic_statistics_attrs[] = {
	&statistic_total.attr,
	&statistic_mmio.attr,
	&statistic_management.attr,
	&statistic_hypercall.attr,
	NULL,
};

static const struct attribute_group generic_statistics = { .attrs = generic_statistics_attrs };

static const struct attribute_group *statistics_groups[] = {
	&generic_statistics,
	&arch_statistics,
	NULL,
};

/* Needs the gate. A CPU that has just left for another cell counts as 0. */
static unsigned int read_counter(unsigned int cpu, const struct attribute *attr)
{
	const struct statistic *statistic = container_of(attr, const struct statistic, attr);
	int value = core_cpu_info(cpu, JAILHOUSE_CPU_INFO_STAT_BASE + statistic->number);

	return max(value, 0);
}

/* @kobj is cells/ID/statistics. */
static ssize_t cell_counter_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	const struct cell *cell = to_cell(kobj->parent);
	unsigned long long sum = 0;
	unsigned int cpu;

	if (core_gate_enter()) {
		for_each_cpu (cpu, &cell->cpus)
			sum += read_counter(cpu, attr);
		core_gate_leave();
	}
	return sysfs_emit(buf, "%llu\n", sum);
}

static ssize_t cpu_counter_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	unsigned int value = 0;

	if (core_gate_enter()) {
		value = read_counter(to_cpu_dir(kobj)->cpu, attr);
		core_gate_leave();
	}
	return sysfs_emit(buf, "%u\n", value);
}

static void statistics_release(struct kobject *kobj)
{
	kfree(kobj);
}

static void cpu_dir_release(struct kobject *kobj)
{
	kfree(to_cpu_dir(kobj));
}

static const struct sysfs_ops cell_counter_ops = { .show = cell_counter_show };
static const struct sysfs_ops cpu_counter_ops = { .show = cpu_counter_show };

static const struct kobj_type statistics_type = {
	.sysfs_ops = &cell_counter_ops,
	.default_groups = statistics_groups,
	.release = statistics_release,
};

static const struct kobj_type cpu_dir_type = {
	.sysfs_ops = &cpu_counter_ops,
	.default_groups = statistics_groups,
	.release = cpu_dir_release,
};

static int add_cpu_dir(struct cell *cell, unsigned int cpu)
{
	struct cpu_dir *dir = kzalloc(sizeof(*dir), GFP_KERNEL);
	int err;

	if (!dir)
		return -ENOMEM;
	dir->cpu = cpu;
	err = kobject_init_and_add(&dir->kobj, &cpu_dir_type, cell->statistics, "cpu%u", cpu);
	if (err)
		kobject_put(&dir->kobj);
	else
		list_add_tail(&dir->entry, &cell->cpu_dirs);
	return err;
}

static void remove_cpu_dir(struct cpu_dir *dir)
{
	list_del(&dir->entry);
	kobject_del(&dir->kobj);
	kobject_put(&dir->kobj);
}

static bool has_cpu_dir(const struct cell *cell, unsigned int cpu)
{
	const struct cpu_dir *dir;

	list_for_each_entry (dir, &cell->cpu_dirs, entry)
		if (dir->cpu == cpu)
			return true;
	return false;
}

static int add_cpu_dirs(struct cell *cell)
{
	unsigned int cpu;
	int err = 0;

	for_each_cpu (cpu, &cell->cpus)
		if (!err && !has_cpu_dir(cell, cpu))
			err = add_cpu_dir(cell, cpu);
	return err;
}

static int add_statistics(struct cell *cell)
{
	int err;

	cell->statistics = kzalloc(sizeof(*cell->statistics), GFP_KERNEL);
	if (!cell->statistics)
		return -ENOMEM;
	err = kobject_init_and_add(cell->statistics, &statistics_type, &cell->kobj, "statistics");
	return err ?: add_cpu_dirs(cell);
}

/*
 * What sysfs.h promises
 */

void sysfs_cell_init(struct cell *cell)
{
	INIT_LIST_HEAD(&cell->cpu_dirs);
	kobject_init(&cell->kobj, &cell_type);
}

int sysfs_cell_add(struct cell *cell)
{
	int err = kobject_add(&cell->kobj, sysfs_cells, "%u", cell->id);

	if (err)
		return err;
	err = add_statistics(cell);
	if (err)
		sysfs_cell_remove(cell);
	return err;
}

void sysfs_cell_remove(struct cell *cell)
{
	struct cpu_dir *dir, *next;

	list_for_each_entry_safe (dir, next, &cell->cpu_dirs, entry)
		remove_cpu_dir(dir);
	if (cell->statistics) {
		kobject_del(cell->statistics);
		kobject_put(cell->statistics);
		cell->statistics = NULL;
	}
	kobject_del(&cell->kobj);
}

void sysfs_cell_update_cpus(struct cell *cell)
{
	struct cpu_dir *dir, *next;

	list_for_each_entry_safe (dir, next, &cell->cpu_dirs, entry)
		if (!cpumask_test_cpu(dir->cpu, &cell->cpus))
			remove_cpu_dir(dir);
	add_cpu_dirs(cell);
}
