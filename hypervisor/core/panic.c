// SPDX-License-Identifier: GPL-2.0-only
#include <arch.h>
#include <panic.h>
#include <printk.h>

#define LINE_SIZE 256

/** For debugging: Linux shall print where it was, as far as it can, instead of standing still. Once only. */
static bool crash_root_cell(void)
{
#ifdef CONFIG_CRASH_CELL_ON_PANIC
	static u32 crashed;

	return this_cell() == &root_cell &&
	       __atomic_fetch_add(&crashed, 1, __ATOMIC_RELAXED) == 0 && arch_crash_guest();
#else
	return false;
#endif
}

void guest_violation(const char *fmt, ...)
{
	struct cell *cell = this_cell();
	char reason[LINE_SIZE];
	va_list args;

	__builtin_va_start(args, fmt);
	format(reason, sizeof(reason), fmt, args);
	__builtin_va_end(args);
	printk("FATAL: %s on CPU %u\n", reason, this_public()->id);
	arch_dump_registers();
	if (crash_root_cell())
		return;
	printk("%s CPU %u (Cell: \"%s\")\n", cell == &root_cell ? "Stopping" : "Parking",
	       this_public()->id, cell->config->name);
	if (cell != &root_cell)
		cell_fail(cell);
	cpu_power_off(CPU_FAILED);
}

/** Nobody shall wait for this CPU, and no other go on with what it did; but what led here may do so again. */
static void leave_behind(void)
{
	struct cpu_public *self = this_public();
	bool before = self->dead;

	self->dead = true;
	if (!before && self->cell && self->cell != &root_cell)
		cell_fail(self->cell);
}

void panic(const char *fmt, ...)
{
	char reason[LINE_SIZE];
	va_list args;

	__builtin_va_start(args, fmt);
	format(reason, sizeof(reason), fmt, args);
	__builtin_va_end(args);
	console_panic();
	printk("FATAL: hypervisor: %s\n", reason);
	leave_behind();
	arch_halt();
}
