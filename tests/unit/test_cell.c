// SPDX-License-Identifier: GPL-2.0-only
/* core/cell.c and cell_memory.c: cells come, run and go, and nothing is lost, shared or left over. */
#include "unit.h"
#include <arch.h>
#include <cell_memory.h>
#include <page_pool.h>
#include <paging.h>
#include <setup.h>

#define RAM     0x40000000ULL
#define RAM_END 0x48000000ULL
#define DEVICES 0x9000000ULL
#define HIGH    0x60000000ULL /* the root cell sees it elsewhere */
#define HIGH_AT 0x70201000ULL

/* --- the architecture ----------------------------------------------------------------------- */

struct jailhouse_system *system_config;

static int cell_init_result;
static bool irq_pending;
static u32 irqs_taken, irqs_returned, irqs_reset;
static void (*on_copy)(void);

void arch_describe_machine(struct machine *machine)
{
	machine->phys_bits = machine->guest_bits = 39;
}

pte_t arch_cell_attributes(u64 flags)
{
	return (flags & JAILHOUSE_MEM_READ ? S2_READ : 0) |
	       (flags & JAILHOUSE_MEM_WRITE ? S2_WRITE : 0) |
	       (flags & JAILHOUSE_MEM_NO_HUGEPAGES ? PTE_NO_HUGE : 0) | PTE_AF;
}

void arch_cell_table_shape(u32 *top_level, u32 *root_pages)
{
	*top_level = 1;
	*root_pages = 1;
}

/* What memory holds of the communication region that was flushed last, and how much of other memory was. */
static struct jailhouse_comm_region comm_in_memory;
static u64 bytes_flushed;

void arch_flush_dcache(const void *start, u64 size)
{
	if (size == PAGE_SIZE)
		memcpy(&comm_in_memory, start, sizeof(comm_in_memory));
}

void arch_flush_memory(u64 phys, u64 size)
{
	assert_int_equal((phys | size) % PAGE_SIZE, 0);
	bytes_flushed += size;
}

int arch_cell_check(const struct jailhouse_cell_desc *desc)
{
	return 0;
}

int arch_cell_init(struct cell *cell)
{
	return cell_init_result;
}

void arch_cell_exit(struct cell *cell)
{
}

void arch_cell_take_irqs(struct cell *cell)
{
	irqs_taken++;
}

void arch_cell_return_irqs(struct cell *cell)
{
	u32 cpu;

	/* None of its CPUs still has some of them in its registers. */
	for_each_cpu (cpu, cell->cpus)
		fail();
	irqs_returned++;
}

void arch_cell_reset_irqs(struct cell *cell)
{
	irqs_reset++;
}

void arch_comm_region_init(struct cell *cell)
{
	cell->comm->gic_version = 3;
}

bool arch_cell_entry(const struct cell *cell, u32 cpu, struct cpu_start *start)
{
	*start = (struct cpu_start){ cell->config->cpu_reset_address, 0 };
	return cpu == cpu_set_next(cell->cpus, 0);
}

bool arch_sees_cpus_off(void)
{
	return true;
}

u64 arch_time(void)
{
	return hardware.time += 1000;
}

u64 arch_time_per_ms(void)
{
	return 62500;
}

bool arch_irq_pending(void)
{
	return irq_pending;
}

int copy_from_root(void *dest, u64 guest_phys, u64 size)
{
	if (!guest_phys)
		return -EINVAL;
	memcpy(dest, (void *)(uintptr_t)guest_phys, size);
	if (on_copy)
		on_copy();
	return 0;
}

/** The other CPUs, as core/cpu.c lets them behave. */
static void other_cpus(void)
{
	for (u32 n = 0; n < TEST_CPUS; n++) {
		struct cpu_public *cpu = cpu_public(n);

		if (cpu == this_public())
			continue;
		cpu->suspended = cpu->suspend;
		if (cpu->suspend)
			continue;
		if (cpu->stop_requested)
			cpu->power = cpu->stop_power;
		cpu->stop_requested = false;
		if (cpu->start_requested)
			cpu->power = CPU_RUNNING;
		cpu->start_requested = false;
	}
}

/* --- the root cell -------------------------------------------------------------------------- */

