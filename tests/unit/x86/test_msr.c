// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/msr.c: which model-specific registers a guest gets at. */
#include "guest.h"
#include <apic.h>
#include <asm/x86.h>
#include <asm/x86_regs.h>

#define HARDWARE 0x1234567800000042 /* what each register of the machine has */

static bool passes[2][2]
		  [0x4000 * 3]; /* root, write; numbers from 0, from 0xc0000000, from 0xc0010000 */
static u32 hardware_reads, hardware_writes, apic_writes,
	absent /* a register that this CPU does not have */;

/* CPUID: last of the leaves from 0x80000000; of leaf 8000_0021, and of 8000_0001. */
static struct {
	u32 max_leaf, eax, ecx, edx;
} cpu;

static u32 place_of(u32 msr)
{
	u32 bank = msr < 0x4000 ? 0 : msr >> 16 == 0xc000 ? 1 : 2;

	assert_true(bank < 2 || msr >> 16 == 0xc001);
	assert_true((msr & 0xffff) < 0x4000);
	return bank * 0x4000 + (msr & 0x3fff);
}

void vcpu_allow_msrs(bool root, u32 first, u32 last, bool write)
{
	assert_true(first <= last);
	for (u32 msr = first; msr <= last; msr++)
		passes[root][write][place_of(msr)] = true;
}

/** The core's own way to read, which would fault. */
u64 read_msr(u32 msr)
{
	fail();
	return 0;
}

bool x86_try_write_msr(u32 msr, u64 value)
{
	hardware_writes++;
	assert_int_equal(value, HARDWARE + 1);
	return msr != absent;
}

bool x86_try_read_msr(u32 msr, u64 *value)
{
	hardware_reads++;
	*value = HARDWARE;
	return msr != absent;
}

struct cpuid cpuid(u32 leaf, u32 subleaf)
{
	switch (leaf) {
	case 0x80000000:
		return (struct cpuid){ .eax = cpu.max_leaf };
	case 0x80000001:
		return (struct cpuid){ .ecx = cpu.ecx, .edx = cpu.edx };
	default:
		/* Beyond the last leaf there may be anything. */
		assert_int_equal(leaf, 0x80000021);
		return (struct cpuid){ .eax = cpu.max_leaf < leaf ? ~0U : cpu.eax };
	}
}

u64 apic_base_read(void)
{
	return 0xfee00d00;
}

bool apic_msr_read(u32 msr, u64 *value)
{
	*value = msr;
	return msr != 0x80b;
}

bool apic_msr_write(u32 msr, u64 value)
{
	apic_writes++;
	return value == 1;
}

static bool access_msr(u32 msr, bool write, u64 *value)
{
	guest.skipped = guest.raised = 0;
	guest.regs.gpr[REG_RCX] = 0xffffffff00000000 | msr;
	guest.regs.gpr[REG_RAX] = 0xffffffff00000000 | (u32)*value;
	guest.regs.gpr[REG_RDX] = 0xffffffff00000000 | *value >> 32;
	x86_handle_msr(&guest.regs, write);
	if (guest.raised) {
		assert_int_equal(guest.raised, X86_GP);
		assert_int_equal(guest.skipped, 0);
		return false;
	}
	assert_int_equal(guest.skipped, 2);
	if (!write) {
		assert_int_equal(guest.regs.gpr[REG_RAX] >> 32, 0);
		assert_int_equal(guest.regs.gpr[REG_RDX] >> 32, 0);
		*value = guest.regs.gpr[REG_RAX] | guest.regs.gpr[REG_RDX] << 32;
	}
	return true;
}

static bool write(u32 msr, u64 value)
{
	return access_msr(msr, true, &value);
}

static u64 read(u32 msr)
{
	u64 value = 0;

	assert_true(access_msr(msr, false, &value));
	return value;
}

static void be_root(void)
{
	this_public()->cell = &root_cell;
}

