// SPDX-License-Identifier: GPL-2.0-only
/* Runs one attack, selected with test=NAME. */
#include "attack.h"

CMDLINE_BUFFER(256);

#define SPSR_ILLEGAL   (1UL << 20)
#define ESR_EC_ILLEGAL 0x0e

static const struct attack *const lists[] = {
	memory_attacks, mmio_attacks, gic_attacks,  firmware_attacks,
	cpu_attacks,    smp_attacks,  cell_attacks,
};

static const struct attack *current;
static unsigned int wrong, exceptions;

void survived(u64 value)
{
	printk("SURVIVED %s 0x%llx\n", current->name, value);
}

bool check(const char *what, u64 value, u64 expected)
{
	if (value == expected) {
		printk("CHECK %s %s: 0x%llx\n", current->name, what, value);
		return true;
	}
	wrong++;
	printk("WRONG %s %s: 0x%llx, expected 0x%llx\n", current->name, what, value, expected);
	return false;
}

unsigned int exceptions_taken(void)
{
	unsigned int count = exceptions;

	exceptions = 0;
	return count;
}

/* Goes on behind the instruction, or at the caller if there is nothing to execute. */
static bool handle_exception(struct exception_frame *frame, u64 esr, u64 far)
{
	u64 class = ESR_EC(esr);

	printk("EXCEPTION %s class 0x%02llx syndrome 0x%08llx pc 0x%llx address 0x%llx\n",
	       current->name, class, esr, frame->elr, far);
	exceptions++;
	if (class == ESR_EC_ILLEGAL)
		frame->spsr &= ~SPSR_ILLEGAL;
	else if (class == ESR_EC_IABT)
		frame->elr = frame->regs[30];
	else
		frame->elr += 4;
	return true;
}

void serve_seconds(unsigned int seconds)
{
	u64 end = timer_get_ticks() + (u64)seconds * timer_get_frequency();

	while ((s64)(end - timer_get_ticks()) > 0) {
		if (comm_handle_message(true))
			comm_shut_down();
		delay_us(1000);
	}
}

void serve_forever(void)
{
	while (1)
		serve_seconds(1);
}

void *option_address(unsigned long default_address, enum map_type type)
{
	unsigned long addr = cmdline_parse_int("addr", default_address);

	map_range((void *)addr, 2 * PAGE_SIZE, type);
	return (void *)addr;
}

static const struct attack *find_attack(const char *name)
{
	const struct attack *attack;
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(lists); n++)
		for (attack = lists[n]; attack->name; attack++)
			if (strcmp(attack->name, name) == 0)
				return attack;
	return NULL;
}

static void print_attacks(void)
{
	const struct attack *attack;
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(lists); n++)
		for (attack = lists[n]; attack->name; attack++)
			printk("attack available: %s\n", attack->name);
}

void inmate_main(void)
{
	char name[32];

	current = find_attack(cmdline_parse_str("test", name, sizeof(name), "none"));
	if (!current) {
		print_attacks();
		serve_forever();
	}
	exception_set_handler(handle_exception);
	printk("attack %s\n", current->name);
	current->run();
	printk("FINISHED %s wrong=%u\n", current->name, wrong);
	serve_forever();
}
