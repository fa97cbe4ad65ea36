// SPDX-License-Identifier: GPL-2.0-only
/* Model-specific registers that are not a cell's business. References: AMD APM 2, A; Intel SDM 4 */
#include "attack_lists.h"

#define EFER_SVME        0x1000
#define MSR_MTRR_DEFAULT 0x2ff
#define MSR_SMBASE       0xc0010111
#define MSR_SMM_ADDRESS  0xc0010112
#define MSR_SMM_MASK     0xc0010113
#define MSR_VM_CR        0xc0010114
#define MSR_HSAVE        0xc0010117

static const u32 msrs[] = {
	0x00000000, /* P5_MC_ADDR */
	0x00000010, /* TSC */
	0x00000017, /* PLATFORM_ID */
	MSR_APIC_BASE,    0x0000003a, /* FEATURE_CONTROL */
	0x00000048, /* SPEC_CTRL */
	0x00000049, /* PRED_CMD */
	0x00000079, /* BIOS_UPDT_TRIG */
	0x0000008b, /* PATCH_LEVEL */
	0x000000c1, /* PMC0 */
	0x000000e7, /* MPERF */
	0x000000fe, /* MTRRcap */
	0x00000174, /* SYSENTER_CS */
	0x00000179, /* MCG_CAP */
	0x0000017b, /* MCG_CTL */
	0x00000186, /* PERFEVTSEL0 */
	0x000001a0, /* MISC_ENABLE */
	0x000001d9, /* DEBUGCTL */
	0x00000200, /* MTRRphysBase0 */
	0x00000201, /* MTRRphysMask0 */
	0x00000250, /* MTRRfix64K */
	0x00000277, /* PAT */
	MSR_MTRR_DEFAULT, 0x00000400, /* MC0_CTL */
	0x00000480, /* VMX_BASIC */
	0x00000da0, /* XSS */
	0x40000000, /* another hypervisor's */
	0x12345678,       MSR_EFER,        0xc0000081, /* STAR */
	0xc0000082, /* LSTAR */
	0xc0000100, /* FS_BASE */
	0xc0000101, /* GS_BASE */
	0xc0000102, /* KERNEL_GS_BASE */
	0xc0000103, /* TSC_AUX */
	0xc0000104, /* TSC_RATIO */
	0xc0010000, /* PERFEVTSEL0 */
	0xc0010004, /* PERFCTR0 */
	0xc0010010, /* SYSCFG */
	0xc0010015, /* HWCR */
	0xc0010016, /* IORR_BASE0 */
	0xc001001a, /* TOP_MEM */
	0xc001001d, /* TOP_MEM2 */
	0xc0010020, /* PATCH_LOADER */
	0xc0010058, /* MMIO_CFG_BASE */
	0xc0010061, /* PSTATE_LIMIT */
	0xc0010062, /* PSTATE_CTL */
	MSR_SMBASE,       MSR_SMM_ADDRESS, MSR_SMM_MASK, MSR_VM_CR, 0xc0010115, /* IGNNE */
	0xc0010116, /* SMM_CTL */
	MSR_HSAVE,        0xc0010118, /* SVM_LOCK_KEY */
	0xc0010131, /* SEV_STATUS */
	0xc0011029, /* DE_CFG */
	0xffffffff,
};

/** Reads it, and writes back what was read, or zero. */
static void try_msr(u32 msr)
{
	u64 value;
	bool readable = attempt_read_msr(msr, &value);
	bool writable = attempt_write_msr(msr, value);

	printk("REGISTER msr-0x%x 0x%llx%s%s\n", msr, value, readable ? "" : " read-undef",
	       writable ? "" : " write-undef");
}

/* One msr=, since the first refusal may be the cell's end; without it, all in the list. */
static void sweep(void)
{
	u32 msr = cmdline_parse_int("msr", 0xdead);
	unsigned int n;

	if (msr != 0xdead)
		try_msr(msr);
	for (n = 0; msr == 0xdead && n < ARRAY_SIZE(msrs); n++)
		try_msr(msrs[n]);
	survived(0);
}

static void read_one(void)
{
	u64 value;

	if (attempt_read_msr(cmdline_parse_int("msr", MSR_HSAVE), &value))
		survived(value);
}

static void write_one(void)
{
	if (attempt_write_msr(cmdline_parse_int("msr", MSR_HSAVE), cmdline_parse_int("value", 0)))
		survived(0);
}

/** Tries to change the MSR; it is to read as before then. */
static void try_change(u32 msr, u64 value)
{
	u64 before, after;

	if (!attempt_read_msr(msr, &before))
		before = 0;
	attempt_write_msr(msr, value);
	if (attempt_read_msr(msr, &after))
		check("unchanged", after, before);
	survived(value);
}

static void efer_svme(void)
{
	u64 efer = read_msr(MSR_EFER);

	attempt_write_msr(MSR_EFER, efer | EFER_SVME);
	/* It may be shown to be set or not, but what it permits is not to be had: svm-* */
	survived(read_msr(MSR_EFER));
}

static void efer_reserved(void)
{
	try_change(MSR_EFER, ~0ULL);
}

static void apic_base_off(void)
{
	try_change(MSR_APIC_BASE,
		   read_msr(MSR_APIC_BASE) & ~(u64)(APIC_BASE_ENABLE | APIC_BASE_X2APIC));
}

static void apic_base_xapic(void)
{
	try_change(MSR_APIC_BASE, read_msr(MSR_APIC_BASE) & ~(u64)APIC_BASE_X2APIC);
}

static void apic_base_move(void)
{
	try_change(MSR_APIC_BASE, read_msr(MSR_APIC_BASE) ^ HYPERVISOR);
}

static void mtrr_off(void)
{
	try_change(MSR_MTRR_DEFAULT, 0);
}

static void mtrr_range(void)
{
	try_change(0x200, HYPERVISOR);
	try_change(0x201, 0xfffff00800ULL);
}

static void smm_memory(void)
{
	try_change(MSR_SMBASE, 0x10000);
	try_change(MSR_SMM_ADDRESS, 0);
	try_change(MSR_SMM_MASK, 0);
}

static void host_save(void)
{
	try_change(MSR_HSAVE, HYPERVISOR);
}

static void vm_cr(void)
{
	try_change(MSR_VM_CR, 0x10); /* SVM is disabled */
}

static void tsc_write(void)
{
	attempt_write_msr(0x10, 0);
	survived(read_tsc());
}

const struct attack msr_attacks[] = {
	{ "msr-sweep", sweep },
	{ "msr-read", read_one },
	{ "msr-write", write_one },
	{ "msr-efer-svme", efer_svme },
	{ "msr-efer-reserved", efer_reserved },
	{ "msr-apic-off", apic_base_off },
	{ "msr-apic-xapic", apic_base_xapic },
	{ "msr-apic-move", apic_base_move },
	{ "msr-mtrr-off", mtrr_off },
	{ "msr-mtrr-range", mtrr_range },
	{ "msr-smm", smm_memory },
	{ "msr-host-save", host_save },
	{ "msr-vm-cr", vm_cr },
	{ "msr-tsc", tsc_write },
	{ NULL, NULL },
};