static const struct jailhouse_memory root_mem[] = {
	MEM(RAM, RAM, RAM_END - RAM, RWX),
	MEM(DEVICES, DEVICES, 0x200000, RW | JAILHOUSE_MEM_IO),
	MEM(HIGH, HIGH_AT, 0x1000000, RW),
	MEM(0x50000000, 0x50000000, 0x10000, RW | JAILHOUSE_MEM_NO_HUGEPAGES),
};

static u32 pages_of_root;

static void set_up(u32 pages)
{
	struct cell_parts root = {
		.name = "root", .cpus = 0xf, .mem = root_mem, .num_mem = ARRAY_SIZE(root_mem)
	};

	reset_pool(pages);
	memset(fake_memory, 0, TEST_CPUS * sizeof(struct per_cpu));
	memset(&hardware, 0, sizeof(hardware));
	memset(&root_cell, 0, sizeof(root_cell));
	num_cells = 1;
	cell_init_result = 0;
	irq_pending = false;
	irqs_taken = irqs_returned = irqs_reset = 0;
	on_copy = NULL;
	hardware.on_relax = other_cpus;
	system_config = make_system(&root);
	for (u32 cpu = 0; cpu < TEST_CPUS; cpu++) {
		cpu_public(cpu)->id = cpu;
		cpu_public(cpu)->cell = &root_cell;
		/* Linux has taken CPUs 2 and 3 offline. */
		cpu_public(cpu)->power = cpu < 2 ? CPU_RUNNING : CPU_OFF;
	}
	be_cpu(0);
	assert_int_equal(root_cell_init(), 0);
	pages_of_root = mem_pool.used;
}

/** What the root cell sees at its guest-physical address of phys: as its configuration says, or nothing. */
static bool root_sees(u64 phys)
{
	pte_t attributes;
	u64 virt = phys >= HIGH && phys < HIGH + 0x1000000 ? phys - HIGH + HIGH_AT : phys;
	u64 found = pt_lookup(&root_cell.memory, virt, &attributes);

	assert_true(found == phys || found == INVALID_PHYS);
	return found == phys;
}

static void assert_as_after_set_up(void)
{
	assert_int_equal(mem_pool.used, pages_of_root);
	assert_int_equal(num_cells, 1);
	assert_null(root_cell.next);
	assert_int_equal(root_cell.cpus[0], 0xf);
	for (u32 n = 0; n < ARRAY_SIZE(root_mem); n++)
		for (u64 offset = 0; offset < root_mem[n].size; offset += PAGE_SIZE)
			assert_true(root_sees(root_mem[n].phys_start + offset));
	for (u32 cpu = 0; cpu < TEST_CPUS; cpu++) {
		assert_ptr_equal(cpu_public(cpu)->cell, &root_cell);
		assert_false(cpu_public(cpu)->suspend);
	}
}

static long create(const struct cell_parts *parts)
{
	return cell_create((uintptr_t)make_desc(parts));
}

/* --- one cell's life ------------------------------------------------------------------------ */

#define COMM     (RW | JAILHOUSE_MEM_COMM_REGION)
#define LOADABLE (RWX | JAILHOUSE_MEM_LOADABLE)

static const struct jailhouse_memory demo_mem[] = {
	MEM(RAM + 0x1000000, 0, 0x10000, LOADABLE),
	MEM(RAM + 0x2000000, 0x10000000, 0x201000, RW),
	MEM(RAM + 0x3000000, 0x20000000, 0x1000, RW | JAILHOUSE_MEM_ROOTSHARED),
	MEM(0, 0x80000000, 0x1000, COMM),
	MEM(DEVICES + 0x1000, DEVICES + 0x1000, 0x1000, RW | JAILHOUSE_MEM_IO),
	MEM(DEVICES + 0x2100, DEVICES + 0x2100, 0x20, RW | JAILHOUSE_MEM_IO_32),
	{ 0 },
	MEM(HIGH + 0x400000, 0x30000000, 0x200000, RW),
};

static const struct cell_parts demo = {
	.name = "demo", .id = 1, .cpus = 0xc, .mem = demo_mem, .num_mem = ARRAY_SIZE(demo_mem)
};

