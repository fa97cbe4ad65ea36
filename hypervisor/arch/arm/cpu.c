// SPDX-License-Identifier: GPL-2.0-only
/* What a CPU can do, how its guest stands, and who answers its traps. */
#include <arch.h>
#include <arm.h>
#include <asm/sysregs.h>
#include <printk.h>

const sync_handler sync_handlers[64] = {
	[EC_CP15_32] = arm_handle_coprocessor,
	[EC_CP15_64] = arm_handle_coprocessor,
	[EC_CP14_32] = arm_handle_coprocessor,
	[EC_CP14_64] = arm_handle_coprocessor,
	[EC_HVC32] = arm_handle_hvc,
	[EC_SMC32] = arm_handle_smc32,
	[EC_IABT_LOW] = arm_handle_instruction_abort,
	[EC_DABT_LOW] = arm_handle_data_abort,
};

/** That it came here in Hyp mode says all. */
int arm_check_cpu(void)
{
	return 0;
}

void arm_stop_recording(void)
{
}

void arch_dump_registers(void)
{
	const struct guest_regs *regs = guest_regs();

	printk(" pc: %08llx  sp: %08llx   lr: %08llx cpsr: %08llx\n", read_sysreg(elr_el2),
	       guest_reg(regs, 13), guest_reg(regs, 14), read_sysreg(spsr_el2));
	printk("hsr: %08llx far: %08llx hpfar: %08llx\n", read_sysreg(esr_el2),
	       read_sysreg(far_el2), read_sysreg(hpfar_el2));
	for (u32 n = 0; n < 12; n += 4)
		printk(" r%-2u: %08llx r%-2u: %08llx r%-2u: %08llx r%-2u: %08llx\n", n,
		       guest_reg(regs, n), n + 1, guest_reg(regs, n + 1), n + 2,
		       guest_reg(regs, n + 2), n + 3, guest_reg(regs, n + 3));
	printk(" r12: %08llx\n", guest_reg(regs, 12));
}
