// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/svm/ on a CPU that is played here, with what no emulator has: flush by ASID, decode assists, next RIP. */
#include "../unit.h"
/* In the core's own asm/layout.h. */
#define CORE_CS 0x10
/* Its state is the calling CPU's. */
#include "../../../hypervisor/arch/x86/svm/svm.c"
#include <apic.h>
#include <asm/apic_regs.h>
#include <page_pool.h>

#define OWN_AREA   0x7654000 /* physical */
#define NESTED(n)  (0x1230000 + 0x1000 * (n))
#define OTHER_PAGE 0x4440000 /* VM_HSAVE_PA as it was found */

void svm_handle_exit(struct guest_regs *regs);

static struct {
	u32 max_leaf, ecx, features, asids, extensions;
	u64 vm_cr, efer, hsave;
	u32 loads, saves;
	u64 fs_base;
} machine;

/* What an exit led to. */
static struct {
	u32 nmis, taken_nmis, cpuids, hypercalls, xsetbvs, violations;
	u32 msrs[2]; /* reads, writes */
	struct vcpu_io io;
	bool io_done;
	u64 address;
	bool write, fetch;
	u32 accesses;
	char violation[64];
} led;

struct cpuid cpuid(u32 leaf, u32 subleaf)
{
	if (leaf == 0x80000000)
		return (struct cpuid){ .eax = machine.max_leaf };
	if (leaf == 0x80000001)
		return (struct cpuid){ .ecx = machine.ecx };
	if (leaf == 0x80000008)
		return (struct cpuid){ .ebx = machine.extensions };
	assert_int_equal(leaf, 0x8000000a);
	return (struct cpuid){ .ebx = machine.asids, .edx = machine.features };
}

static u64 *machine_msr(u32 msr)
{
	assert_true(msr == MSR_EFER || msr == MSR_VM_CR || msr == MSR_VM_HSAVE_PA);
	return msr == MSR_EFER ? &machine.efer : msr == MSR_VM_CR ? &machine.vm_cr : &machine.hsave;
}

u64 read_msr(u32 msr)
{
	return *machine_msr(msr);
}

void write_msr(u32 msr, u64 value)
{
	*machine_msr(msr) = value;
}

void vmload(u64 vmcb_phys)
{
	assert_int_equal(vmcb_phys, vcpu()->vmcb_phys);
	machine.loads++;
}

void vmsave(u64 vmcb_phys)
{
	assert_int_equal(vmcb_phys, vcpu()->vmcb_phys);
	vmcb()->fs.base = machine.fs_base;
	machine.saves++;
}

u64 x86_local_phys(void)
{
	return OWN_AREA;
}

u64 x86_nested_root(const struct cell *cell)
{
	return NESTED(cell->config->id);
}

void x86_take_nmi(void)
{
	led.taken_nmis++;
}

void x86_handle_nmi(void)
{
	led.nmis++;
}

void x86_handle_cpuid(struct guest_regs *regs)
{
	regs->gpr[REG_RAX] = 0xcafe;
	led.cpuids++;
	vcpu_skip(2);
}

void x86_handle_hypercall(struct guest_regs *regs)
{
	led.hypercalls++;
}

void x86_handle_msr(struct guest_regs *regs, bool write)
{
	led.msrs[write]++;
}

void x86_handle_xsetbv(struct guest_regs *regs)
{
	led.xsetbvs++;
}

bool x86_handle_io(struct guest_regs *regs, const struct vcpu_io *io)
{
	led.io = *io;
	return led.io_done;
}

void x86_handle_memory(struct guest_regs *regs, u64 address, bool write, bool fetch)
{
	led.address = address;
	led.write = write;
	led.fetch = fetch;
	led.accesses++;
}

void guest_violation(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(led.violation, sizeof(led.violation), fmt, args);
	va_end(args);
	led.violations++;
}

static u64 selected_map; /* msrpm_base, by cell and mode */

void vcpu_select_msrs(void)
{
	vmcb()->msrpm_base = selected_map;
}

/* --- set-up --------------------------------------------------------------------------------- */

static struct cell *cell;
static struct guest_regs *regs;

