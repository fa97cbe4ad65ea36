// SPDX-License-Identifier: GPL-2.0-only
#include <arch.h>
#include <cpu.h>
#include <paging.h>
#include <setup.h>
#include <string.h>

struct cpu_public *cpu_public(u32 cpu)
{
	u64 area = HV_BASE + image_header.core_size + (u64)cpu * image_header.percpu_size;

	return &((struct per_cpu *)(uintptr_t)area)->public;
}

u32 cpu_set_next(const u32 *set, u32 cpu)
{
	for (; cpu < MAX_CPUS; cpu++) {
		if (set[cpu / 32] == 0)
			cpu |= 31;
		else if (bit_test(set, cpu))
			break;
	}
	return cpu;
}

void cpu_suspend(u32 cpu)
{
	struct cpu_public *target = cpu_public(cpu);

	spin_lock(&target->lock);
	target->suspend = true;
	spin_unlock(&target->lock);
	arch_send_event(cpu);
	while (!__atomic_load_n(&target->suspended, __ATOMIC_ACQUIRE))
		cpu_relax();
}

void cpu_resume(u32 cpu)
{
	struct cpu_public *target = cpu_public(cpu);

	__atomic_store_n(&target->suspend, false, __ATOMIC_RELEASE);
	/* It must have left before the next suspension, whose answer would else be this one. */
	while (__atomic_load_n(&target->suspended, __ATOMIC_ACQUIRE))
		cpu_relax();
}

void cell_suspend(const struct cell *cell)
{
	u32 cpu;

	for_each_cpu (cpu, cell->cpus)
		if (cpu != this_public()->id)
			cpu_suspend(cpu);
}

void cell_resume(const struct cell *cell)
{
	u32 cpu;

	for_each_cpu (cpu, cell->cpus)
		if (cpu != this_public()->id)
			cpu_resume(cpu);
}

void cpu_request_start(u32 cpu, struct cpu_start start)
{
	struct cpu_public *target = cpu_public(cpu);

	target->start = start;
	target->start_requested = true;
}

void cpu_request_stop(u32 cpu, enum cpu_power power)
{
	struct cpu_public *target = cpu_public(cpu);

	target->stop_power = power;
	target->stop_requested = true;
	target->start_requested = false;
}

void cpu_stop_async(u32 cpu, enum cpu_power power)
{
	struct cpu_public *target = cpu_public(cpu);

	spin_lock(&target->lock);
	cpu_request_stop(cpu, power);
	spin_unlock(&target->lock);
	arch_send_event(cpu);
}

enum cpu_power cpu_coming_power(u32 cpu)
{
	const struct cpu_public *target = cpu_public(cpu);

	return target->stop_requested ? target->stop_power : target->power;
}

void cpu_wait_for_start(u32 cpu)
{
	struct cpu_public *target = cpu_public(cpu);
	enum cpu_power power;

	spin_lock(&target->lock);
	power = cpu_coming_power(cpu);
	if (power == CPU_RUNNING || power == CPU_OFF)
		cpu_request_stop(cpu, CPU_OFF);
	spin_unlock(&target->lock);
	arch_send_event(cpu);
}

bool cpu_power_on(u32 cpu, struct cpu_start start)
{
	struct cpu_public *target = cpu_public(cpu);
	bool was_off;

	spin_lock(&target->lock);
	was_off = cpu_coming_power(cpu) == CPU_OFF && !target->start_requested;
	if (was_off)
		cpu_request_start(cpu, start);
	spin_unlock(&target->lock);
	if (was_off)
		arch_send_event(cpu);
	return was_off;
}

void cpu_power_off(enum cpu_power power)
{
	struct cpu_public *self = this_public();

	spin_lock(&self->lock);
	cpu_request_stop(self->id, power);
	spin_unlock(&self->lock);
	cpu_serve();
}

/** Stand still while the manager works on this CPU's state. Lock held on entry and exit, not between. */
static void stay_suspended(struct cpu_public *self)
{
	__atomic_store_n(&self->suspended, true, __ATOMIC_RELEASE);
	spin_unlock(&self->lock);
	while (__atomic_load_n(&self->suspend, __ATOMIC_ACQUIRE))
		cpu_relax();
	spin_lock(&self->lock);
	__atomic_store_n(&self->suspended, false, __ATOMIC_RELEASE);
}

/** Do one requested change; false if there is none. Lock held. */
static bool serve_request(struct cpu_public *self)
{
	if (self->suspend) {
		stay_suspended(self);
	} else if (self->stop_requested) {
		self->power = self->stop_power;
		arch_cpu_quiesce();
		__atomic_store_n(&self->stop_requested, false, __ATOMIC_RELEASE);
	} else if (self->start_requested) {
		self->start_requested = false;
		self->power = CPU_RUNNING;
		arch_cpu_reset(self->start);
	} else {
		return false;
	}
	return true;
}

void cpu_serve(void)
{
	struct cpu_public *self = this_public();

	spin_lock(&self->lock);
	while (serve_request(self) || self->power != CPU_RUNNING) {
		if (self->suspend || self->stop_requested || self->start_requested ||
		    self->power == CPU_RUNNING)
			continue;
		spin_unlock(&self->lock);
		arch_cpu_wait();
		spin_lock(&self->lock);
	}
	spin_unlock(&self->lock);
}

void cpu_wait_stopped(u32 cpu)
{
	while (__atomic_load_n(&cpu_public(cpu)->stop_requested, __ATOMIC_ACQUIRE))
		cpu_relax();
}

void cpu_move(u32 cpu, struct cell *from, struct cell *to)
{
	struct cpu_public *target = cpu_public(cpu);

	bit_clear(from->cpus, cpu);
	bit_set(to->cpus, cpu);
	target->cell = to;
	memset(target->stats, 0, sizeof(target->stats));
	cpu_request_stop(cpu, CPU_OFF);
}
