// SPDX-License-Identifier: GPL-2.0-only
#include <cpu.h>
#include <errno.h>
#include <hypercalls.h>
#include <page_pool.h>
#include <printk.h>
#include <setup.h>

/* Held by the one CPU that creates, starts, stops or destroys a cell. */
static spinlock_t management_lock;

static long get_info(u64 type)
{
	switch (type) {
	case JAILHOUSE_INFO_MEM_POOL_SIZE:
		return mem_pool.pages;
	case JAILHOUSE_INFO_MEM_POOL_USED:
		return mem_pool.used;
	case JAILHOUSE_INFO_REMAP_POOL_SIZE:
		return remap_pool.pages;
	case JAILHOUSE_INFO_REMAP_POOL_USED:
		return remap_pool.used;
	case JAILHOUSE_INFO_NUM_CELLS:
		return num_cells;
	default:
		return -EINVAL;
	}
}

/** On a CPU of the root cell: these are suspended while the list of cells changes. */
static bool cpu_exists(u64 cpu)
{
	const struct cell *cell;

	if (cpu < MAX_CPUS)
		for_each_cell (cell)
			if (bit_test(cell->cpus, cpu))
				return true;
	return false;
}

static long cpu_get_info(u64 cpu, u64 type)
{
	const struct cpu_public *target;

	/* A cell may ask for its own CPUs only, and learns nothing about which others there are. */
	if (this_cell() != &root_cell) {
		if (cpu >= MAX_CPUS || !bit_test(this_cell()->cpus, cpu))
			return -EPERM;
	} else if (!cpu_exists(cpu)) {
		return -EINVAL;
	}
	target = cpu_public(cpu);
	if (type == JAILHOUSE_CPU_INFO_STATE)
		return target->power == CPU_FAILED ? JAILHOUSE_CPU_FAILED : JAILHOUSE_CPU_RUNNING;
	if (type >= JAILHOUSE_CPU_INFO_STAT_BASE && type - JAILHOUSE_CPU_INFO_STAT_BASE < CPU_STATS)
		return target->stats[type - JAILHOUSE_CPU_INFO_STAT_BASE] & JAILHOUSE_CPU_STAT_MASK;
	return -EINVAL;
}

static long debug_console_putc(char c)
{
	if (!CELL_FLAGS_VIRTUAL_CONSOLE_PERMITTED(this_cell()->config->flags))
		return -EPERM;
	console_write(&c, 1);
	return 0;
}

static long manage_locked(u32 code, u64 arg)
{
	switch (code) {
	case JAILHOUSE_HC_CELL_CREATE:
		return cell_create(arg);
	case JAILHOUSE_HC_CELL_START:
		return cell_start(arg);
	case JAILHOUSE_HC_CELL_SET_LOADABLE:
		return cell_set_loadable(arg);
	default:
		return cell_destroy(arg);
	}
}

/** Calls for the root cell only, those that change something one at a time. */
static long manage(u32 code, u64 arg)
{
	long result;

	if (this_cell() != &root_cell)
		return -EPERM;
	if (code == JAILHOUSE_HC_DISABLE)
		return shutdown_cpu();
	if (code == JAILHOUSE_HC_CELL_GET_STATE)
		return cell_get_state(arg);
	if (!spin_trylock(&management_lock))
		return -EBUSY;
	result = manage_locked(code, arg);
	spin_unlock(&management_lock);
	return result;
}

long hypercall(u32 code, u64 arg1, u64 arg2)
{
	switch (code) {
	case JAILHOUSE_HC_DISABLE:
	case JAILHOUSE_HC_CELL_CREATE:
	case JAILHOUSE_HC_CELL_START:
	case JAILHOUSE_HC_CELL_SET_LOADABLE:
	case JAILHOUSE_HC_CELL_DESTROY:
	case JAILHOUSE_HC_CELL_GET_STATE:
		return manage(code, arg1);
	case JAILHOUSE_HC_HYPERVISOR_GET_INFO:
		return get_info(arg1);
	case JAILHOUSE_HC_CPU_GET_INFO:
		return cpu_get_info(arg1, arg2);
	case JAILHOUSE_HC_DEBUG_CONSOLE_PUTC:
		return debug_console_putc(arg1);
	default:
		return -ENOSYS;
	}
}
