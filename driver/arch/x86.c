// SPDX-License-Identifier: GPL-2.0-only
/* x86: the core is entered through code of our own that is mapped in both worlds (<asm/jailhouse_entry.h>). */
#include <linux/cc_platform.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/vmalloc.h>
#include <asm/cpufeature.h>
#include <asm/jailhouse_entry.h>
#include <asm/msr.h>
#include <asm/processor.h>
#include <asm/special_insns.h>
#include <asm/svm.h>
#include <asm/tsc.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/hypercall.h>
#include <jailhouse/image.h>
#include "arch.h"
#include "device.h"
#include "sysfs.h"

#define FIRMWARE_AMD   "jailhouse-amd.bin"
#define FIRMWARE_INTEL "jailhouse-intel.bin"

MODULE_FIRMWARE(FIRMWARE_AMD);

const u8 arch_config_architecture = JAILHOUSE_X86;

#define CPUID_ECX_SVM (1 << 2)

bool jailhouse_use_vmcall;

/* In x86_entry.S */
int jailhouse_enter(u64 boot_cr3, u64 entry, u64 cpu);
extern const char jailhouse_leave[];

static u64 boot_cr3, entry_address;

static bool is_amd(void)
{
	return boot_cpu_data.x86_vendor == X86_VENDOR_AMD ||
	       boot_cpu_data.x86_vendor == X86_VENDOR_HYGON;
}

int arch_init(void)
{
	return 0;
}

void arch_exit(void)
{
}

const char *arch_firmware_name(void)
{
	return is_amd() ? FIRMWARE_AMD : FIRMWARE_INTEL;
}

/* CPUID goes on reporting SVM, but EFER.SVME can no longer be set. */
static bool firmware_disables_svm(void)
{
	u64 vm_cr;

	return rdmsrl_safe(MSR_VM_CR, &vm_cr) == 0 && vm_cr & SVM_VM_CR_SVM_DIS_MASK;
}

/* Older KVMs set EFER.SVME with their first virtual machine only, and would do so with the core below them. */
static bool hypervisor_loaded(void)
{
	return __read_cr4() & X86_CR4_VMXE || native_read_msr(MSR_EFER) & EFER_SVME ||
	       misc_minor_in_use(KVM_MINOR);
}

int arch_check_machine(struct reason *why)
{
	if (!is_amd())
		return refuse(why, -ENODEV, "this CPU is not from AMD: VT-x is not supported yet");
	if (!(cpuid_ecx(0x80000001) & CPUID_ECX_SVM))
		return refuse(why, -ENODEV, "this CPU has no SVM, or another hypervisor hides it");
	if (firmware_disables_svm())
		return refuse(
			why, -ENODEV,
			"the firmware has switched SVM off: switch it on in the firmware's setup");
	if (cc_platform_has(CC_ATTR_HOST_MEM_ENCRYPT))
		return refuse(
			why, -ENODEV,
			"Linux encrypts its memory, of which the hypervisor knows nothing: boot with mem_encrypt=off");
	if (hypervisor_loaded())
		return refuse(why, -EBUSY,
			      "SVM is in use by another hypervisor: unload KVM (kvm_amd) first");
	return 0;
}

/* --- boot tables ---------------------------------------------------------------------------- */

#define TABLE_FLAGS (_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED)
#define LARGE_FLAGS (TABLE_FLAGS | _PAGE_DIRTY | _PAGE_PSE)
#define PAGE_FLAGS  (_PAGE_PRESENT | _PAGE_ACCESSED)
#define ENTRIES     512

struct boot_tables {
	u64 page[X86_BOOT_TABLES][ENTRIES];
};

static unsigned int index_of(u64 address, unsigned int level)
{
	return (address >> (12 + 9 * level)) % ENTRIES;
}

