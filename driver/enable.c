// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handing the machine to the core, and taking it back.
 *
 * Both happen below stop_machine(): all online CPUs are in a thread, with interrupts off, at the same time, and call the core
 * from there. CPUs can neither come nor go from the first look at them to the end.
 */
#include <linux/atomic.h>
#include <linux/cpu.h>
#include <linux/err.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/stop_machine.h>
#include <jailhouse/hypercall.h>
#include "arch.h"
#include "cell.h"
#include "config_check.h"
#include "console.h"
#include "core.h"
#include "enable.h"
#include "image.h"
#include "ram_check.h"

/* The core that is running; all zero while there is none. Needs jailhouse_lock. */
static struct core_image core;

/* What the CPUs do together. */
struct crossing {
	phys_addr_t entry;
	atomic_t result; /* the first that is not 0 */
};

static void crossing_note(struct crossing *crossing, int result)
{
	if (result)
		atomic_cmpxchg(&crossing->result, 0, result);
}

static int enter_cpu(void *data)
{
	struct crossing *crossing = data;

	crossing_note(crossing, arch_enter_core(crossing->entry, smp_processor_id()));
	return 0;
}

static int leave_cpu(void *data)
{
	crossing_note(data, arch_leave_core());
	return 0;
}

/* Run @step on all online CPUs at once. Returns what they agree on: 0 or a negative errno. */
static int cross(int (*step)(void *data), phys_addr_t entry)
{
	struct crossing crossing = { .entry = entry, .result = ATOMIC_INIT(0) };
	int err;

	err = stop_machine(step, &crossing, cpu_online_mask);
	return err ?: atomic_read(&crossing.result);
}

/* Every CPU of the root cell is online, and none else is. Hotplug is disabled. */
static int check_root_cpus(struct reason *why, const struct cpumask *cpus)
{
	unsigned int cpu;

	for_each_cpu (cpu, cpus)
		if (!cpu_online(cpu))
			return refuse(
				why, -EBUSY,
				"CPU %u is in the root cell's configuration, but it is offline",
				cpu);
	for_each_cpu (cpu, cpu_online_mask)
		if (!cpumask_test_cpu(cpu, cpus))
			return refuse(why, -EINVAL,
				      "CPU %u is online, but not in the root cell's configuration",
				      cpu);
	return 0;
}

static bool console_readable(const struct jailhouse_system *config)
{
	return config->flags & JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE;
}

/* The core is loaded. Nobody is inside the gate. */
static int enter(struct reason *why, const struct jailhouse_system *config)
{
	int err;

	core_set_report(core.report);
	pr_debug("jailhouse: entering the core at %pa\n", &core.entry);
	err = cross(enter_cpu, core.entry);
	if (err) {
		image_sync_pages(&core);
		err = core_refused(why, err, 0, "entering the hypervisor");
	}
	/* Even a refusal may have left an explanation on the console. */
	console_start(console_readable(config) ? core.console : NULL);
	if (err) {
		console_stop();
		core_set_report(NULL);
	}
	return err;
}

static int load_and_enter(struct reason *why, const struct jailhouse_system *config,
			  const struct cpumask *cpus)
{
	int err;

	err = image_load(&core, why, config, cpumask_last(cpus) + 1, cpumask_weight(cpus));
	if (err)
		return err;
	core_gate_close();
	err = enter(why, config);
	core_gate_open(!err);
	if (err)
		image_unmap(&core);
	else
		image_entered(&core);
	return err;
}

static struct cell *alloc_root(struct reason *why, const struct jailhouse_system *config)
{
	struct cpumask *cpus = kmalloc(sizeof(*cpus), GFP_KERNEL);
	struct cell *root = NULL;
	unsigned int bad;