static void set_up(u32 features)
{
	struct cell_parts root = { .name = "root", .cpus = 1 };
	struct cell_parts parts = { .name = "cell", .id = 1, .cpus = 2 };

	machine = (typeof(machine)){ .max_leaf = 0x8000000a,
				     .ecx = CPUID_EXT_ECX_SVM,
				     .features = SVM_NPT | features,
				     .asids = 3,
				     .efer = EFER_LMA,
				     .hsave = OTHER_PAGE };
	memset(&led, 0, sizeof(led));
	reset_pool(16);
	set_root_cell(&root);
	cell = add_cell(&parts);
	selected_map = 0x9990000;
	for (u32 cpu = 2; cpu-- > 0;) {
		be_cpu(cpu);
		memset(this_cpu(), 0, sizeof(*this_cpu()));
		be_cpu(cpu);
		this_public()->cell = cpu ? cell : &root_cell;
		this_cell()->arch.ports = page_alloc(VCPU_PORT_PAGES);
	}
	regs = guest_regs();
	vcpu_init();
}

static void take_exit(u64 code, u64 info1, u64 info2)
{
	vmcb()->exit_code = code;
	vmcb()->exit_info1 = info1;
	vmcb()->exit_info2 = info2;
	svm_handle_exit(regs);
}

/* --- tests ---------------------------------------------------------------------------------- */

static void unsuitable_cpus(void **state)
{
	set_up(0);
	assert_accepted(vcpu_check());
	machine.asids = 2;
	assert_refused(vcpu_check(), -ENODEV, "does not keep two guests");
	machine.asids = 3;
	machine.vm_cr = VM_CR_SVMDIS;
	assert_refused(vcpu_check(), -ENODEV, "disabled by the firmware");
	machine.vm_cr = 0;
	machine.features = (u32)~SVM_NPT;
	assert_refused(vcpu_check(), -ENODEV, "no nested paging");
	machine.ecx = ~CPUID_EXT_ECX_SVM;
	assert_refused(vcpu_check(), -ENODEV, "no SVM");
	machine.ecx = CPUID_EXT_ECX_SVM;
	machine.max_leaf = 0x80000009;
	assert_refused(vcpu_check(), -ENODEV, "no SVM");
}

static void comes_and_goes(void **state)
{
	set_up(0);
	assert_int_equal(machine.efer, EFER_LMA | EFER_SVME);
	assert_int_equal(vcpu()->vmcb_phys, OWN_AREA + ((u8 *)vmcb() - (u8 *)this_cpu()));
	assert_int_equal(machine.hsave, OWN_AREA + (vcpu()->host_save - (u8 *)this_cpu()));
	assert_true(page_aligned(vcpu()->vmcb_phys) && page_aligned(machine.hsave));
	vcpu_release();
	assert_int_equal(machine.hsave, OTHER_PAGE);
}

static void linux_becomes_the_guest(void **state)
{
	struct linux_state *before;

	set_up(0);
	before = &this_cpu()->arch.before;
	*before = (struct linux_state){ .cr0 = 1,
					.cr3 = 2,
					.cr4 = 3,
					.efer = EFER_LMA,
					.pat = 4,
					.rsp = 5,
					.resume = 6,
					.gdt = { 7, 8 },
					.idt = { 9, 10 },
					.ss = 0x18 };
	vcpu_activate();
	assert_int_equal(vmcb()->cr0, 1);
	assert_int_equal(vmcb()->cr3, 2);
	assert_int_equal(vmcb()->cr4, 3);
	assert_int_equal(vmcb()->efer, EFER_LMA | EFER_SVME);
	assert_int_equal(vcpu_efer(), EFER_LMA);
	assert_int_equal(vcpu_pat(), 4);
	assert_int_equal(vmcb()->rsp, 5);
	assert_int_equal(vmcb()->rip, 6);
	assert_int_equal(vmcb()->gdtr.base, 8);
	assert_int_equal(vmcb()->idtr.limit, 9);
	assert_int_equal(vmcb()->ss.selector, 0x18);
	assert_int_equal(vmcb()->ds.attributes, 0); /* a null selector */
	assert_int_equal(vmcb()->n_cr3, NESTED(0));
	assert_int_equal(vmcb()->np_control, 1);
	assert_int_equal(vmcb()->iopm_base, hv_to_phys(root_cell.arch.ports));
	assert_int_equal(vmcb()->msrpm_base, selected_map);
	assert_int_equal(vmcb()->asid, 1);
	assert_int_equal(vmcb()->tlb_control, TLB_FLUSH_ALL);
	assert_true(vmcb()->misc2 & INTERCEPT_VMRUN); /* without it VMRUN fails */
}

