// SPDX-License-Identifier: GPL-2.0-only
/* Taking a CPU over from Linux, running its guest, and giving it back. */
#include <arch.h>
#include <arm.h>
#include <asm/sysregs.h>
#include <errno.h>
#include <gic.h>
#include <paging.h>
#include <printk.h>
#include <psci.h>
#include <setup.h>

void arch_describe_machine(struct machine *machine)
{
	arm_limit_phys_bits();
	machine->phys_bits = arm_phys_bits();
	machine->guest_bits = arm_phys_bits();
}

int arch_check_system(const struct jailhouse_system *system)
{
	int err = arm_check_cpu();

	if (err)
		return err;
	for (u32 n = 0; n < JAILHOUSE_MAX_IOMMU_UNITS; n++)
		if (system->platform_info.iommu_units[n].type)
			return refuse(-EINVAL, "IOMMU unit %u: no driver for type %u in this build",
				      n, system->platform_info.iommu_units[n].type);
	if (system->root_cell.num_pci_devices)
		return refuse(-EINVAL,
			      "PCI devices are not supported on this architecture in this build");
	return gic_check_system(system);
}

int arch_init(void)
{
	printk("Initializing unit: irqchip\n");
	return gic_init();
}

void arm_entered(void)
{
	this_cpu()->arch.before = (struct el2_state){
		.hcr = read_sysreg(hcr_el2),
		.vbar = read_sysreg(vbar_el2),
		.vttbr = read_sysreg(vttbr_el2),
		.vtcr = read_sysreg(vtcr_el2),
		.mdcr = read_sysreg(mdcr_el2),
		.cptr = read_sysreg(cptr_el2),
	};
	write_sysreg((uintptr_t)el2_vectors, vbar_el2);
	isb();
}

int arch_cpu_init(void)
{
	arm_limit_phys_bits();
	this_public()->arch.mpidr = read_sysreg(mpidr_el1) & MPIDR_AFFINITY;
	return 0;
}

void arm_load_controls(void)
{
	const struct el2_state *before = &this_cpu()->arch.before;
	const struct cell *cell = this_cell();
	u64 hcr = before->hcr | HCR_GUEST;
	u64 mdcr = before->mdcr, cptr = before->cptr;

	if (cell != &root_cell) {
		hcr |= HCR_CONFINED;
		mdcr = (mdcr & ~MDCR_OPEN) | MDCR_CONFINED;
		cptr |= CPTR_TTA;
		if (cell->config->flags & JAILHOUSE_CELL_AARCH32)
			hcr &= ~HCR_RW;
	}
	write_sysreg(arm_vtcr(), vtcr_el2);
	write_sysreg(arm_vttbr(cell), vttbr_el2);
	write_sysreg(mdcr, mdcr_el2);
	write_sysreg(cptr, cptr_el2);
	write_sysreg(hcr, hcr_el2);
	isb();
}

void arch_cpu_activate(void)
{
	arm_load_controls();
	gic_cpu_activate();
	this_cpu()->arch.activated = true;
	/* What the EL1 tables said before was cached without a VMID. */
	tlbi(alle1);
	dsb(nsh);
	isb();
}

void arch_cpu_release(void)
{
	if (this_cpu()->arch.activated)
		gic_cpu_release();
}

void arch_cpu_leave(long result)
{
	const struct el2_state *before = &this_cpu()->arch.before;

	write_sysreg(before->hcr, hcr_el2);
	write_sysreg(before->vttbr, vttbr_el2);
	write_sysreg(before->vtcr, vtcr_el2);
	write_sysreg(before->mdcr, mdcr_el2);
	write_sysreg(before->cptr, cptr_el2);
	write_sysreg(before->vbar, vbar_el2);
	isb();
	/* Linux knows nothing of what was cached for it under our VMID, nor of what it did not invalidate. */
	tlbi(alle1);
	dsb(nsh);
	isb();
	arm_map_entry_code();
	leave_el2(result, hv_to_phys(mmu_off));
}

/* --- the guest ------------------------------------------------------------------------------ */

int arch_cell_check(const struct jailhouse_cell_desc *desc)
{
	if (desc->num_pci_devices || desc->num_cache_regions || desc->num_stream_ids ||
	    desc->num_pio_regions)
		return refuse(
			-EINVAL,
			"PCI devices, caches, stream IDs and ports are not supported on this architecture");
	/* The return to such a guest would fail, at EL2. */
	if ((desc->flags & JAILHOUSE_CELL_AARCH32) && !cpu_has_aarch32())
		return refuse(-EINVAL,
			      "cell \"%s\" needs AArch32, which this CPU does not have at EL1",
			      desc->name);
	return gic_cell_check(desc);
}

bool arch_cell_entry(const struct cell *cell, u32 cpu, struct cpu_start *start)
{
	*start = (struct cpu_start){ .entry = cell->config->cpu_reset_address };
	return cpu == cpu_set_next(cell->cpus, 0);
}

void arch_cpu_reset(struct cpu_start start)
{
	arm_load_controls();
	gic_cpu_reset();
	arm_reset_guest(start);
	tlbi(vmalls12e1);
	drop_instructions();
	dsb(nsh);
	isb();
}

void arch_cpu_quiesce(void)
{
	arm_stop_recording();
	/* What the guest did last must not stop who runs here next. */
	drop_pending_errors();
	gic_cpu_reset();
	/* No speculative walk may use the tables of a cell that is going to end. */
	write_sysreg(0, vttbr_el2);
	isb();
	tlbi(alle1);
	dsb(nsh);
	isb();
}

void arch_cpu_wait(void)
{
	dsb(sy);
	asm volatile("wfi" : : : "memory");
	gic_discard_irq();
}

void arch_cpu_standby(void)
{
	/* An interrupt that is in a list register already would not wake this level. */
	if (gic_virq_waits())
		return;
	dsb(sy);
	asm volatile("wfi" : : : "memory");
}

bool arch_sees_cpus_off(void)
{
	return true;
}

void arch_send_event(u32 cpu)
{
	gic_send_event(cpu_public(cpu));
}

u64 arch_time(void)
{
	isb();
	return read_sysreg(cntpct_el0);
}

u64 arch_time_per_ms(void)
{
	return MAX((u32)read_sysreg(cntfrq_el0) / 1000, 1);
}

bool arch_irq_pending(void)
{
	/* IRQ and FIQ bits; as seen from EL2, the physical ones */
	return read_sysreg(isr_el1) & MASK64(7, 6);
}

void arch_halt(void)
{
	for (;;)
		asm volatile("wfi");
}