	if (!cpus)
		return ERR_PTR(refuse(why, -ENOMEM, "no memory for the root cell"));
	if (config_cpus(&config->root_cell, cpus, &bad)) {
		kfree(cpus);
		return ERR_PTR(refuse(
			why, -EINVAL,
			"CPU %u is in the root cell's configuration, but this machine has no such CPU",
			bad));
	}
	root = cell_alloc(&config->root_cell, ROOT_CELL_ID, cpus);
	kfree(cpus);
	return root ?: ERR_PTR(refuse(why, -ENOMEM, "no memory for the root cell"));
}

static int enable_with_root(struct reason *why, const struct jailhouse_system *config,
			    struct cell *root)
{
	int err;

	ram_warn_uncovered(&config->root_cell);
	cpu_hotplug_disable();
	err = check_root_cpus(why, &root->cpus);
	if (!err)
		err = load_and_enter(why, config, &root->cpus);
	cpu_hotplug_enable();
	return err;
}

static int enable_with(struct reason *why, const struct jailhouse_system *config)
{
	struct cell *root = alloc_root(why, config);
	int err;

	if (IS_ERR(root))
		return PTR_ERR(root);
	/* What could fail afterwards comes before. Until the core is there, the cell reads "invalid". */
	err = cell_add(root);
	if (err) {
		cell_put(root);
		return refuse(why, err, "the root cell cannot be shown in sysfs, error %d", err);
	}
	err = enable_with_root(why, config, root);
	if (err) {
		cell_remove(root);
		return err;
	}
	/* The module stays as long as the core: each request comes through an open file, so it is there now. */
	__module_get(THIS_MODULE);
	pr_info("The Jailhouse is opening.\n");
	return 0;
}

int jailhouse_enable(struct reason *why, const void __user *from)
{
	struct jailhouse_system *config;
	int err;

	if (core_active())
		return refuse(why, -EBUSY, "the hypervisor is enabled already");
	config = config_copy_system(why, from);
	if (IS_ERR(config))
		return PTR_ERR(config);
	err = arch_check_machine(why);
	if (!err)
		err = enable_with(why, config);
	kvfree(config);
	return err;
}

/* The root cell is alone, and all its CPUs can take part. Hotplug is disabled. */
static int check_disable(struct reason *why)
{
	const struct cell *root = cell_root();
	const struct cell *other = list_next_entry(root, entry);
	unsigned int cpu;

	if (!list_is_last(&root->entry, &cells))
		return refuse(why, -EBUSY, "cell \"%s\" still exists", other->name);
	for_each_cpu (cpu, &root->cpus)
		if (!cpu_online(cpu))
			return refuse(why, -EBUSY, "CPU %u of the root cell is offline", cpu);
	return 0;
}

/* Nobody is inside the gate. */
static int leave(struct reason *why)
{
	u32 sequence = core_report_sequence();
	int err = cross(leave_cpu, 0);

	if (err)
		return core_refused(why, err, sequence, "disabling the hypervisor");
	/* The last words were written with the caches off. */
	image_sync_pages(&core);
	console_stop();
	core_set_report(NULL);
	image_unmap(&core);
	return 0;
}

static int check_and_leave(struct reason *why)
{
	int err = check_disable(why);

	if (err)
		return err;
	core_gate_close();
	err = leave(why);
	core_gate_open(err);
	return err;
}

int jailhouse_disable(struct reason *why)
{
	int err;

	if (!core_active())
		return refuse(why, -EINVAL, "the hypervisor is not enabled");
	cpu_hotplug_disable();
	err = check_and_leave(why);
	cpu_hotplug_enable();
	if (err)
		return err;

	cell_remove(cell_root());
	module_put(THIS_MODULE);
	pr_info("The Jailhouse was closed.\n");
	return 0;
}

static void online_root_cpus(void)
{
	unsigned int cpu;

	for_each_cpu (cpu, &cell_root()->cpus)
		if (!cpu_online(cpu))
			add_cpu(cpu);
}

void jailhouse_shutdown(void)
{
	if (!core_active())
		return;
	cell_destroy_all();
	online_root_cpus();
	jailhouse_disable(NULL);
}
