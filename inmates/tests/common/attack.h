/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test inmates that attack the hypervisor or other cells. What each attack prints is for
 * scripts to read; README.md lists the lines.
 */
#ifndef JAILHOUSE_TESTS_ATTACK_H
#define JAILHOUSE_TESTS_ATTACK_H

#include <inmate.h>

struct attack {
	const char *name;
	void (*run)(void);
};

/* What there is on this architecture. The lists end with an attack without a name, their list with NULL. */
extern const struct attack *const attack_lists[];
extern const struct attack cell_attacks[];

/** Supplied by the architecture: reports exceptions to exception_taken() and goes on behind the instruction. */
void catch_exceptions(void);
/** Prints the beginning of a line that the caller ends, and counts. */
void exception_taken(void);
/** Only counts. */
void exception_counted(void);

/** The attack went unpunished, and this was the result. */
void survived(u64 value);

/** Compares and counts differences. Returns whether they are equal. */
bool check(const char *what, u64 value, u64 expected);

/** Exceptions the inmate itself took since the last call. The instruction is skipped each time. */
unsigned int exceptions_taken(void);

/** Answers messages for that long; a shutdown request is approved. */
void serve_seconds(unsigned int seconds);
void __noreturn serve_forever(void);

/** Option addr=; mapped, so that only the hypervisor can object. */
void *option_address(unsigned long default_address, enum map_type type);

#endif
