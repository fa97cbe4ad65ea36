// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/msr_try.S: a program may not touch these registers, so that here, too, each access faults. */
#define _GNU_SOURCE
/* clang-format off: cmocka.h needs the headers before it. Not unit.h, as the registers' names are the C library's, too. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <ucontext.h>
#include <cmocka.h>
/* clang-format on */

asm(".include \"../../hypervisor/arch/x86/msr_try.S\"");
bool x86_try_read_msr(uint32_t msr, uint64_t *value);
bool x86_try_write_msr(uint32_t msr, uint64_t value);
extern char msr_try_begin[], msr_try_end[], msr_try_failed[];

static int faults;

/** As core_exception in entry.S does it. */
static void on_fault(int number, siginfo_t *info, void *context)
{
	greg_t *rip = &((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];

	if (*rip < (greg_t)msr_try_begin || *rip >= (greg_t)msr_try_end)
		abort();
	*rip = (greg_t)msr_try_failed;
	faults++;
}

static void faults_are_answers(void **state)
{
	struct sigaction action = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO };
	uint64_t value = 42;

	assert_int_equal(sigaction(SIGSEGV, &action, NULL), 0);
	assert_false(x86_try_read_msr(0x3b, &value));
	assert_int_equal(value, 42);
	assert_false(x86_try_write_msr(0x835, 0x12000));
	assert_int_equal(faults, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(faults_are_answers) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
