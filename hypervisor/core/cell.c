// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of a cell.
 *
 *            create              set_loadable           start
 *   (none) ----------> shut down ------------> loadable -----> running
 *                          |  \___________________________^      |
 *                          |          start                      | set_loadable, violation, power off
 *                          v                                     v
 *                       destroy <---------------- loadable / failed / shut down
 *
 * Each management call first checks everything, without side effects; then it changes state in
 * steps that cannot fail. Linux sees the root cell's other CPUs stand still for that time.
 */
#include <arch.h>
#include <cell.h>
#include <cell_memory.h>
#include <errno.h>
#include <message.h>
#include <ownership.h>
#include <page_pool.h>
#include <paging.h>
#include <printk.h>
#include <setup.h>
#include <string.h>

#define CELL_PAGES PAGES(sizeof(struct cell))
#define ROOT_TAG   1 /* VMID or ASID; other cells have larger ones */
#define MAX_TAG    255

struct cell root_cell;
u32 num_cells = 1;

struct cell *cell_find(u32 id)
{
	struct cell *cell;

	for_each_cell (cell)
		if (cell->config->id == id)
			return cell;
	return NULL;
}

static void print_pool_usage(const char *when)
{
	printk("Page pool usage %s: mem %u/%u, remap %u/%u\n", when, mem_pool.used, mem_pool.pages,
	       remap_pool.used, remap_pool.pages);
}

static void fill_cpu_set(struct cell *cell)
{
	for (u32 cpu = 0; cpu < MAX_CPUS; cpu++)
		if (config_has_cpu(cell->config, cpu))
			bit_set(cell->cpus, cpu);
}

static int init_page_table(struct cell *cell, u16 tag)
{
	u32 top_level, root_pages;

	arch_cell_table_shape(&top_level, &root_pages);
	return pt_init(&cell->memory, top_level, root_pages, tag);
}

int root_cell_init(void)
{
	int err;

	root_cell.config = &system_config->root_cell;
	fill_cpu_set(&root_cell);
	root_cell.comm = page_alloc(1);
	err = init_page_table(&root_cell, ROOT_TAG);
	if (!err && root_cell.comm) {
		comm_region_init(&root_cell);
		root_cell.comm->cell_state = JAILHOUSE_CELL_RUNNING;
		err = cell_memory_map(&root_cell);
	}
	if (err || !root_cell.comm)
		return refuse(-ENOMEM,
			      "hypervisor memory is too small for the root cell's page tables");
	return arch_cell_init(&root_cell);
}

/* --- agreement of the running cells --------------------------------------------------------- */

/** No cell but except forbids changes; -EPERM. */
static int check_not_locked(const struct cell *except)
{
	const struct cell *cell;

	for_each_non_root_cell (cell)
		if (cell != except && message_config_locked(cell))
			return refuse(-EPERM, "cell \"%s\" has locked the configuration",
				      cell->config->name);
	return 0;
}

/** The cell agrees to being stopped; -EPERM; while it has not answered, what the contract of the hypercalls says. */
static long ask_for_shutdown(struct cell *cell, u32 request)
{
	enum message_result result;

	do {
		result = message_request_shutdown(cell, arch_time(), arch_time_per_ms());
		if (result == MESSAGE_PENDING && (request & JAILHOUSE_CELL_DO_NOT_WAIT))
			return -EAGAIN;
		if (result == MESSAGE_PENDING && arch_irq_pending())
			return HYPERCALL_RETRY;
	} while (result == MESSAGE_PENDING);
	if (result == MESSAGE_DENIED)
		return refuse(-EPERM, "cell \"%s\" refuses to be shut down", cell->config->name);
	return 0;
}

static void tell_reconfigured(const struct cell *except)
{
	struct cell *cell;

	for_each_non_root_cell (cell)
		if (cell != except)
			message_reconfigured(cell);
}

/* --- create --------------------------------------------------------------------------------- */

