// SPDX-License-Identifier: GPL-2.0-only
/*
 * Enabling and disabling the hypervisor. All CPUs run here at the same time, with interrupts off; Linux
 * stands still. The first CPU to arrive does what is done once, the others follow in step.
 */
#include <arch.h>
#include <cell_memory.h>
#include <errno.h>
#include <page_pool.h>
#include <paging.h>
#include <printk.h>
#include <setup.h>
#include <string.h>
#include <uart.h>

struct jailhouse_system *system_config;

static u32 arrived; /* CPUs that entered */
static u32 steps_done; /* sum over the CPUs of the steps they finished */
static int early_error; /* of the first CPU, before the others do anything: all return at once */
static int setup_error; /* first error of any CPU after that; nobody goes on with it */
static spinlock_t setup_lock; /* one CPU at a time */

extern struct jailhouse_console_page console_page;
extern struct jailhouse_report report_page;

/** Finish step n (1, 2, ...) on this CPU; returns when every CPU did. */
static void meet(u32 n)
{
	__atomic_fetch_add(&steps_done, 1, __ATOMIC_ACQ_REL);
	while (__atomic_load_n(&steps_done, __ATOMIC_ACQUIRE) < n * image_header.online_cpus)
		cpu_relax();
}

static int check_configuration(void)
{
	u64 size = system_config->hypervisor_memory.size + HV_BASE - (u64)(uintptr_t)system_config;
	struct machine machine = { .max_cpus = image_header.max_cpus };
	int err;

	if (image_header.max_cpus > MAX_CPUS)
		return refuse(-EINVAL, "CPU numbers reach %u, the limit is %u",
			      image_header.max_cpus - 1, MAX_CPUS - 1);
	arch_describe_machine(&machine);
	err = config_check_system(system_config, size, &machine);
	if (!err && machine.hv_start != hv_phys)
		err = refuse(-EINVAL,
			     "the core was loaded to 0x%llx, the configuration says 0x%llx",
			     (unsigned long long)hv_phys, (unsigned long long)machine.hv_start);
	if (!err && machine.hv_size > HV_REMAP_OFFSET)
		err = refuse(-E2BIG, "the hypervisor memory is larger than 0x%llx bytes",
			     (unsigned long long)HV_REMAP_OFFSET);
	return err ? err : arch_check_system(system_config);
}

/** The register is mapped for the moment only: Linux stands still, and has it. */
static int open_clock_gate(const struct jailhouse_console *console)
{
	void *reg;

	if (!console->clock_reg)
		return 0;
	if (console->gate_nr >= UART_GATES || console->clock_reg % sizeof(u32))
		return refuse(-EINVAL, "the debug console has no clock gate %u at 0x%llx",
			      console->gate_nr, (unsigned long long)console->clock_reg);
	reg = map_device(console->clock_reg, sizeof(u32));
	if (!reg)
		return refuse(-EINVAL, "the debug console's clock gate cannot be mapped");
	uart_open_gate(console, reg);
	unmap_device(reg, sizeof(u32));
	return 0;
}

static int init_console(void)
{
	const struct jailhouse_console *console = &system_config->debug_console;
	void *base = NULL;
	u64 size = 0;
	int err;

	if (console->type == JAILHOUSE_CON_TYPE_NONE)
		return 0;
	err = open_clock_gate(console);
	if (err)
		return err;
	err = uart_memory_size(console, &size);
	if (!err && size)
		base = map_device(console->address, size);
	if (err || (size && !base))
		return refuse(-EINVAL, "the debug console's memory cannot be mapped");
	console_init_uart(console, base);
	return 0;
}

/** The root cell reads the reasons of refusals, and the console if the configuration says so. */
static int map_core_pages_for_root(void)
{
	int err = pt_map(&root_cell.memory, hv_to_phys(&report_page), hv_to_phys(&report_page),
			 PAGE_SIZE, arch_cell_attributes(JAILHOUSE_MEM_READ));

	if (!err && SYS_FLAGS_VIRTUAL_DEBUG_CONSOLE(system_config->flags))
		err = pt_map(&root_cell.memory, hv_to_phys(&console_page),
			     hv_to_phys(&console_page), PAGE_SIZE,
			     arch_cell_attributes(JAILHOUSE_MEM_READ));
	return err;
}

static void print_usage(const char *when)
{
	printk("Page pool usage after %s: mem %u/%u, remap %u/%u\n", when, mem_pool.used,
	       mem_pool.pages, remap_pool.used, remap_pool.pages);
}