/* The reserved memory to HV_BASE, in 2 MiB pages. */
static void map_core(struct boot_tables *tables, phys_addr_t tables_phys, u64 hv_base,
		     phys_addr_t phys, u64 size)
{
	u64 offset;

	tables->page[X86_BOOT_ROOT][index_of(hv_base, 3)] =
		(tables_phys + X86_BOOT_L1 * PAGE_SIZE) | TABLE_FLAGS;
	tables->page[X86_BOOT_L1][index_of(hv_base, 2)] =
		(tables_phys + X86_BOOT_L2 * PAGE_SIZE) | TABLE_FLAGS;
	for (offset = 0; offset < size; offset += PMD_SIZE)
		tables->page[X86_BOOT_L2][offset / PMD_SIZE] = (phys + offset) | LARGE_FLAGS;
}

/* The page with the entry code to its own address. It may share the root's last entry with the core. */
static void map_entry_code(struct boot_tables *tables, phys_addr_t tables_phys)
{
	u64 address = (u64)jailhouse_enter, phys;
	unsigned int level, table = X86_BOOT_ROOT, next = X86_BOOT_ENTRY;
	u64 *entry;

	phys = PFN_PHYS(vmalloc_to_pfn((void *)jailhouse_enter));
	for (level = 3; level > 0; level--) {
		entry = &tables->page[table][index_of(address, level)];
		if (*entry)
			next = (*entry & PTE_PFN_MASK) == tables_phys + X86_BOOT_L1 * PAGE_SIZE ?
				       X86_BOOT_L1 :
				       X86_BOOT_L2;
		else
			*entry = (tables_phys + next * PAGE_SIZE) | TABLE_FLAGS;
		table = next;
		if (next < X86_BOOT_ENTRY)
			next = X86_BOOT_ENTRY;
		else
			next++;
	}
	tables->page[table][index_of(address, 0)] = phys | PAGE_FLAGS;
}

void arch_prepare_image(struct jailhouse_image_header *header, void *memory, phys_addr_t phys,
			u64 size)
{
	u64 hv_base = header->driver_data[X86_DATA_HV_BASE];
	u64 offset = header->driver_data[X86_DATA_BOOT_TABLES];
	struct boot_tables *tables = memory + offset;
	phys_addr_t tables_phys = phys + offset;

	map_core(tables, tables_phys, hv_base, phys, size);
	map_entry_code(tables, tables_phys);
	tables->page[X86_BOOT_ROOT5][ENTRIES - 1] =
		(tables_phys + X86_BOOT_ROOT * PAGE_SIZE) | TABLE_FLAGS;
	header->driver_data[X86_DATA_LEAVE] = (u64)jailhouse_leave;
	header->driver_data[X86_DATA_PHYS] = phys;
	header->clock_khz = tsc_khz;
	boot_cr3 = tables_phys +
		   (__read_cr4() & X86_CR4_LA57 ? X86_BOOT_ROOT5 : X86_BOOT_ROOT) * PAGE_SIZE;
	entry_address = hv_base + header->entry;
}

/* --- crossing ------------------------------------------------------------------------------- */

int arch_enter_core(phys_addr_t entry, unsigned int cpu)
{
	return jailhouse_enter(boot_cr3, entry_address, cpu);
}

int arch_leave_core(void)
{
	int result = JAILHOUSE_HC_DISABLE;

	asm volatile("vmmcall"
		     : "+a"(result)
		     :
		     : "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "cc", "memory");
	return result;
}

/* Caches are coherent with the core's view. */
void arch_clean_dcache(const void *start, size_t size)
{
}

DEFINE_STATISTIC(pio, PIO);
DEFINE_STATISTIC(xapic, XAPIC);
DEFINE_STATISTIC(cr, CR);
DEFINE_STATISTIC(cpuid, CPUID);
DEFINE_STATISTIC(xsetbv, XSETBV);
DEFINE_STATISTIC(exception, EXCEPTION);
DEFINE_STATISTIC(msr_other, MSR_OTHER);
DEFINE_STATISTIC(msr_x2apic_icr, MSR_X2APIC_ICR);

static struct attribute *statistics[] = {
	&statistic_pio.attr,       &statistic_xapic.attr,          &statistic_cr.attr,
	&statistic_cpuid.attr,     &statistic_xsetbv.attr,         &statistic_exception.attr,
	&statistic_msr_other.attr, &statistic_msr_x2apic_icr.attr, NULL,
};

const struct attribute_group arch_statistics = { .attrs = statistics };