/** What would let a guest out, or decide over others. */
static void never_passed(void **state)
{
	static const u32 msrs[] = {
		MSR_APIC_BASE, MSR_EFER, MSR_VM_CR,      MSR_VM_HSAVE_PA, 0xc0010118, /* SVM key */
		0xc81,         0xc8f,    0xc90,          0xc9f, /* cache allocation */
		MSR_X2APIC,    0x830,    MSR_X2APIC_END, 0xc0010111, /* SMM base */
		0xc0010113, /* SMM mask */
		MSR_TSC_RATIO
	};

	memset(passes, 0, sizeof(passes));
	x86_allow_msrs();
	for (u32 root = 0; root < 2; root++)
		for (u32 n = 0; n < ARRAY_SIZE(msrs); n++) {
			assert_false(passes[root][false][place_of(msrs[n])]);
			assert_false(passes[root][true][place_of(msrs[n])]);
		}
	/* Only to be read, whoever asks. */
	for (u32 root = 0; root < 2; root++)
		for (u32 msr = MSR_MTRR_PHYS; msr <= MSR_MTRR_FIX4K_7; msr++)
			assert_false(passes[root][true][place_of(msr)]);
	assert_false(passes[true][true][place_of(MSR_SYSCFG)]);
	assert_false(passes[true][true][place_of(MSR_HWCR)]);
	assert_false(passes[true][true][place_of(MSR_TSC)]);
	assert_true(passes[false][true][place_of(MSR_STAR)]);
	/* A cell has nothing that the root cell has not, but for this, of which the root cell sees a shadow. */
	for (u32 n = 0; n < ARRAY_SIZE(passes[0][0]); n++) {
		assert_true(passes[true][false][n] || !passes[false][false][n] ||
			    n == place_of(MSR_MTRR_DEFTYPE));
		assert_true(passes[true][true][n] || !passes[false][true][n]);
	}
}

static void unknown(void **state)
{
	static const u32 msrs[] = { 0xc81, 0xc90, 0x12345678, 0, MSR_VM_HSAVE_PA, ~0U };
	u64 value = 0;

	set_up_guest();
	for (u32 root = 0; root < 2; root++) {
		for (u32 n = 0; n < ARRAY_SIZE(msrs); n++) {
			assert_false(access_msr(msrs[n], false, &value));
			assert_false(write(msrs[n], HARDWARE));
		}
		be_root();
	}
	assert_int_equal(hardware_reads, 0);
}

/** What may be read may be written with the value that it has. */
static void equal_writes(void **state)
{
	set_up_guest();
	assert_true(write(MSR_HWCR, HARDWARE));
	assert_false(write(MSR_HWCR, HARDWARE ^ 1));
	assert_false(write(MSR_HWCR, HARDWARE ^ BIT64(63)));
	assert_false(write(MSR_TOP_MEM, HARDWARE)); /* the root cell's */
	be_root();
	assert_true(write(MSR_TOP_MEM, HARDWARE));
	assert_false(write(MSR_TOP_MEM, 0));
	assert_int_equal(hardware_writes, 0);
}

/** Zen has no TSC_ADJUST, up to the fourth; the intercept comes before the fault. */
static void absent_registers(void **state)
{
	set_up_guest();
	assert_true(write(0x3b, HARDWARE));
	absent = 0x3b;
	assert_false(write(0x3b, HARDWARE));
	be_root();
	assert_false(write(0x3b, HARDWARE));
}

/** Those of scalable machine checks always trap, as the permission maps have no bits for them; Linux must have them. */
static void allowed_but_trapped(void **state)
{
	u64 value = 0;

	set_up_guest();
	assert_false(access_msr(MSR_SMCA, false, &value));
	assert_false(write(MSR_SMCA, HARDWARE + 1));
	assert_int_equal(hardware_reads + hardware_writes, 0);
	be_root();
	for (u32 msr = MSR_SMCA; msr <= MSR_SMCA_END; msr += MSR_SMCA_END - MSR_SMCA) {
		assert_int_equal(read(msr), HARDWARE);
		assert_true(write(msr, HARDWARE + 1));
		absent = msr;
		assert_false(access_msr(msr, false, &value));
		assert_false(write(msr, HARDWARE + 1));
		absent = 0;
	}
	assert_int_equal(hardware_writes, 4);
	assert_false(access_msr(MSR_SMCA_END + 1, false, &value));
	assert_false(write(MSR_SMCA_END + 1, HARDWARE + 1));
}

static void efer(void **state)
{
	set_up_guest();
	assert_true(write(MSR_EFER, EFER_LME | EFER_NXE | 1));
	assert_int_equal(read(MSR_EFER), EFER_LME | EFER_NXE | 1);
	assert_false(write(MSR_EFER, EFER_SVME));
	assert_false(write(MSR_EFER, BIT64(63)));
	assert_false(write(MSR_EFER, BIT64(13)));
	assert_int_equal(read(MSR_EFER), EFER_LME | EFER_NXE | 1);
	/* LMA is the processor's, and LME does not change under paging. */
	assert_true(write(MSR_EFER, EFER_LME | EFER_LMA));
	assert_int_equal(read(MSR_EFER), EFER_LME);
	guest.mode.cr0 = CR0_PG;
	guest.mode.efer = EFER_LME | EFER_LMA;
	assert_false(write(MSR_EFER, EFER_NXE));
	assert_true(write(MSR_EFER, EFER_LME | EFER_NXE));
	assert_int_equal(read(MSR_EFER), EFER_LME | EFER_LMA | EFER_NXE);
}