static void assert_demo_memory(bool loadable)
{
	const struct cell *cell = root_cell.next;
	pte_t attributes;

	assert_int_equal(root_sees(RAM + 0x1000000), loadable);
	assert_int_equal(root_sees(RAM + 0x100f000), loadable);
	assert_true(root_sees(RAM + 0xfff000));
	assert_true(root_sees(RAM + 0x1010000));
	assert_false(root_sees(RAM + 0x2000000));
	assert_false(root_sees(RAM + 0x2200000));
	assert_true(root_sees(RAM + 0x2201000));
	assert_true(root_sees(RAM + 0x3000000));
	assert_false(root_sees(DEVICES + 0x1000));
	assert_false(root_sees(DEVICES + 0x2000));
	assert_true(root_sees(DEVICES + 0x3000));
	assert_true(root_sees(HIGH + 0x3ff000));
	assert_false(root_sees(HIGH + 0x400000));
	assert_false(root_sees(HIGH + 0x5ff000));
	assert_true(root_sees(HIGH + 0x600000));

	assert_int_equal(pt_lookup(&cell->memory, 0x100, &attributes), RAM + 0x1000100);
	assert_int_equal(pt_lookup(&cell->memory, 0x10200fff, &attributes), RAM + 0x2200fff);
	assert_true(pt_lookup(&cell->memory, 0x10201000, &attributes) == INVALID_PHYS);
	assert_int_equal(pt_lookup(&cell->memory, 0x20000000, &attributes), RAM + 0x3000000);
	assert_int_equal(pt_lookup(&cell->memory, 0x80000000, &attributes), hv_to_phys(cell->comm));
	assert_true(pt_lookup(&cell->memory, DEVICES + 0x2000, &attributes) ==
		    INVALID_PHYS); /* guarded */
	assert_true(pt_lookup(&cell->memory, RAM, &attributes) == INVALID_PHYS);
}

static void life(void **state)
{
	struct cell *cell;

	set_up(POOL_PAGES);
	for (u32 round = 0; round < 5; round++) {
		assert_accepted(create(&demo));
		cell = root_cell.next;
		assert_int_equal(num_cells, 2);
		assert_int_equal(root_cell.cpus[0], 3);
		assert_int_equal(cell->cpus[0], 0xc);
		assert_ptr_equal(cpu_public(2)->cell, cell);
		assert_int_equal(cell_get_state(1), JAILHOUSE_CELL_SHUT_DOWN);
		assert_demo_memory(true);

		assert_accepted(cell_start(1));
		assert_int_equal(cell_get_state(1), JAILHOUSE_CELL_RUNNING);
		assert_demo_memory(false);
		assert_int_equal(cpu_public(2)->power, CPU_RUNNING);
		assert_int_equal(cpu_public(3)->power, CPU_OFF);
		assert_int_equal(cell->comm->gic_version, 3);
		assert_memory_equal(&comm_in_memory, cell->comm, sizeof(comm_in_memory));

		/* Once more as it is: what its last run left in caches must not come over it. */
		cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
		bytes_flushed = 0;
		assert_accepted(cell_start(1));
		assert_int_equal(bytes_flushed, 0x10000 + 0x201000 + 0x200000);

		cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
		irqs_reset = 0;
		assert_accepted(cell_set_loadable(1));
		assert_int_equal(irqs_reset, 1);
		assert_demo_memory(true);
		assert_int_equal(cpu_public(2)->power, CPU_OFF);
		assert_accepted(cell_set_loadable(1));
		assert_accepted(cell_start(1));
		assert_demo_memory(false);
		cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;

		assert_accepted(cell_destroy(1));
		assert_as_after_set_up();
		assert_int_equal(irqs_taken, round + 1);
		assert_int_equal(irqs_returned, round + 1);
		assert_int_equal(cell_get_state(1), -ENOENT);
	}
}

static void destroy_in_each_state(void **state)
{
	set_up(POOL_PAGES);
	create(&demo);
	assert_accepted(cell_destroy(1));
	assert_as_after_set_up();

	create(&demo);
	cell_start(1);
	root_cell.next->failed = true;
	assert_int_equal(cell_get_state(1), JAILHOUSE_CELL_FAILED);
	assert_accepted(cell_destroy(1));
	assert_as_after_set_up();

	create(&demo);
	cell_start(1);
	root_cell.next->failed = true;
	assert_accepted(cell_start(1)); /* a failed cell can be started again */
	assert_int_equal(cell_get_state(1), JAILHOUSE_CELL_RUNNING);
}

/* --- refusals ------------------------------------------------------------------------------- */

