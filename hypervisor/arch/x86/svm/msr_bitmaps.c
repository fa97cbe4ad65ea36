// SPDX-License-Identifier: GPL-2.0-only
/* MSR permission maps (AMD APM 2, 15.11): two bits for each MSR, a set one traps: read, write. */
#include <apic.h>
#include <asm/x86_regs.h>
#include <paging.h>
#include <string.h>
#include <vcpu.h>

#define MAP_SIZE 8192 /* three ranges of 2 KiB, the rest is reserved */

/* For the root cell and the others, by whether the x2APIC's registers pass. All CPUs of a kind share one. */
static u8 maps[2][2][MAP_SIZE] __attribute__((aligned(PAGE_SIZE)));

/** Number of the MSR's first bit; false if the maps have none, so that it always traps. */
static bool bit_of(u32 msr, u32 *bit)
{
	static const u32 first[] = { 0, 0xc0000000, 0xc0010000 };

	for (u32 n = 0; n < 3; n++)
		if (msr - first[n] < 0x2000) {
			*bit = (n * 0x2000 + msr - first[n]) * 2;
			return true;
		}
	return false;
}

static void allow(u8 *map, u32 msr, bool write)
{
	u32 bit;

	if (bit_of(msr, &bit)) {
		bit += write;
		map[bit / 8] &= ~BIT(bit % 8);
	}
}

void vcpu_allow_msrs(bool root, u32 first, u32 last, bool write)
{
	for (u32 msr = first; msr <= last; msr++)
		for (u32 x2apic = 0; x2apic < 2; x2apic++)
			allow(maps[root][x2apic], msr, write);
}

static void init_map(u8 *map, bool x2apic)
{
	memset(map, 0xff, MAP_SIZE);
	for (u32 msr = MSR_X2APIC; x2apic && msr <= MSR_X2APIC_END; msr++) {
		if (!apic_msr_intercepted(msr, false))
			allow(map, msr, false);
		if (!apic_msr_intercepted(msr, true))
			allow(map, msr, true);
	}
}

void vcpu_init_msrs(void)
{
	for (u32 root = 0; root < 2; root++)
		for (u32 x2apic = 0; x2apic < 2; x2apic++)
			init_map(maps[root][x2apic], x2apic);
}

void vcpu_select_msrs(void)
{
	this_cpu()->arch.vcpu.vmcb.msrpm_base =
		hv_to_phys(maps[this_cell() == &root_cell][this_public()->arch.x2apic]);
}
