// SPDX-License-Identifier: GPL-2.0-only
/* Taking a CPU over from Linux, running its guest, and giving it back. */
#include <apic.h>
#include <apic_rules.h>
#include <arch.h>
#include <asm/apic_regs.h>
#include <asm/jailhouse_entry.h>
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <cat.h>
#include <errno.h>
#include <hypercalls.h>
#include <ioapic.h>
#include <iommu.h>
#include <page_pool.h>
#include <paging.h>
#include <printk.h>
#include <setup.h>
#include <vcpu.h>

extern u8 x86_boot_tables[];

static u32 active_cpus;

void arch_describe_machine(struct machine *machine)
{
	u32 bits = cpuid(0x80000008, 0).eax & 0xff;

	machine->phys_bits = bits;
	machine->guest_bits = MIN(bits, 48);
}

int arch_check_system(const struct jailhouse_system *system)
{
	int err = vcpu_check();

	x86_detect_page_sizes();
	err = err ? err : apic_check_regions(&system->root_cell, "local APIC", APIC_ADDRESS);
	err = err ? err : ioapic_check_system(system);
	err = err ? err : x86_ports_check_system(system);
	err = err ? err : cat_check_system(&system->root_cell);
	err = err ? err : pci_check_system(system);
	return err ? err : iommu_check_system(system);
}

int arch_init(void)
{
	int err;

	vcpu_init_msrs();
	x86_allow_msrs();
	cat_init(&system_config->root_cell);
	err = iommu_init();
	return err ? err : ioapic_init();
}

int arch_cpu_init(void)
{
	int err = vcpu_check();

	err = err ? err : apic_cpu_init();
	if (!err)
		vcpu_init();
	return err;
}

void arch_cpu_activate(void)
{
	/* Linux stands still until all CPUs have come here. */
	if (__atomic_fetch_add(&active_cpus, 1, __ATOMIC_ACQ_REL) == 0) {
		pci_silence();
		ioapic_activate();
		iommu_activate();
		pci_activate();
	}
	this_cpu()->arch.mtrr_deftype = read_msr(MSR_MTRR_DEFTYPE);
	cat_apply(this_cell()->config);
	vcpu_activate();
	this_cpu()->arch.activated = true;
}

void arch_cpu_release(void)
{
	if (!this_cpu()->arch.activated)
		return;
	cat_release();
	if (__atomic_sub_fetch(&active_cpus, 1, __ATOMIC_ACQ_REL) == 0) {
		pci_silence();
		iommu_release();
		ioapic_release();
		pci_release();
	}
}

void arch_cpu_leave(long result)
{
	const struct linux_state *before = &this_cpu()->arch.before;
	u32 root = x86_has_five_levels() ? X86_BOOT_ROOT5 : X86_BOOT_ROOT;

	/* What is still pending may be the core's own, or an IOMMU's: Linux would not know what to do with it. */
	if (this_cpu()->arch.activated)
		x86_take_nmi();
	vcpu_release();
	write_msr(MSR_PAT, before->pat);
	WRITE_CR(0, before->cr0);
	x86_leave(result, before, hv_to_phys(x86_boot_tables + root * PAGE_SIZE),
		  image_header.driver_data[X86_DATA_LEAVE]);
}

/* --- cells ---------------------------------------------------------------------------------- */

int arch_cell_check(const struct jailhouse_cell_desc *desc)
{
	int err;

	if (desc->flags & JAILHOUSE_CELL_AARCH32 || desc->num_stream_ids)
		return refuse(-EINVAL, "cell \"%s\" is for another architecture", desc->name);
	err = apic_check_regions(desc, "local APIC", APIC_ADDRESS);
	err = err ? err : x86_ports_check(desc);
	err = err ? err : x86_ports_check_owners(desc);
	err = err ? err : ioapic_check_cell(desc);
	err = err ? err : cat_check_cell(desc);
	return err ? err : pci_check_cell(desc);
}

/** The host's five levels make the processor walk five levels for guests as well; the IOMMU walks the lower four. */
static int init_fifth_level(struct cell *cell)
{
	pte_t *root;

	if (!x86_has_five_levels())
		return 0;
	root = page_alloc(1);
	if (!root)
		return -ENOMEM;
	root[0] = pte_table(hv_to_phys(cell->memory.root), 0) & ~PTE_NEXT;
	cell->arch.root5 = root;
	return 0;
}

/** The root cell reads its local APIC's registers, where Linux uses these, and writes them through the core. */
static int map_apic(struct cell *cell)
{
	int err = pt_map(&cell->memory, APIC_ADDRESS, APIC_ADDRESS, PAGE_SIZE,
			 arch_cell_attributes(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO));

	return err ? err : mmio_add(&cell->mmio, APIC_ADDRESS, PAGE_SIZE, apic_mmio_access, NULL);
}

int arch_cell_init(struct cell *cell)
{
	int err = x86_ports_init(cell);

	err = err ? err : init_fifth_level(cell);
	err = err ? err : ioapic_cell_init(cell);
	err = err ? err : pci_cell_init(cell);
	if (!err && cell == &root_cell)
		err = map_apic(cell);
	if (err)
		arch_cell_exit(cell);
	else if (cell != &root_cell)
		cat_add_cell(cell->config);
	return err;
}