static void refused_creates(void **state)
{
	static const struct jailhouse_memory foreign = MEM(0x20000000, 0, 0x1000, RW);
	struct cell_parts parts = demo;
	struct jailhouse_cell_desc *garbage = make_desc(&demo);

	set_up(POOL_PAGES);
	assert_refused(cell_create(0), -EINVAL, "is not in the root cell's memory");
	garbage->signature[0] = 'X';
	assert_refused(cell_create((uintptr_t)garbage), -EINVAL, "signature");
	garbage = make_desc(&demo);
	garbage->num_pci_caps = ~0U;
	assert_refused(cell_create((uintptr_t)garbage), -E2BIG, "more than");
	parts.mem = &foreign;
	parts.num_mem = 1;
	assert_refused(create(&parts), -EINVAL, "is not the root cell's");
	parts = demo;
	parts.cpus = 2;
	assert_refused(create(&parts), -EBUSY, "CPU 1 is online");
	parts.cpus = 1;
	assert_refused(create(&parts), -EBUSY, "CPU 0 is the one");
	parts.cpus = 0x10;
	assert_refused(create(&parts), -EINVAL, "CPU 4");
	parts = demo;
	parts.name = "root";
	assert_refused(create(&parts), -EEXIST, "\"root\"");
	parts = demo;
	parts.flags = JAILHOUSE_CELL_TEST_DEVICE;
	assert_refused(create(&parts), -EINVAL, "\"demo\" asks for the test device");
	cell_init_result = -EBUSY;
	assert_refused(create(&demo), -ENOMEM, "too small");
	assert_as_after_set_up();
}

static void check_only(void **state)
{
	struct cell_parts parts = demo;

	set_up(POOL_PAGES);
	assert_accepted(
		cell_create((uintptr_t)make_desc(&demo) | JAILHOUSE_CELL_CREATE_CHECK_ONLY));
	assert_as_after_set_up();
	/* CPUs may still be online, and even be the one that asks. */
	parts.cpus = 1;
	assert_accepted(
		cell_create((uintptr_t)make_desc(&parts) | JAILHOUSE_CELL_CREATE_CHECK_ONLY));
	parts.cpus = 0x10;
	assert_refused(cell_create((uintptr_t)make_desc(&parts) | JAILHOUSE_CELL_CREATE_CHECK_ONLY),
		       -EINVAL, "CPU 4");
	assert_as_after_set_up();
}

/** Linux has switched it off and been told so, but the CPU itself is not there yet. */
static void cpu_that_is_going_off(void **state)
{
	set_up(POOL_PAGES);
	cpu_public(2)->power = CPU_RUNNING;
	cpu_public(2)->stop_power = CPU_OFF;
	cpu_public(2)->stop_requested = true;
	assert_accepted(create(&demo));
	assert_int_equal(cpu_public(2)->power, CPU_OFF);
	assert_ptr_equal(cpu_public(2)->cell, root_cell.next);
	assert_accepted(cell_start(1));
	assert_int_equal(cpu_public(2)->power, CPU_RUNNING);
}

static struct jailhouse_cell_desc *changing;
static u32 copies;

static void grow_after_first_copy(void)
{
	if (++copies == 1)
		changing->num_memory_regions--;
}

/** The root cell may write its memory while the core reads it. */
static void configuration_that_changes(void **state)
{
	set_up(POOL_PAGES);
	changing = make_desc(&demo);
	copies = 0;
	on_copy = grow_after_first_copy;
	assert_refused(cell_create((uintptr_t)changing), -EINVAL, "changes while it is read");
	assert_as_after_set_up();
}

static void refused_management(void **state)
{
	set_up(POOL_PAGES);
	create(&demo);
	assert_refused(cell_start(7), -ENOENT, "no cell with ID 7");
	assert_refused(cell_set_loadable(7), -ENOENT, "no cell with ID 7");
	assert_refused(cell_destroy(7), -ENOENT, "no cell with ID 7");
	assert_refused(cell_start(0), -EINVAL, "root cell");
	assert_refused(cell_set_loadable(0), -EINVAL, "root cell");
	assert_refused(cell_destroy(0), -EINVAL, "root cell");
	assert_int_equal(cell_get_state(0), JAILHOUSE_CELL_RUNNING);
}

