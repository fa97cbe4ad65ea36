// SPDX-License-Identifier: GPL-2.0-only
/* Accesses on behalf of a guest that may end in a bus error: what answers is whatever the configuration says is there. */
#include <arch.h>
#include <arm.h>
#include <asm/sysregs.h>

typedef bool (*mmio_routine)(void *address, u64 *value);

/* In mmio_try.S */
bool mmio_try_load8(void *address, u64 *value);
bool mmio_try_load16(void *address, u64 *value);
bool mmio_try_load32(void *address, u64 *value);
bool mmio_try_load64(void *address, u64 *value);
bool mmio_try_store8(void *address, u64 *value);
bool mmio_try_store16(void *address, u64 *value);
bool mmio_try_store32(void *address, u64 *value);
bool mmio_try_store64(void *address, u64 *value);
bool mmio_try_translate(void *address, u64 *value);
bool mmio_try_translate_user(void *address, u64 *value);

/* By the logarithm of the size in bytes. */
static const mmio_routine loads[] = { mmio_try_load8, mmio_try_load16, mmio_try_load32,
				      mmio_try_load64 };
static const mmio_routine stores[] = { mmio_try_store8, mmio_try_store16, mmio_try_store32,
				       mmio_try_store64 };

static bool attempt(mmio_routine routine, void *address, u64 *value)
{
	/* What describes the guest's exception, an exception in here overwrites. */
	u64 elr = read_sysreg(elr_el2), spsr = read_sysreg(spsr_el2);
	u64 esr = read_sysreg(esr_el2), far = read_sysreg(far_el2), hpfar = read_sysreg(hpfar_el2);

	if (routine(address, value))
		return true;
	write_sysreg(elr, elr_el2);
	write_sysreg(spsr, spsr_el2);
	write_sysreg(esr, esr_el2);
	write_sysreg(far, far_el2);
	write_sysreg(hpfar, hpfar_el2);
	return false;
}

bool arch_mmio_try(void *address, struct mmio_access *access)
{
	u32 log = __builtin_ctz(access->size);

	return attempt((access->is_write ? stores : loads)[log], address, &access->value);
}

bool arm_try_translate(u64 address, u64 *par)
{
	bool user = guest_is_user(read_sysreg(spsr_el2));

	return attempt(user ? mmio_try_translate_user : mmio_try_translate,
		       (void *)(unsigned long)address, par);
}
