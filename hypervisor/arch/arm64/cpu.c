// SPDX-License-Identifier: GPL-2.0-only
/* What a CPU can do, and how its guest stands. */
#include <arch.h>
#include <arm.h>
#include <asm/sysregs.h>
#include <errno.h>
#include <printk.h>

int arm_check_cpu(void)
{
	/* 0 and 1: 4 KiB pages are there, 0xf: they are not */
	if (ID_FIELD(id_aa64mmfr0_el1, MMFR0_TGRAN4) == 0xf)
		return refuse(-ENODEV, "this CPU has no 4 KiB pages");
	return 0;
}

void arch_dump_registers(void)
{
	const struct guest_regs *regs = guest_regs();

	printk(" pc: %016llx   lr: %016lx spsr: %08llx     EL%u\n", read_sysreg(elr_el2),
	       regs->x[30], read_sysreg(spsr_el2), (u32)SPSR_EL(read_sysreg(spsr_el2)));
	printk(" sp: %016llx  esr: %08llx far: %016llx hpfar: %llx\n", read_sysreg(sp_el1),
	       read_sysreg(esr_el2), read_sysreg(far_el2), read_sysreg(hpfar_el2));
	for (u32 n = 0; n < 30; n += 3)
		printk(" x%-2u: %016lx  x%-2u: %016lx  x%-2u: %016lx\n", n, regs->x[n], n + 1,
		       regs->x[n + 1], n + 2, regs->x[n + 2]);
}