void arch_cell_exit(struct cell *cell)
{
	if (cell != &root_cell)
		cat_remove_cell(cell->config);
	pci_cell_exit(cell);
	ioapic_cell_exit(cell);
	if (cell->arch.root5)
		page_free(cell->arch.root5, 1);
	cell->arch.root5 = NULL;
	x86_ports_exit(cell);
}

void arch_cell_take_irqs(struct cell *cell)
{
	x86_ports_move(cell, true);
	ioapic_take_pins(cell);
	pci_take_devices(cell);
	iommu_root_cpus_changed();
}

void arch_cell_return_irqs(struct cell *cell)
{
	pci_return_devices(cell);
	ioapic_return_pins(cell);
	x86_ports_move(cell, false);
	iommu_root_cpus_changed();
}

void arch_cell_reset_irqs(struct cell *cell)
{
	pci_reset_devices(cell);
	ioapic_reset_pins(cell);
}

void arch_comm_region_init(struct cell *cell)
{
	struct jailhouse_comm_region *comm = cell->comm;
	u32 cpu;

	comm->pci_mmconfig_base = system_config->platform_info.pci_mmconfig_base;
	comm->pm_timer_address = system_config->platform_info.x86.pm_timer_address;
	comm->tsc_khz = arch_time_per_ms();
	comm->apic_khz = system_config->platform_info.x86.apic_khz;
	for_each_cpu (cpu, cell->cpus)
		comm->num_cpus++;
}

bool arch_cell_entry(const struct cell *cell, u32 cpu, struct cpu_start *start)
{
	*start = (struct cpu_start){ .entry = cell->config->cpu_reset_address };
	return true;
}

/* --- CPUs ----------------------------------------------------------------------------------- */

bool arch_sees_cpus_off(void)
{
	return false;
}

void arch_cpu_reset(struct cpu_start start)
{
	u64 base = start.context == X86_START_SIPI ? start.entry : start.entry & ~0xffffULL;

	x86_reset_fpu();
	apic_cpu_reset();
	cat_apply(this_cell()->config);
	this_cpu()->arch.event_taken = false;
	this_cpu()->arch.mtrr_deftype = read_msr(MSR_MTRR_DEFTYPE);
	*guest_regs() = (struct guest_regs){ .gpr = { [REG_RDX] = cpuid(1, 0).eax } };
	vcpu_reset(base >> 4 & (start.context == X86_START_SIPI ? 0xffff : 0xf000), base,
		   start.entry - base);
}

void arch_cpu_quiesce(void)
{
	apic_cpu_quiesce();
	this_public()->arch.nmi_pending = false;
}

/** An NMI that the core did not send. */
static bool is_of_iommu(void)
{
	return this_cell() == &root_cell && iommu_handle_nmi();
}

void arch_cpu_wait(void)
{
	x86_wait_nmi();
	if (!this_cpu()->arch.event_taken)
		is_of_iommu();
	this_cpu()->arch.event_taken = false;
}

/** One NMI at a time is on its way, so that the receiver can tell those of the core from all others. */
void arch_send_event(u32 cpu)
{
	if (!__atomic_exchange_n(&cpu_public(cpu)->arch.event_pending, true, __ATOMIC_ACQ_REL))
		apic_send_event(cpu);
}

void x86_handle_nmi(void)
{
	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_MANAGEMENT);
	if (this_cpu()->arch.event_taken) {
		this_cpu()->arch.event_taken = false;
		cpu_serve();
	} else if (!is_of_iommu()) {
		vcpu_raise_nmi();
	}
}

u64 arch_time(void)
{
	return read_tsc();
}

u64 arch_time_per_ms(void)
{
	u32 configured = system_config->platform_info.x86.tsc_khz;

	return configured ? configured : image_header.clock_khz;
}

bool arch_irq_pending(void)
{
	return apic_irq_pending();
}

bool arch_crash_guest(void)
{
	vcpu_raise(X86_GP);
	return true;
}

void arch_dump_registers(void)
{
	const u64 *gpr = guest_regs()->gpr;

	vcpu_dump();
	for (u32 n = 0; n < 16; n += 4)
		printk(" r%-2u: %016llx %016llx %016llx %016llx\n", n, gpr[n], gpr[n + 1],
		       gpr[n + 2], gpr[n + 3]);
}

void arch_halt(void)
{
	for (;;)
		asm volatile("hlt");
}

void x86_handle_hypercall(struct guest_regs *regs)
{
	struct vcpu_mode mode = vcpu_mode();
	u64 mask = mode.efer & EFER_LMA && mode.code_bits == 64 ? ~0ULL : ~0U;
	long result;

	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_HYPERCALL);
	if (mode.cpl) {
		vcpu_raise(X86_UD);
		return;
	}
	if (this_cell() == &root_cell)
		iommu_poll_events((u32)regs->gpr[REG_RAX] != JAILHOUSE_HC_DISABLE);
	/* DISABLE does not return here. */
	vcpu_skip(3);
	result =
		hypercall(regs->gpr[REG_RAX], regs->gpr[REG_RDI] & mask, regs->gpr[REG_RSI] & mask);
	if (result == HYPERCALL_RETRY)
		vcpu_set_rip(mode.rip);
	else
		regs->gpr[REG_RAX] = result;
}