static void free_config(const struct jailhouse_cell_desc *config)
{
	page_free((void *)config, PAGES(config_cell_size(config)));
}

/** A checked private copy of the configuration at the root cell's address. On error *copy is not set. */
static int fetch_config(u64 address, struct jailhouse_cell_desc **copy)
{
	struct jailhouse_cell_desc header, *config;
	u64 size;
	int err = copy_from_root(&header, address, sizeof(header));

	if (err)
		return refuse(err, "cell configuration is not in the root cell's memory");
	err = config_check_format(&header, ~0ULL);
	if (err)
		return err;
	size = config_cell_size(&header);
	config = page_alloc(PAGES(size));
	if (!config)
		return refuse(-ENOMEM, "hypervisor memory is too small for the cell configuration");
	err = copy_from_root(config, address, size);
	if (err)
		refuse(err, "cell configuration is not in the root cell's memory");
	else
		/* The source may have changed since the header was read. */
		err = config_cell_size(config) == size ?
			      config_check_format(config, size) :
			      refuse(-EINVAL, "cell configuration changes while it is read");
	if (err)
		page_free(config, PAGES(size));
	else
		*copy = config;
	return err;
}

static u16 unused_tag(void)
{
	const struct cell *cell;
	u16 tag = ROOT_TAG;

again:
	tag++;
	for_each_non_root_cell (cell)
		if (cell->memory.tag == tag)
			goto again;
	return tag;
}

/** caller: see ownership_check() */
static int check_create(const struct jailhouse_cell_desc *config, u32 caller)
{
	struct machine machine = { .max_cpus = image_header.max_cpus,
				   .hv_start = system_config->hypervisor_memory.phys_start,
				   .hv_size = system_config->hypervisor_memory.size };
	int err;

	arch_describe_machine(&machine);
	err = config_check_cell(config, &machine);
	err = err ? err : test_device_check(config);
	err = err ? err : ownership_check(config, caller);
	err = err ? err : arch_cell_check(config);
	err = err ? err : check_not_locked(NULL);
	if (!err && num_cells >= MAX_TAG)
		err = refuse(-ENOMEM, "too many cells");
	return err;
}

static int check_cpus_off(const struct jailhouse_cell_desc *config)
{
	for (u32 cpu = 0; cpu < image_header.max_cpus; cpu++)
		if (config_has_cpu(config, cpu) && arch_sees_cpus_off() &&
		    cpu_coming_power(cpu) == CPU_RUNNING)
			return refuse(-EBUSY, "CPU %u is online in the root cell", cpu);
	return 0;
}

static void free_cell(struct cell *cell)
{
	arch_cell_exit(cell);
	pt_destroy(&cell->memory);
	if (cell->comm)
		page_free(cell->comm, 1);
	page_free(cell, CELL_PAGES);
}

/** A complete cell that nothing refers to yet; NULL: no memory, nothing is left of it. */
static struct cell *build_cell(const struct jailhouse_cell_desc *config)
{
	struct cell *cell = page_alloc(CELL_PAGES);

	if (!cell)
		return NULL;
	cell->config = config;
	cell->comm = page_alloc(1);
	if (cell->comm && !init_page_table(cell, unused_tag()) && !cell_memory_map(cell) &&
	    !arch_cell_init(cell) && !test_device_init(cell)) {
		comm_region_init(cell);
		arch_comm_region_init(cell);
		return cell;
	}
	free_cell(cell);
	return NULL;
}

static void append_cell(struct cell *cell)
{
	struct cell *last = &root_cell;

	while (last->next)
		last = last->next;
	last->next = cell;
	num_cells++;
}