/** FFXSR, TCE, and automatic IBRS, which Linux switches on on each CPU that comes up. */
static void efer_of_newer_cpus(void **state)
{
	static const u64 bits[] = { BIT64(14), BIT64(15), BIT64(21) };

	set_up_guest();
	for (u32 has = 0; has < 8; has++) {
		cpu = (typeof(cpu)){ .max_leaf = 0x80000021,
				     .edx = has & 1 ? BIT(25) : ~BIT(25),
				     .ecx = has & 2 ? BIT(17) : ~BIT(17),
				     .eax = has & 4 ? BIT(8) : ~BIT(8) };
		for (u32 n = 0; n < ARRAY_SIZE(bits); n++)
			assert_int_equal(write(MSR_EFER, EFER_NXE | bits[n]), has >> n & 1);
	}
	cpu.max_leaf = 0x80000020;
	assert_false(write(MSR_EFER, BIT64(21)));
}

static void special(void **state)
{
	u64 value = 0;

	set_up_guest();
	assert_false(access_msr(MSR_VM_CR, false, &value));
	assert_false(write(MSR_VM_CR, 0));
	assert_int_equal(read(MSR_APIC_BASE), 0xfee00d00);
	assert_true(write(MSR_APIC_BASE, 0xfee00d00));
	assert_false(write(MSR_APIC_BASE, 0xfee00900)); /* back to xAPIC mode */
	assert_int_equal(read(0x802), 0x802);
	assert_false(access_msr(0x80b, false, &value));
	assert_true(write(0x80b, 1));
	assert_false(write(0x80b, 2));
	assert_true(write(0x830, 1));
	assert_int_equal(apic_writes, 3);
	assert_int_equal(this_public()->stats[JAILHOUSE_CPU_STAT_VMEXITS_MSR_X2APIC_ICR], 1);
	assert_int_equal(this_public()->stats[JAILHOUSE_CPU_STAT_VMEXITS_MSR_OTHER], 9);
	assert_int_equal(hardware_reads, 0);
}

/** Extended configuration space by ports is the core's: Linux may believe that it got it. */
static void nb_cfg(void **state)
{
	set_up_guest();
	assert_false(write(0xc001001f, BIT64(46)));
	be_root();
	assert_true(write(0xc001001f, BIT64(46)));
	assert_int_equal(hardware_reads, 0);
}

/** Linux goes on to see what it saw, and what it does to new CPUs may have no effect. */
static void root_only(void **state)
{
	u64 value = 0;

	set_up_guest();
	assert_false(access_msr(0xc8f, false, &value));
	assert_false(write(0xc8f, 0));
	be_root();
	assert_int_equal(read(MSR_VM_CR), 0);
	assert_false(write(MSR_VM_CR, 0));
	assert_int_equal(read(0xc8f), 0);
	assert_true(write(0xc8f, 0));
	assert_false(write(0xc8f, 1));
}

static void pat(void **state)
{
	set_up_guest();
	assert_true(write(MSR_PAT, 0x0407050600070106));
	assert_int_equal(read(MSR_PAT), 0x0407050600070106);
	assert_false(write(MSR_PAT, 0x0407050600070206));
	assert_false(write(MSR_PAT, 0x0307050600070106));
	assert_false(write(MSR_PAT, 0x0807050600070106));
	assert_int_equal(read(MSR_PAT), 0x0407050600070106);
	assert_int_equal(hardware_reads, 0);
}

static void mtrrs(void **state)
{
	set_up_guest();
	assert_false(write(MSR_MTRR_DEFTYPE, 0xc06));
	assert_true(write(MSR_MTRR_DEFTYPE, HARDWARE));
	be_root();
	assert_true(write(MSR_MTRR_DEFTYPE, 0xc06));
	assert_int_equal(read(MSR_MTRR_DEFTYPE), 0xc06);
	assert_false(write(MSR_MTRR_DEFTYPE, 0x1000));
	assert_false(write(MSR_MTRR_PHYS, HARDWARE + 1));
	assert_true(write(MSR_MTRR_PHYS, HARDWARE));
}

static int setup(void **state)
{
	cpu = (typeof(cpu)){ .max_leaf = 0x8000001f };
	hardware_reads = hardware_writes = apic_writes = absent = 0;
	return unit_setup(state);
}
#define msr_test(function) cmocka_unit_test_setup_teardown(function, setup, unit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		msr_test(never_passed),
		msr_test(unknown),
		msr_test(equal_writes),
		msr_test(absent_registers),
		msr_test(allowed_but_trapped),
		msr_test(efer),
		msr_test(special),
		msr_test(nb_cfg),
		msr_test(mtrrs),
		msr_test(root_only),
		msr_test(pat),
		msr_test(efer_of_newer_cpus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
