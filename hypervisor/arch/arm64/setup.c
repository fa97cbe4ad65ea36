// SPDX-License-Identifier: GPL-2.0-only
/* Taking a CPU over from Linux, running its guest, and giving it back. */
#include <arch.h>
#include <asm/arm64.h>
#include <asm/sysregs.h>
#include <errno.h>
#include <gic.h>
#include <paging.h>
#include <printk.h>
#include <psci.h>
#include <setup.h>

void arch_describe_machine(struct machine *machine)
{
	arm64_limit_phys_bits();
	machine->phys_bits = arm64_phys_bits();
	machine->guest_bits = arm64_phys_bits();
}

int arch_check_system(const struct jailhouse_system *system)
{
	u32 granule = ID_FIELD(id_aa64mmfr0_el1, MMFR0_TGRAN4);

	/* 0 and 1: 4 KiB pages are there, 0xf: they are not */
	if (granule == 0xf)
		return refuse(-ENODEV, "this CPU has no 4 KiB pages");
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

/** First thing after the MMU is on: how EL2 was found, and where its exceptions go from now on. */
void arm64_entered(void)
{
	this_cpu()->arch.before = (struct el2_state){
		.hcr = read_sysreg(hcr_el2),
		.vbar = read_sysreg(vbar_el2),
		.vttbr = read_sysreg(vttbr_el2),
		.vtcr = read_sysreg(vtcr_el2),
		.mdcr = read_sysreg(mdcr_el2),
		.cptr = read_sysreg(cptr_el2),
	};
	write_sysreg(el2_vectors, vbar_el2);
	isb();
}

int arch_cpu_init(void)
{
	arm64_limit_phys_bits();
	this_public()->arch.mpidr = read_sysreg(mpidr_el1) & MPIDR_AFFINITY;
	return 0;
}

void arm64_load_controls(void)
{
	const struct el2_state *before = &this_cpu()->arch.before;
	const struct cell *cell = this_cell();
	u64 hcr = before->hcr | HCR_VM | HCR_SWIO | HCR_FMO | HCR_IMO | HCR_AMO | HCR_TSC | HCR_RW;
	u64 mdcr = before->mdcr, cptr = before->cptr;

	if (cell != &root_cell) {
		hcr |= HCR_TIDCP | HCR_TACR | HCR_TERR;
		mdcr &= ~(MDCR_E2PB | MDCR_E2TB);
		mdcr |= MDCR_TDA | MDCR_TDOSA | MDCR_TDRA | MDCR_TPMS | MDCR_TTRF;
		cptr |= CPTR_TTA;
		if (cell->config->flags & JAILHOUSE_CELL_AARCH32)
			hcr &= ~HCR_RW;
	}
	write_sysreg(arm64_vtcr(), vtcr_el2);
	write_sysreg(arm64_vttbr(cell), vttbr_el2);
	write_sysreg(mdcr, mdcr_el2);
	write_sysreg(cptr, cptr_el2);
	write_sysreg(hcr, hcr_el2);
	isb();
}

void arch_cpu_activate(void)
{
	arm64_load_controls();
	gic_cpu_activate();
	this_cpu()->arch.activated = true;
	/* What the EL1 tables said before was cached without a VMID. */
	asm volatile("tlbi alle1" : : : "memory");
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
	asm volatile("tlbi alle1" : : : "memory");
	dsb(nsh);
	isb();
	arm64_map_entry_code();
	leave_el2(result, hv_to_phys(mmu_off));
}

/* --- the guest ------------------------------------------------------------------------------ */

static bool has_aarch32(void)
{
	return ID_FIELD(id_aa64pfr0_el1, PFR0_EL1) == PFR0_AARCH32;
}

int arch_cell_check(const struct jailhouse_cell_desc *desc)
{
	if (desc->num_pci_devices || desc->num_cache_regions || desc->num_stream_ids ||
	    desc->num_pio_regions)
		return refuse(
			-EINVAL,
			"PCI devices, caches, stream IDs and ports are not supported on this architecture");
	/* The return to such a guest would fail, at EL2. */
	if ((desc->flags & JAILHOUSE_CELL_AARCH32) && !has_aarch32())
		return refuse(-EINVAL,
			      "cell \"%s\" needs AArch32, which this CPU does not have at EL1",
			      desc->name);
	return gic_cell_check(desc);
}

struct cpu_start arch_cell_entry(const struct cell *cell)
{
	return (struct cpu_start){ .entry = cell->config->cpu_reset_address };
}

void arch_cpu_reset(struct cpu_start start)
{
	bool aarch32 = this_cell()->config->flags & JAILHOUSE_CELL_AARCH32;
	struct guest_regs *regs = guest_regs();

	arm64_load_controls();
	gic_cpu_reset();
	arm64_reset_guest_state(aarch32);
	*regs = (struct guest_regs){ .x = { start.context } };
	write_sysreg(start.entry & ~(u64)aarch32, elr_el2);
	if (aarch32)
		write_sysreg(SPSR_SVC32 | SPSR_AIF32 | (start.entry & 1 ? SPSR_T32 : 0), spsr_el2);
	else
		write_sysreg(SPSR_EL1h | SPSR_DAIF, spsr_el2);
	asm volatile("tlbi vmalls12e1\n\tic iallu" : : : "memory");
	dsb(nsh);
	isb();
}

void arch_cpu_quiesce(void)
{
	arm64_stop_recording();
	/* What the guest did last must not stop who runs here next. */
	drop_pending_errors();
	gic_cpu_reset();
	/* No speculative walk may use the tables of a cell that is going to end. */
	write_sysreg(0, vttbr_el2);
	isb();
	asm volatile("tlbi alle1" : : : "memory");
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
	return MAX(read_sysreg(cntfrq_el0) / 1000, 1);
}

bool arch_irq_pending(void)
{
	/* IRQ and FIQ bits; as seen from EL2, the physical ones */
	return read_sysreg(isr_el1) & MASK64(7, 6);
}

void arch_dump_registers(void)
{
	const struct guest_regs *regs = guest_regs();

	printk(" pc: %016llx   lr: %016llx spsr: %08llx     EL%u\n", read_sysreg(elr_el2),
	       regs->x[30], read_sysreg(spsr_el2), (u32)SPSR_EL(read_sysreg(spsr_el2)));
	printk(" sp: %016llx  esr: %08llx far: %016llx hpfar: %llx\n", read_sysreg(sp_el1),
	       read_sysreg(esr_el2), read_sysreg(far_el2), read_sysreg(hpfar_el2));
	for (u32 n = 0; n < 30; n += 3)
		printk(" x%-2u: %016llx  x%-2u: %016llx  x%-2u: %016llx\n", n, regs->x[n], n + 1,
		       regs->x[n + 1], n + 2, regs->x[n + 2]);
}

void arch_halt(void)
{
	for (;;)
		asm volatile("wfi");
}