static void locked_by_another(void **state)
{
	static const struct jailhouse_memory mem = MEM(RAM + 0x4000000, 0, 0x1000, RW);
	static const struct cell_parts second = {
		.name = "second", .id = 2, .cpus = 4, .mem = &mem, .num_mem = 1
	};
	static const struct cell_parts third = {
		.name = "third", .id = 3, .cpus = 2, .mem = &mem, .num_mem = 1
	};
	struct cell_parts first = demo;

	set_up(POOL_PAGES);
	first.cpus = 8;
	create(&first);
	create(&second);
	cell_start(1);
	root_cell.next->comm->cell_state = JAILHOUSE_CELL_RUNNING_LOCKED;
	cpu_public(1)->power = CPU_OFF;
	assert_refused(cell_start(2), -EPERM, "\"demo\" has locked");
	assert_refused(cell_set_loadable(2), -EPERM, "\"demo\" has locked");
	assert_refused(cell_destroy(2), -EPERM, "\"demo\" has locked");
	assert_int_equal(create(&third), -EBUSY); /* that is found first */
	/* The cell itself is only asked. */
	irq_pending = true;
	assert_int_equal(cell_destroy(1), HYPERCALL_RETRY);
	root_cell.next->comm->reply_from_cell = JAILHOUSE_MSG_REQUEST_APPROVED;
	assert_accepted(cell_destroy(1));
	assert_accepted(cell_destroy(2));
	assert_int_equal(mem_pool.used, pages_of_root);
}

static void shutdown_needs_agreement(void **state)
{
	struct cell *cell;

	set_up(POOL_PAGES);
	create(&demo);
	cell_start(1);
	cell = root_cell.next;
	irq_pending = true;
	assert_int_equal(cell_destroy(1), HYPERCALL_RETRY);
	assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
	cell->comm->reply_from_cell = JAILHOUSE_MSG_REQUEST_DENIED;
	assert_refused(cell_destroy(1), -EPERM, "\"demo\" refuses");
	assert_int_equal(cell_set_loadable(1), HYPERCALL_RETRY);
	cell->comm->reply_from_cell = JAILHOUSE_MSG_REQUEST_DENIED;
	assert_refused(cell_set_loadable(1), -EPERM, "\"demo\" refuses");
	assert_demo_memory(false);
	assert_int_equal(cell_get_state(1), JAILHOUSE_CELL_RUNNING);
	assert_int_equal(cpu_public(2)->power, CPU_RUNNING);
}

/** Who does not want to wait in the core is told to come again, as often as it takes, and may leave it at that. */
static void shutdown_without_waiting(void **state)
{
	static long (*const calls[])(u32) = { cell_set_loadable, cell_start, cell_destroy };
	struct cell *cell;

	set_up(POOL_PAGES);
	create(&demo);
	for (u32 n = 0; n < ARRAY_SIZE(calls); n++) {
		u64 since;

		assert_accepted(cell_start(1 | JAILHOUSE_CELL_DO_NOT_WAIT));
		cell = root_cell.next;
		refusal.count = 0;
		since = hardware.time;
		for (u32 tries = 0; tries < 3; tries++)
			assert_int_equal(calls[n](1 | JAILHOUSE_CELL_DO_NOT_WAIT), -EAGAIN);
		assert_int_equal(hardware.time, since + 3000);
		assert_int_equal(refusal.count, 0);
		assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
		assert_demo_memory(false);
		assert_int_equal(cpu_public(2)->power, CPU_RUNNING);
		/* It answers when nobody listens any more. The next request, whichever it is, takes that. */
		cell->comm->reply_from_cell = JAILHOUSE_MSG_REQUEST_APPROVED;
		assert_accepted(cell_set_loadable(1));
	}
	assert_refused(cell_destroy(7 | JAILHOUSE_CELL_DO_NOT_WAIT), -ENOENT, "no cell with ID 7");
	assert_accepted(cell_destroy(1 | JAILHOUSE_CELL_DO_NOT_WAIT));
	assert_as_after_set_up();
}

static void shutdown_by_timeout(void **state)
{
	struct cell_parts parts = demo;

	set_up(POOL_PAGES);
	parts.timeout = 10;
	create(&parts);
	cell_start(1);
	assert_accepted(cell_destroy(1));
	assert_true(hardware.time >= 10 * 62500 && hardware.time < 12 * 62500);
	assert_as_after_set_up();
}