/** Everything is checked and there: move the resources. */
static void commit_create(struct cell *cell)
{
	u32 cpu;

	cell_suspend(&root_cell);
	append_cell(cell);
	cell->loadable = true;
	for (cpu = 0; cpu < image_header.max_cpus; cpu++)
		if (config_has_cpu(cell->config, cpu))
			cpu_move(cpu, &root_cell, cell);
	cell_memory_take(cell, JAILHOUSE_MEM_LOADABLE, 0);
	arch_tlb_flush(&cell->memory);
	arch_cell_take_irqs(cell);
	cell_memory_flush_caches(cell);
	cell_resume(&root_cell);
	cell_resume(cell);
}

/**
 * Pages that must be left beside a new cell, so that no start, load or destroy of any cell, in whatever order, can lack one. Of
 * the tables that the cells' regions touch, the root cell may have dropped all by now, and may need as many in addition later.
 */
static u32 pages_to_reserve(const struct jailhouse_cell_desc *config)
{
	u32 pages = cell_memory_pages_needed(config);

	for (const struct cell *cell = root_cell.next; cell; cell = cell->next)
		pages += cell_memory_pages_needed(cell->config);
	return 2 * pages;
}

long cell_create(u64 config_address)
{
	bool check_only = config_address & JAILHOUSE_CELL_CREATE_CHECK_ONLY;
	struct jailhouse_cell_desc *config = NULL;
	struct cell *cell;
	int err = fetch_config(config_address & ~(u64)JAILHOUSE_CELL_CREATE_CHECK_ONLY, &config);

	if (err)
		return err;
	/* Whoever only asks is going to move to another CPU if need be. */
	err = check_create(config, check_only ? NO_CPU : this_public()->id);
	if (!err && !check_only)
		err = check_cpus_off(config);
	if (err || check_only) {
		free_config(config);
		return err;
	}
	cell = build_cell(config);
	if (!cell || page_pool_free(&mem_pool) < pages_to_reserve(config)) {
		if (cell)
			free_cell(cell);
		free_config(config);
		return refuse(-ENOMEM, "hypervisor memory is too small for another cell");
	}
	commit_create(cell);
	printk("Created cell \"%s\"\n", config->name);
	print_pool_usage("after cell creation");
	tell_reconfigured(cell);
	return 0;
}

/* --- start, stop, destroy ------------------------------------------------------------------- */

/** Whoever waited for a CPU that stopped in the core would do so for ever. */
static int check_alive(const struct cell *cell)
{
	u32 cpu;

	for_each_cpu (cpu, cell->cpus)
		if (cpu_public(cpu)->dead)
			return refuse(
				-EIO,
				"CPU %u of cell \"%s\" stopped in the hypervisor: only a reset gets it back",
				cpu, cell->config->name);
	return 0;
}

/** The non-root cell that the request names, free to be managed; NULL: *err says why. */
static struct cell *find_managed(u32 request, int *err)
{
	u32 id = request & ~JAILHOUSE_CELL_DO_NOT_WAIT;
	struct cell *cell = cell_find(id);

	if (!cell)
		*err = refuse(-ENOENT, "there is no cell with ID %u", id);
	else if (cell == &root_cell)
		*err = refuse(-EINVAL, "the root cell cannot be managed like this");
	else
		*err = check_not_locked(cell);
	if (!*err)
		*err = check_alive(cell);
	return *err ? NULL : cell;
}

/** The memory and the messages are for the cell alone from here on; it begins without caches. */
static void end_loading(struct cell *cell)
{
	if (cell->loadable)
		cell_memory_take(cell, JAILHOUSE_MEM_LOADABLE, JAILHOUSE_MEM_LOADABLE);
	cell->loadable = false;
	cell_memory_flush_caches(cell);
}

static void request_power_states(struct cell *cell, bool start)
{
	struct cpu_start entry;
	u32 cpu;

	for_each_cpu (cpu, cell->cpus) {
		cpu_request_stop(cpu, CPU_OFF);
		if (start && arch_cell_entry(cell, cpu, &entry))
			cpu_request_start(cpu, entry);
	}
}

