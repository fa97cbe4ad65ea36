// SPDX-License-Identifier: GPL-2.0-only
/* Runs one attack, selected with test=NAME, after delay= seconds (0). */
#include "attack.h"

CMDLINE_BUFFER(256);

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

void exception_counted(void)
{
	exceptions++;
}

void exception_taken(void)
{
	exception_counted();
	printk("EXCEPTION %s ", current->name);
}

void serve_seconds(unsigned int seconds)
{
	unsigned int ms;

	for (ms = 0; ms < seconds * 1000; ms++) {
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
	const struct attack *const *list, *attack;

	for (list = attack_lists; *list; list++)
		for (attack = *list; attack->name; attack++)
			if (strcmp(attack->name, name) == 0)
				return attack;
	return NULL;
}

static void print_attacks(void)
{
	const struct attack *const *list, *attack;

	for (list = attack_lists; *list; list++)
		for (attack = *list; attack->name; attack++)
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
	catch_exceptions();
	serve_seconds(cmdline_parse_int("delay", 0));
	printk("attack %s\n", current->name);
	current->run();
	printk("FINISHED %s wrong=%u\n", current->name, wrong);
	serve_forever();
}