static void others_are_told(void **state)
{
	static const struct jailhouse_memory mem = MEM(RAM + 0x4000000, 0, 0x1000, RW);
	struct cell_parts second = {
		.name = "second", .id = 2, .cpus = 4, .mem = &mem, .num_mem = 1
	};
	struct cell_parts first = demo;
	struct cell *cell;

	set_up(POOL_PAGES);
	first.cpus = 8;
	create(&first);
	cell_start(1);
	cell = root_cell.next;
	create(&second);
	assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_RECONFIG_COMPLETED);
	cell->comm->msg_to_cell = 0;
	cell_destroy(2);
	assert_int_equal(cell->comm->msg_to_cell, JAILHOUSE_MSG_RECONFIG_COMPLETED);
	assert_int_equal(root_cell.comm->msg_to_cell, 0);
}

/** Nobody waits for a CPU that stopped in the core, as Linux's CPUs would do so, too. */
static void cpu_that_stopped_in_the_core(void **state)
{
	set_up(POOL_PAGES);
	create(&demo);
	cell_start(1);
	cpu_public(3)->dead = true;
	root_cell.next->failed = true;
	assert_refused(cell_destroy(1), -EIO, "CPU 3 of cell \"demo\"");
	assert_refused(cell_start(1), -EIO, "CPU 3");
	assert_refused(cell_set_loadable(1), -EIO, "CPU 3");
	assert_int_equal(cell_get_state(1), JAILHOUSE_CELL_FAILED);
	assert_demo_memory(false);
	cpu_public(3)->dead = false;
	assert_accepted(cell_destroy(1));
	assert_as_after_set_up();
}

/* --- shortage ------------------------------------------------------------------------------- */

/** With whatever number of pages left, a cell is created completely, or nothing has changed. */
static void create_is_all_or_nothing(void **state)
{
	u32 failures = 0, hidden;
	long err;

	set_up(POOL_PAGES);
	for (u32 left = 0;; left++) {
		hidden = page_pool_free(&mem_pool) - left;
		mem_pool.used += hidden;
		refusal.count = 0;
		err = create(&demo);
		mem_pool.used -= hidden;
		if (!err)
			break;
		assert_int_equal(err, -ENOMEM);
		assert_int_equal(refusal.count, 1);
		assert_as_after_set_up();
		failures++;
	}
	assert_true(failures > 5);
	assert_demo_memory(true);
	assert_accepted(cell_destroy(1));
	assert_as_after_set_up();
}

/** Start and load again and again: whatever is left, there is enough. */
static void manage_all(struct cell *cell)
{
	u32 id = cell->config->id;

	for (u32 round = 0; round < 2; round++) {
		assert_accepted(cell_start(id));
		cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
		assert_accepted(cell_set_loadable(id));
	}
	assert_accepted(cell_start(id));
	cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
}

/** Where two cells could be created with whatever number of pages left, all that follows can be done with it as well. */
static void management_needs_no_more_pages(void **state)
{
	static const struct jailhouse_memory mem[] = {
		MEM(RAM + 0x4000000, 0, 0x201000, RW | JAILHOUSE_MEM_LOADABLE),
		MEM(RAM + 0x6003000, 0x400000, 0x400000, RW),
	};
	static const struct cell_parts second = {
		.name = "second", .id = 2, .cpus = 4, .mem = mem, .num_mem = 2
	};
	struct cell_parts first = demo;
	u32 hidden, created = 0;

	first.cpus = 8;
	set_up(POOL_PAGES);
	for (u32 left = 0; created < 8; left++) {
		hidden = page_pool_free(&mem_pool) - left;
		mem_pool.used += hidden;
		if (!create(&first)) {
			if (!create(&second)) {
				created++;
				manage_all(root_cell.next->next);
			}
			manage_all(root_cell.next);
			assert_accepted(cell_destroy(1));
			if (root_cell.next)
				assert_accepted(cell_destroy(2));
		}
		mem_pool.used -= hidden;
		assert_as_after_set_up();
	}
}

/** Two cells own parts of one page: it is the root cell's again after both have gone. */
static void page_of_two_cells(void **state)
{
	static const struct jailhouse_memory first_mem =
		MEM(DEVICES + 0x4000, 0x1000, 0x100, RW | JAILHOUSE_MEM_IO_32);
	static const struct jailhouse_memory second_mem[] = {
		MEM(DEVICES + 0x4100, 0x1100, 0x1000, RW | JAILHOUSE_MEM_IO_32),
	};
	static const struct cell_parts first = {
		.name = "first", .id = 1, .cpus = 4, .mem = &first_mem, .num_mem = 1
	};
	static const struct cell_parts second = {
		.name = "second", .id = 2, .cpus = 8, .mem = second_mem, .num_mem = 1
	};

	set_up(POOL_PAGES);
	create(&first);
	assert_false(root_sees(DEVICES + 0x4000));
	assert_true(root_sees(DEVICES + 0x5000));
	create(&second);
	assert_false(root_sees(DEVICES + 0x5000));
	cell_destroy(1);
	assert_false(root_sees(DEVICES + 0x4000));
	create(&first);
	cell_destroy(2);
	assert_false(root_sees(DEVICES + 0x4000));
	assert_true(root_sees(DEVICES + 0x5000));
	cell_destroy(1);
	assert_as_after_set_up();
}