long cell_start(u32 request)
{
	int err;
	long wait;
	struct cell *cell = find_managed(request, &err);

	if (!cell)
		return err;
	wait = ask_for_shutdown(cell, request);
	if (wait)
		return wait;
	cell_suspend(&root_cell);
	cell_suspend(cell);
	end_loading(cell);
	arch_cell_reset_irqs(cell);
	cell->failed = false;
	comm_region_init(cell);
	arch_comm_region_init(cell);
	cell->comm->cell_state = JAILHOUSE_CELL_RUNNING;
	arch_flush_dcache(cell->comm, PAGE_SIZE);
	request_power_states(cell, true);
	cell_resume(&root_cell);
	/* Said before the cell can write to the console itself. */
	printk("Started cell \"%s\"\n", cell->config->name);
	cell_resume(cell);
	return 0;
}

long cell_set_loadable(u32 request)
{
	int err;
	long wait;
	struct cell *cell = find_managed(request, &err);

	if (!cell)
		return err;
	wait = ask_for_shutdown(cell, request);
	if (wait)
		return wait;
	cell_suspend(&root_cell);
	cell_suspend(cell);
	request_power_states(cell, false);
	/* Its devices shall not write over what is going to be loaded. */
	arch_cell_reset_irqs(cell);
	cell->failed = false;
	cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	if (!cell->loadable) {
		cell->loadable = true;
		cell_memory_return(cell, JAILHOUSE_MEM_LOADABLE, JAILHOUSE_MEM_LOADABLE);
	}
	cell_resume(cell);
	cell_resume(&root_cell);
	printk("Cell \"%s\" can be loaded\n", cell->config->name);
	return 0;
}

static void remove_cell(struct cell *cell)
{
	struct cell *before = &root_cell;

	while (before->next != cell)
		before = before->next;
	before->next = cell->next;
	num_cells--;
}

/** Both cells are suspended. Afterwards all resources are the root cell's, and cell is not in the list. */
static void return_resources(struct cell *cell)
{
	u32 cpu;

	remove_cell(cell);
	for_each_cpu (cpu, cell->cpus)
		cpu_move(cpu, cell, &root_cell);
	/* Then nothing walks the cell's tables, and no interrupt is in their list registers. */
	for (cpu = 0; cpu < image_header.max_cpus; cpu++)
		if (config_has_cpu(cell->config, cpu)) {
			cpu_resume(cpu);
			cpu_wait_stopped(cpu);
		}
	arch_cell_return_irqs(cell);
	cell_memory_flush_caches(cell);
	cell_memory_return(cell, 0, 0);
	cell_resume(&root_cell);
}

long cell_destroy(u32 request)
{
	const struct jailhouse_cell_desc *config;
	int err;
	long wait;
	struct cell *cell = find_managed(request, &err);

	if (!cell)
		return err;
	wait = ask_for_shutdown(cell, request);
	if (wait)
		return wait;
	config = cell->config;
	printk("Closing cell \"%s\"\n", config->name);
	cell_suspend(&root_cell);
	cell_suspend(cell);
	return_resources(cell);
	arch_tlb_flush(&cell->memory);
	free_cell(cell);
	free_config(config);
	print_pool_usage("after cell destruction");
	tell_reconfigured(NULL);
	return 0;
}

long cell_get_state(u32 id)
{
	const struct cell *cell = cell_find(id);

	return cell ? message_cell_state(cell) : -ENOENT;
}

/* --- ends that nobody asked for ------------------------------------------------------------- */

static void stop_other_cpus(struct cell *cell, enum cpu_power power)
{
	u32 cpu;

	for_each_cpu (cpu, cell->cpus)
		if (cpu != this_public()->id)
			cpu_stop_async(cpu, power);
}

void cell_fail(struct cell *cell)
{
	cell->failed = true;
	stop_other_cpus(cell, CPU_FAILED);
}

void cell_end(struct cell *cell)
{
	cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	stop_other_cpus(cell, CPU_PARKED);
	cpu_power_off(CPU_PARKED);
}
