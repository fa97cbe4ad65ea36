// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* From the first instructions in start.S to the inmate's own program. */
#include <inmate.h>

bool jailhouse_use_vmcall;

/** AMD and Hygon have another instruction for hypercalls than all others. */
static bool is_amd(void)
{
	struct cpuid vendor = cpuid(0, 0);

	return (vendor.ebx == 0x68747541 && vendor.edx == 0x69746e65 &&
		vendor.ecx == 0x444d4163) || /* AuthenticAMD */
	       (vendor.ebx == 0x6f677948 && vendor.edx == 0x6e65476e &&
		vendor.ecx == 0x656e6975); /* HygonGenuine */
}

bool jailhouse_detected(void)
{
	struct cpuid base;

	if (!(cpuid(1, 0).ecx & JAILHOUSE_CPUID_HYPERVISOR_BIT))
		return false;
	base = cpuid(JAILHOUSE_CPUID_SIGNATURE, 0);
	return base.ebx == JAILHOUSE_CPUID_VENDOR_EBX && base.ecx == JAILHOUSE_CPUID_VENDOR_ECX &&
	       base.edx == JAILHOUSE_CPUID_VENDOR_EDX;
}

static void release_other_cpus(void)
{
	__atomic_fetch_or(&comm_region->flags, 1U << COMM_MEMORY_READY_BIT, __ATOMIC_RELEASE);
}

/* Called by start.S on the first CPU. */
void x86_start(void)
{
	jailhouse_use_vmcall = !is_amd();
	idt_init();
	idt_load();
	x2apic_enable();
	map_range(comm_region, PAGE_SIZE, MAP_CACHED);
	console_init();
	release_other_cpus();
	inmate_main();
	stop();
}

void halt(void)
{
	while (1)
		wait_for_interrupt();
}

void stop(void)
{
	disable_irqs();
	halt();
}