/** What the first CPU does before any CPU leaves the boot page tables. */
static int init_early(u32 cpu)
{
	int err;

	system_config = (void *)(uintptr_t)(HV_BASE + image_header.core_size +
					    (u64)image_header.max_cpus * image_header.percpu_size);
	err = check_configuration();
	if (err)
		return err;
	if (paging_init())
		return refuse(-ENOMEM, "hypervisor memory is too small");
	arch_use_final_tables();
	err = init_console();
	if (err)
		return err;
	printk("\nInitializing Jailhouse hypervisor %s on CPU %u\nCode location: 0x%llx\n",
	       core_version, cpu, (unsigned long long)HV_BASE);
	print_usage("early setup");
	printk("Initializing processors:\n");
	return 0;
}

/** What the first CPU does when all are initialized. */
static int init_late(void)
{
	/* Once more, as not all CPUs need be able to do what the first one can. */
	int err = check_configuration();

	if (!err)
		err = arch_init();
	if (!err)
		err = root_cell_init();
	if (!err && map_core_pages_for_root())
		err = refuse(-ENOMEM, "hypervisor memory is too small");
	if (!err) {
		print_usage("late setup");
		printk("Activating hypervisor\n");
	}
	return err;
}

static int init_cpu(u32 cpu)
{
	int err;

	arch_use_final_tables();
	this_public()->id = cpu;
	this_public()->cell = &root_cell;
	if (!config_has_cpu(&system_config->root_cell, cpu))
		err = refuse(-EINVAL, "CPU %u is not in the root cell's configuration", cpu);
	else
		err = arch_cpu_init();
	printk(" CPU %u... %s\n", cpu, err ? "FAILED" : "OK");
	return err;
}

static bool is_first(u32 cpu)
{
	return __atomic_fetch_add(&arrived, 1, __ATOMIC_ACQ_REL) == 0;
}

static void note(int err)
{
	if (err && !setup_error)
		setup_error = err;
}

static int check_cpu_count(void)
{
	for (u32 cpu = 0; cpu < image_header.max_cpus; cpu++)
		if (config_has_cpu(&system_config->root_cell, cpu) &&
		    cpu_public(cpu)->cell != &root_cell)
			return refuse(-EINVAL, "CPU %u of the root cell is not online", cpu);
	return 0;
}

int setup_cpu(u32 cpu)
{
	bool first = is_first(cpu);

	if (first)
		early_error = init_early(cpu);
	meet(1);
	if (early_error)
		return early_error;

	spin_lock(&setup_lock);
	note(init_cpu(cpu));
	spin_unlock(&setup_lock);
	meet(2);

	if (first && !setup_error)
		note(check_cpu_count());
	if (first && !setup_error)
		note(init_late());
	meet(3);
	if (setup_error) {
		arch_cpu_release();
		return setup_error;
	}
	arch_cpu_activate();
	return 0;
}

/* --- disable -------------------------------------------------------------------------------- */

#define SHUTDOWN_PATIENCE_MS 2000

static u32 leaving; /* root CPUs that wait to leave */
static bool announced; /* the console says so */

static u32 count_root_cpus(void)
{
	u32 cpu, count = 0;

	for_each_cpu (cpu, root_cell.cpus)
		count++;
	return count;
}

static int check_shutdown(void)
{
	u32 cpu;

	if (num_cells > 1)
		return refuse(-EBUSY, "there are still %u cells besides the root cell",
			      num_cells - 1);
	for_each_cpu (cpu, root_cell.cpus)
		if (cpu_public(cpu)->power != CPU_RUNNING)
			return refuse(-EBUSY, "CPU %u is offline", cpu);
	return 0;
}

/** Wait until all root CPUs are here; false if they do not come in time, and this one takes its step back. */
static bool wait_for_all(void)
{
	u64 end = arch_time() + SHUTDOWN_PATIENCE_MS * arch_time_per_ms();
	u32 seen, all = count_root_cpus();

	seen = __atomic_add_fetch(&leaving, 1, __ATOMIC_ACQ_REL);
	while (seen < all) {
		if (arch_time() > end &&
		    __atomic_compare_exchange_n(&leaving, &seen, seen - 1, false, __ATOMIC_ACQ_REL,
						__ATOMIC_ACQUIRE))
			return false;
		cpu_relax();
		seen = __atomic_load_n(&leaving, __ATOMIC_ACQUIRE);
	}
	return true;
}

long shutdown_cpu(void)
{
	int err;

	spin_lock(&setup_lock);
	err = check_shutdown();
	if (!err && !announced)
		printk("Shutting down hypervisor\n");
	announced = !err;
	spin_unlock(&setup_lock);
	if (err)
		return err;
	if (!wait_for_all())
		return -EBUSY;
	printk(" Releasing CPU %u\n", this_public()->id);
	arch_cpu_release();
	arch_cpu_leave(0);
}