static void reset_for_another_cell(void **state)
{
	set_up(0);
	vcpu_activate();
	vcpu_raise_nmi();
	be_cpu(1);
	vcpu_init();
	memset(vmcb(), 0xff, sizeof(*vmcb()));
	vcpu()->in_nmi = true;
	vcpu_reset(0x1200, 0x12000, 0x34);
	assert_int_equal(vcpu_mode().code_bits, 16);
	assert_int_equal(vcpu_mode().rip, 0x34);
	assert_int_equal(vcpu_mode().cs_base, 0x12000);
	assert_int_equal(vmcb()->cs.selector, 0x1200);
	assert_int_equal(vmcb()->cr0, 0x60000010);
	assert_int_equal(vmcb()->cr4, 0);
	assert_int_equal(vcpu_efer(), 0);
	assert_int_equal(vmcb()->rflags, 2);
	assert_int_equal(vmcb()->dr6, 0xffff0ff0);
	assert_int_equal(vmcb()->dr7, 0x400);
	assert_int_equal(vmcb()->event, 0);
	assert_int_equal(vmcb()->interrupt_shadow, 0);
	assert_int_equal(vmcb()->n_cr3, NESTED(1));
	assert_int_equal(vmcb()->asid, 2); /* which the root cell cannot flush */
	assert_int_equal(vmcb()->iopm_base, hv_to_phys(cell->arch.ports));
	assert_int_equal(vmcb()->tlb_control, TLB_FLUSH_ALL);
	assert_int_equal(machine.loads, 1);
	vcpu_raise_nmi();
	assert_int_equal(vmcb()->event, EVENT_NMI);
}

/** INVLPGB, of Zen 3 and later: the root cell's alone. Not each of these CPUs can be told. */
static void flushes_of_all_cpus(void **state)
{
	for (u32 kind = 0; kind < 3; kind++) {
		set_up(kind == 2 ? SVM_TLBI_CTL : 0);
		machine.extensions = kind ? ~0U : ~BIT(3);
		vcpu_activate();
		assert_int_equal(vmcb()->np_control, kind == 2 ? 0x81 : 1);
		assert_int_equal(vmcb()->misc3, 0);
		be_cpu(1);
		vcpu_init();
		vcpu_reset(0xf000, 0xf0000, 0xfff0);
		assert_int_equal(vmcb()->np_control, 1);
		assert_int_equal(vmcb()->misc3, kind ? BIT(0) : 0);
	}
}

static void flushes(void **state)
{
	for (int by_asid = 0; by_asid < 2; by_asid++) {
		set_up(by_asid ? SVM_FLUSH_BY_ASID : 0);
		vcpu_flush();
		assert_int_equal(vmcb()->tlb_control, by_asid ? TLB_FLUSH_ASID : TLB_FLUSH_ALL);
		/* Once. */
		take_exit(EXIT_CPUID, 0, 0);
		assert_int_equal(vmcb()->tlb_control, 0);
		/* What another CPU asks for. */
		this_public()->arch.flush = true;
		take_exit(EXIT_CPUID, 0, 0);
		assert_int_equal(vmcb()->tlb_control, by_asid ? TLB_FLUSH_ASID : TLB_FLUSH_ALL);
		assert_false(this_public()->arch.flush);
		vmcb()->tlb_control = 0;
		vcpu_set_efer(EFER_LME);
		assert_int_equal(vmcb()->efer, EFER_LME | EFER_SVME);
		assert_int_not_equal(vmcb()->tlb_control, 0);
	}
}

static void instructions_the_cpu_shows(void **state)
{
	const u8 *bytes;

	set_up(0);
	vmcb()->bytes_fetched = 5;
	assert_int_equal(vcpu_instruction(&bytes), 0);
	set_up(SVM_DECODE_ASSIST);
	vmcb()->bytes_fetched = 0xf5;
	memcpy(vmcb()->bytes, "\x01\x02\x03\x04\x05", 5);
	assert_int_equal(vcpu_instruction(&bytes), 5);
	assert_memory_equal(bytes, "\x01\x02\x03\x04\x05", 5);
	vmcb()->bytes_fetched = 0;
	assert_int_equal(vcpu_instruction(&bytes), 0);
}

static void going_on_behind(void **state)
{
	set_up(0);
	vmcb()->rip = 0x1000;
	vmcb()->interrupt_shadow = 1;
	vcpu_skip(3);
	assert_int_equal(vmcb()->rip, 0x1003);
	assert_int_equal(vmcb()->interrupt_shadow, 0);
	/* The CPU knows better: there may be prefixes. */
	vmcb()->next_rip = 0x1009;
	vcpu_skip(3);
	assert_int_equal(vmcb()->rip, 0x1009);
}

