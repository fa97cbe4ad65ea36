// SPDX-License-Identifier: GPL-2.0-only
/* CPUs that leave Linux for a cell, and come back. */
#include <linux/cpu.h>
#include <linux/printk.h>
#include "cell.h"
#include "device.h"

int cell_cpus_check(struct reason *why, const struct cell *cell)
{
	const struct cell *root = cell_root();
	unsigned int cpu;

	if (cpumask_empty(&cell->cpus))
		return refuse(why, -EINVAL, "cell \"%s\" has no CPU", cell->name);
	for_each_cpu (cpu, &cell->cpus)
		if (!cpumask_test_cpu(cpu, &root->cpus))
			return refuse(why, -EBUSY, "CPU %u is not in the root cell", cpu);
	/* Linux has to go on somewhere. */
	for_each_cpu (cpu, cpu_online_mask)
		if (!cpumask_test_cpu(cpu, &cell->cpus))
			return 0;
	return refuse(why, -EBUSY, "cell \"%s\" would leave no online CPU to the root cell",
		      cell->name);
}

int cell_cpus_take(struct reason *why, struct cell *cell)
{
	unsigned int cpu;
	int err;

	for_each_cpu (cpu, &cell->cpus) {
		if (!cpu_online(cpu))
			continue;
		/* Positive, with nothing done: it is said to be offline already, and may have become so just now. */
		err = remove_cpu(cpu);
		if (err == 0)
			cpumask_set_cpu(cpu, &cell->taken);
		if (cpu_online(cpu)) {
			cell_cpus_give_back(cell);
			err = err < 0 ? err : -EBUSY;
			return refuse(why, err, "CPU %u cannot be taken offline, error %d", cpu,
				      err);
		}
		pr_debug("jailhouse: CPU %u is offline\n", cpu);
	}
	return 0;
}

void cell_cpus_give_back(struct cell *cell)
{
	unsigned int cpu;
	int err;

	for_each_cpu (cpu, &cell->taken) {
		/* Positive: somebody was faster. */
		err = add_cpu(cpu);
		if (err < 0)
			pr_err("jailhouse: CPU %u does not come back online, error %d\n", cpu, err);
	}
	cpumask_clear(&cell->taken);
}