/* --- the invariant -------------------------------------------------------------------------- */

#define SLOTS        2
#define WINDOW_START (RAM + 0x1e0000)
#define WINDOW       (0x440000 / PAGE_SIZE)

static struct jailhouse_memory slot_mem[SLOTS][4];

static void random_regions(struct jailhouse_memory *mem)
{
	static const u64 kinds[] = { RW, LOADABLE, RW | JAILHOUSE_MEM_ROOTSHARED,
				     RW | JAILHOUSE_MEM_IO_32 };

	for (u32 n = 0; n < 4; n++) {
		mem[n] = (struct jailhouse_memory)MEM(
			WINDOW_START + random_below(WINDOW) * PAGE_SIZE, (n + 1) * 0x10000000,
			(1 + random_below(WINDOW / 4)) * PAGE_SIZE, kinds[random_below(4)]);
		if (mem[n].flags & JAILHOUSE_MEM_IO_32) {
			/* A guarded one that begins and ends within pages, often those of another. */
			mem[n].phys_start = WINDOW_START + random_below(6 * 512) * 8;
			mem[n].virt_start += mem[n].phys_start & ~PAGE_MASK;
			mem[n].size = 8 + random_below(1024) * 8;
		}
	}
}

/** A page is the root cell's unless another cell has a byte of it for itself, and the root cell is not loading it. */
static bool root_should_see(u64 page)
{
	const struct jailhouse_memory *mem;
	const struct cell *cell;

	for_each_non_root_cell (cell)
		for_each_region (mem, cell->config)
			if (!(mem->flags & JAILHOUSE_MEM_ROOTSHARED) &&
			    !((mem->flags & JAILHOUSE_MEM_LOADABLE) && cell->loadable) &&
			    mem->phys_start < page + PAGE_SIZE &&
			    page < mem->phys_start + mem->size)
				return false;
	return true;
}

static void random_lives(void **state)
{
	u32 created = 0;

	set_up(POOL_PAGES);
	for (u32 round = 0; round < 6000; round++) {
		u32 slot = random_below(SLOTS), id = slot + 1;
		const struct cell *cell = cell_find(id);

		if (!cell) {
			struct cell_parts parts = { .name = slot ? "one" : "two",
						    .id = id,
						    .cpus = 4 << slot,
						    .mem = slot_mem[slot],
						    .num_mem = 4 };

			random_regions(slot_mem[slot]);
			created += create(&parts) == 0;
		} else {
			cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
			switch (random_below(4)) {
			case 0:
				assert_int_equal(cell_set_loadable(id), 0);
				break;
			case 1:
				assert_int_equal(cell_destroy(id), 0);
				break;
			default:
				assert_int_equal(cell_start(id), 0);
			}
		}
		if (num_cells == 1)
			assert_int_equal(mem_pool.used, pages_of_root);
		for (u64 page = WINDOW_START - PAGE_SIZE;
		     page < WINDOW_START + 2 * WINDOW * PAGE_SIZE; page += PAGE_SIZE)
			if (root_sees(page) != root_should_see(page))
				fail_msg("round %u: page 0x%llx, root cell sees it: %u", round,
					 page, root_sees(page));
	}
	assert_true(created > 100);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(life),
		rule_test(destroy_in_each_state),
		rule_test(refused_creates),
		rule_test(check_only),
		rule_test(cpu_that_is_going_off),
		rule_test(configuration_that_changes),
		rule_test(refused_management),
		rule_test(locked_by_another),
		rule_test(shutdown_needs_agreement),
		rule_test(shutdown_without_waiting),
		rule_test(shutdown_by_timeout),
		rule_test(others_are_told),
		rule_test(create_is_all_or_nothing),
		rule_test(cpu_that_stopped_in_the_core),
		rule_test(management_needs_no_more_pages),
		rule_test(page_of_two_cells),
		rule_test(random_lives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