static void exceptions_for_the_guest(void **state)
{
	set_up(0);
	vcpu_raise(X86_UD);
	assert_int_equal(vmcb()->event, 0x80000306);
	vcpu_raise(X86_GP);
	assert_int_equal(vmcb()->event, 0x80000b0d);
	vcpu_raise(X86_DB);
	assert_int_equal(vmcb()->event, 0x80000301);
	vcpu_raise(X86_AC);
	assert_int_equal(vmcb()->event, 0x80000b11);
	vcpu_raise_page_fault(0x7f0012345678, PF_WRITE | PF_USER);
	assert_int_equal(vmcb()->event, 0x680000b0e);
	assert_int_equal(vmcb()->cr2, 0x7f0012345678);
}

static void one_nmi_after_the_other(void **state)
{
	set_up(0);
	this_public()->arch.nmi_pending = true;
	take_exit(EXIT_NMI, 0, 0);
	assert_int_equal(led.taken_nmis, 1);
	assert_int_equal(led.nmis, 1);
	assert_int_equal(vmcb()->event, EVENT_NMI);
	assert_true(vmcb()->misc1 & INTERCEPT_IRET);
	assert_false(this_public()->arch.nmi_pending);
	/* The next one waits for the first one's IRET, which is executed before it comes. */
	this_public()->arch.nmi_pending = true;
	take_exit(EXIT_CPUID, 0, 0);
	assert_int_equal(vmcb()->event, 0);
	assert_true(this_public()->arch.nmi_pending);
	take_exit(EXIT_IRET, 0, 0);
	assert_int_equal(vmcb()->event, EVENT_NMI);
	assert_false(this_public()->arch.nmi_pending);
	take_exit(EXIT_IRET, 0, 0);
	assert_int_equal(vmcb()->event, 0);
	assert_false(vmcb()->misc1 & INTERCEPT_IRET);
}

static void interrupted_delivery(void **state)
{
	u64 timer = BIT64(31) | 0xec;

	set_up(0);
	/* An interrupt whose delivery needed memory that is not mapped is delivered again, and an NMI comes after it. */
	this_public()->arch.nmi_pending = true;
	vmcb()->exit_int_info = timer;
	take_exit(EXIT_NPF, NPF_WRITE, 0x5000);
	assert_int_equal(vmcb()->event, timer);
	assert_true(this_public()->arch.nmi_pending);
	vmcb()->exit_int_info = 0;
	take_exit(EXIT_NPF, NPF_WRITE, 0x5000);
	assert_int_equal(vmcb()->event, EVENT_NMI);
	/* Nothing of an old one is left. */
	vmcb()->exit_int_info = 0xec;
	take_exit(EXIT_CPUID, 0, 0);
	assert_int_equal(vmcb()->event, 0);
}

static void registers_pass(void **state)
{
	set_up(0);
	vmcb()->rax = 0x1111;
	vmcb()->rsp = 0x2222;
	take_exit(EXIT_VMMCALL, 0, 0);
	assert_int_equal(regs->gpr[REG_RAX], 0x1111);
	assert_int_equal(regs->gpr[REG_RSP], 0x2222);
	take_exit(EXIT_CPUID, 0, 0);
	assert_int_equal(vmcb()->rax, 0xcafe);
	regs->gpr[REG_RSP] = 0x3333;
	assert_int_equal(vmcb()->rsp, 0x2222);
	assert_int_equal(this_public()->stats[JAILHOUSE_CPU_STAT_VMEXITS_TOTAL], 2);
}

static void ports(void **state)
{
	set_up(0);
	vmcb()->rip = 0x10;
	vmcb()->interrupt_shadow = 1;
	take_exit(EXIT_IO, 0x03f80011, 0x12);
	assert_int_equal(led.io.port, 0x3f8);
	assert_int_equal(led.io.size, 1);
	assert_true(led.io.in && !led.io.string);
	/* Refused: the guest does not get beyond it. */
	assert_int_equal(vmcb()->rip, 0x10);
	led.io_done = true;
	take_exit(EXIT_IO, 0xffff0044, 0x12);
	assert_int_equal(led.io.port, 0xffff);
	assert_int_equal(led.io.size, 4);
	assert_true(!led.io.in && led.io.string);
	assert_int_equal(vmcb()->rip, 0x12);
	assert_int_equal(vmcb()->interrupt_shadow, 0);
}

static void memory_accesses(void **state)
{
	set_up(0);
	take_exit(EXIT_NPF, NPF_WRITE, 0xfee00300);
	assert_true(led.accesses == 1 && led.write && !led.fetch && led.address == 0xfee00300);
	take_exit(EXIT_NPF, NPF_FETCH, 0x1000);
	assert_true(led.accesses == 2 && !led.write && led.fetch);
	/* The guest's own tables where nothing is: no instruction to emulate. */
	take_exit(EXIT_NPF, NPF_TABLE_WALK | NPF_WRITE, 0x2000);
	assert_int_equal(led.accesses, 2);
	assert_string_equal(led.violation, "page tables at guest-physical 0x2000");
}

static void instructions_of_svm(void **state)
{
	static const u64 codes[] = { EXIT_INVLPGA, EXIT_INVLPGB, EXIT_VMRUN, 0x82,
				     0x83,         0x84,         0x85,       EXIT_SKINIT };

	set_up(0);
	for (u32 n = 0; n < ARRAY_SIZE(codes); n++) {
		vmcb()->event = 0;
		take_exit(codes[n], 0, 0);
		assert_int_equal(vmcb()->event, 0x80000306);
	}
	assert_int_equal(led.violations + led.hypercalls, 0);
}

static void other_exits(void **state)
{
	set_up(0);
	take_exit(EXIT_MSR, 0, 0);
	take_exit(EXIT_MSR, 1, 0);
	assert_int_equal(led.msrs[0], 1);
	assert_int_equal(led.msrs[1], 1);
	take_exit(EXIT_XSETBV, 0, 0);
	assert_int_equal(led.xsetbvs, 1);
	take_exit(EXIT_INIT, 0, 0);
	assert_int_equal(led.violations, 0);
	take_exit(EXIT_SHUTDOWN, 0, 0);
	assert_string_equal(led.violation, "triple fault");
	take_exit(~0ULL, 0, 0); /* VMRUN found the state invalid */
	assert_string_equal(led.violation, "unexpected exit 0xffffffffffffffff");
	take_exit(0x8c, 0, 0);
	assert_int_equal(led.violations, 3);
}

static void exceptions_that_trap(void **state)
{
	set_up(0);
	take_exit(EXIT_EXCEPTION + X86_AC, 0, 0);
	assert_int_equal(vmcb()->event, 0x80000b11);
	/* A machine check is Linux's; a cell ends by it. */
	take_exit(EXIT_EXCEPTION + X86_MC, 0, 0);
	assert_int_equal(vmcb()->event, 0x80000312);
	assert_int_equal(led.violations, 0);
	assert_int_equal(this_public()->stats[JAILHOUSE_CPU_STAT_VMEXITS_EXCEPTION], 2);
	be_cpu(1);
	vcpu_init();
	take_exit(EXIT_EXCEPTION + X86_MC, 0, 0);
	assert_string_equal(led.violation, "machine check");
}

static void segments_not_in_the_vmcb(void **state)
{
	set_up(0);
	machine.fs_base = 0x77770000;
	vmcb()->ds.base = 0x1000;
	assert_int_equal(vcpu_segment_base(3), 0x1000);
	assert_int_equal(machine.saves, 0);
	assert_int_equal(vcpu_segment_base(4), 0x77770000);
	assert_int_equal(machine.saves, 1);
}

static void widths_of_code(void **state)
{
	static const struct {
		u64 efer;
		u16 attributes;
		u8 bits;
	} modes[] = {
		{ 0, 0, 16 },
		{ 0, SEG_32, 32 },
		{ 0, SEG_LONG, 16 }, /* the bit means nothing */
		{ EFER_LMA, SEG_LONG, 64 },
		{ EFER_LMA, SEG_32, 32 },
	};

	set_up(0);
	vmcb()->cs.base = 0x5000;
	for (u32 n = 0; n < ARRAY_SIZE(modes); n++) {
		vmcb()->efer = modes[n].efer | EFER_SVME;
		vmcb()->cs.attributes = modes[n].attributes;
		assert_int_equal(vcpu_mode().code_bits, modes[n].bits);
		assert_int_equal(vcpu_mode().cs_base, modes[n].bits == 64 ? 0 : 0x5000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rule_test(unsuitable_cpus),
		rule_test(comes_and_goes),
		rule_test(linux_becomes_the_guest),
		rule_test(reset_for_another_cell),
		rule_test(flushes),
		rule_test(flushes_of_all_cpus),
		rule_test(instructions_the_cpu_shows),
		rule_test(going_on_behind),
		rule_test(exceptions_for_the_guest),
		rule_test(one_nmi_after_the_other),
		rule_test(interrupted_delivery),
		rule_test(registers_pass),
		rule_test(ports),
		rule_test(memory_accesses),
		rule_test(instructions_of_svm),
		rule_test(other_exits),
		rule_test(exceptions_that_trap),
		rule_test(segments_not_in_the_vmcb),
		rule_test(widths_of_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
