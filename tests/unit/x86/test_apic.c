// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/apic.c on APICs that complain of whatever would fault on real ones. */
#include "../unit.h"
#include <apic.h>
#include <apic_rules.h>
#include <asm/apic_hw.h>
#include <paging.h>
#include <setup.h>

/* --- the hardware --------------------------------------------------------------------------- */

#define LOG_SIZE 64

struct fake_apic {
	u64 base;
	u32 reg[0x400 / 16];
	bool in_service[256];
	u32 busy; /* reads of ICR until the last command is sent */
	bool stuck; /* it never is */
	u32 errors; /* since the last write of ESR */
};

static struct fake_apic apics[TEST_CPUS];
static u64 sent[LOG_SIZE]; /* commands, destination in bits 63:32 */
static u32 num_sent, num_eois, num_cycles, lvt_number;
static u32 features;
static bool has_polarity; /* of LINT pins: Intel's, not AMD's */
struct jailhouse_system *system_config;

#define WRITABLE_BASE (APIC_BASE_ENABLE | APIC_BASE_X2APIC)

static struct fake_apic *own(void)
{
	return &apics[this_public()->id];
}

static bool fake_x2apic(void)
{
	return own()->base & APIC_BASE_X2APIC;
}

static bool is_implemented_lvt(u32 reg)
{
	return apic_lvt_exists(reg, lvt_number);
}

static u32 isr_word(u32 n)
{
	u32 word = 0;

	for (u32 bit = 0; bit < 32; bit++)
		word |= own()->in_service[n * 32 + bit] ? BIT(bit) : 0;
	return word;
}

static u32 read_any(u32 reg)
{
	assert_true(own()->base & APIC_BASE_ENABLE);
	assert_true(reg % 16 == 0 && reg < 0x400);
	if (reg >= APIC_ISR && reg < APIC_ISR + 0x80)
		return isr_word((reg - APIC_ISR) / 16);
	return own()->reg[reg / 16];
}

static void end_of_interrupt(void)
{
	num_eois++;
	for (int vector = 255; vector >= 0; vector--)
		if (own()->in_service[vector]) {
			own()->in_service[vector] = false;
			return;
		}
}

static void write_any(u32 reg, u32 value)
{
	assert_true(own()->base & APIC_BASE_ENABLE);
	assert_true(reg % 16 == 0 && reg < 0x400);
	if (reg == APIC_EOI) {
		end_of_interrupt();
	} else if (reg == APIC_ESR) {
		own()->reg[reg / 16] = own()->errors;
		own()->errors = 0;
	} else {
		own()->reg[reg / 16] = value;
	}
}

static void log_command(u32 destination, u32 command)
{
	assert_true(num_sent < LOG_SIZE);
	sent[num_sent++] = (u64)destination << 32 | command;
	own()->busy = 3;
}

u32 xapic_read(u32 reg)
{
	assert_false(fake_x2apic());
	if (reg != APIC_ICR || (!own()->busy && !own()->stuck))
		return read_any(reg);
	if (own()->busy)
		own()->busy--;
	return read_any(reg) | ICR_PENDING;
}

void xapic_write(u32 reg, u32 value)
{
	assert_false(fake_x2apic());
	assert_true(reg != APIC_ICR || own()->busy == 0 || own()->stuck);
	if (reg == APIC_ICR)
		log_command(own()->reg[APIC_ICR_HIGH / 16] >> 24, value);
	write_any(reg, value);
}

u32 x2apic_read(u32 reg)
{
	assert_true(fake_x2apic());
	assert_true(apic_register_access(reg, false) == APIC_DIRECT);
	assert_true(!apic_is_lvt(reg) || is_implemented_lvt(reg));
	return read_any(reg);
}

/** Bits that exist in x2APIC mode; to write others faults. */
static u32 writable_bits(u32 reg)
{
	switch (reg) {
	case APIC_TPR:
		return 0xff;
	case APIC_SVR:
		return 0x1ff;
	case APIC_EOI:
	case APIC_ESR:
		return 0;
	case APIC_TIMER_DIV:
		return 0xb;
	case APIC_LVT_TIMER:
		return features & CPUID_1_ECX_TSC_DEADLINE ? 0x700ff : 0x300ff;
	case APIC_LVT_LINT0:
	case APIC_LVT_LINT1:
		return has_polarity ? 0x1a7ff : 0x187ff;
	case APIC_LVT_ERROR:
		return 0x100ff;
	default:
		return apic_is_lvt(reg) ? 0x107ff : ~0U;
	}
}

void x2apic_write(u32 reg, u64 value)
{
	assert_true(fake_x2apic());
	if (reg == APIC_ICR) {
		assert_int_equal((u32)value & ~0xccfff, 0);
		log_command(value >> 32, value);
		return;
	}
	assert_true(apic_register_access(reg, true) != APIC_DENIED);
	assert_true(!apic_is_lvt(reg) || is_implemented_lvt(reg));
	assert_int_equal(value & ~(u64)writable_bits(reg), 0);
	write_any(reg, value);
}

bool x2apic_try_write(u32 reg, u32 value)
{
	assert_true(apic_is_lvt(reg));
	if (value & ~writable_bits(reg))
		return false;
	x2apic_write(reg, value);
	return true;
}

/** The highest vector goes into service, if it is higher than what is there. */
void x86_take_irqs(void)
{
	u32 n, bit;

	assert_true(own()->reg[APIC_SVR / 16] & SVR_ENABLE);
	assert_int_equal(own()->reg[APIC_TPR / 16], 0);
	/* Else there would be no end. */
	assert_true(own()->reg[APIC_LVT_TIMER / 16] & LVT_MASKED);
	for (u32 vector = 255; vector >= 16; vector--) {
		n = (APIC_IRR + vector / 32 * 16) / 16;
		bit = BIT(vector % 32);
		if (own()->in_service[vector])
			return;
		if (own()->reg[n] & bit) {
			own()->reg[n] &= ~bit;
			own()->in_service[vector] = true;
			return;
		}
	}
}

u64 read_msr(u32 msr)
{
	assert_int_equal(msr, MSR_APIC_BASE);
	return own()->base;
}

static u32 x2apic_ldr(u32 id)
{
	return id >> 4 << 16 | 1U << (id & 15);
}

/** Transitions that exist: SDM 3, figure 11-27. */
static bool nmi_on_its_way;

void x86_take_nmi(void)
{
	assert_true(nmi_on_its_way);
	nmi_on_its_way = false;
	this_public()->arch.event_pending = false;
	this_cpu()->arch.event_taken = true;
}

void write_msr(u32 msr, u64 value)
{
	u64 change = own()->base ^ value;
	u32 id = 0x10 + this_public()->id;

	assert_int_equal(msr, MSR_APIC_BASE);
	assert_int_equal(change & ~WRITABLE_BASE, 0);
	assert_true(features & CPUID_1_ECX_X2APIC);
	if (!(value & APIC_BASE_ENABLE)) {
		assert_false(value & APIC_BASE_X2APIC);
		/* No event may be on its way, and nobody may send one. */
		assert_true(this_public()->arch.event_pending);
		assert_false(nmi_on_its_way);
		num_cycles++;
	} else if (!(own()->base & APIC_BASE_ENABLE)) {
		assert_false(value & APIC_BASE_X2APIC);
		own()->reg[APIC_ID / 16] = id << 24;
	} else if (fake_x2apic()) {
		assert_true(value & APIC_BASE_X2APIC);
	} else if (value & APIC_BASE_X2APIC) {
		own()->reg[APIC_ID / 16] = id;
		own()->reg[APIC_LDR / 16] = x2apic_ldr(id);
	}
	own()->base = value;
}

struct cpuid cpuid(u32 leaf, u32 subleaf)
{
	assert_int_equal(leaf, 1);
	return (struct cpuid){ .ecx = features };
}

void *map_device(u64 phys, u64 size)
{
	assert_int_equal(phys, APIC_ADDRESS);
	return fake_device;
}

/* --- set-up --------------------------------------------------------------------------------- */

static struct cell *cell;

static void power_up(u32 cpu, bool x2apic)
{
	u32 id = 0x10 + cpu;

	apics[cpu] =
		(struct fake_apic){ .base = APIC_ADDRESS | APIC_BASE_ENABLE | (cpu ? 0 : 0x100) };
	if (x2apic)
		apics[cpu].base |= APIC_BASE_X2APIC;
	apics[cpu].reg[APIC_ID / 16] = x2apic ? id : id << 24;
	apics[cpu].reg[APIC_LDR / 16] = x2apic ? x2apic_ldr(id) : BIT(24 + cpu);
	apics[cpu].reg[APIC_DFR / 16] = DFR_RESET;
	apics[cpu].reg[APIC_VERSION / 16] = 0x14 | (lvt_number - 1) << 16;
	for (u32 reg = APIC_LVT_TIMER; reg <= APIC_LVT_ERROR; reg += 16)
		apics[cpu].reg[reg / 16] = 0xe0;
	memset(cpu_public(cpu), 0, sizeof(struct cpu_public));
	be_cpu(cpu);
	this_public()->cell = &root_cell;
	memset(&this_cpu()->arch, 0, sizeof(this_cpu()->arch));
	assert_accepted(apic_cpu_init());
}

/** Root cell with CPUs 0 and 1, a cell with CPUs 2 and 3 that the root cell has given away. */
static void set_up(bool has_x2apic, bool linux_x2apic)
{
	struct cell_parts root = { .name = "root", .cpus = 3 };
	struct cell_parts parts = { .name = "cell", .id = 1, .cpus = 12 };

	hardware = (struct fake_hardware){ 0 };
	features = has_x2apic ? CPUID_1_ECX_X2APIC : 0;
	lvt_number = 6;
	set_root_cell(&root);
	system_config = make_system(&root);
	cell = add_cell(&parts);
	for (u32 cpu = 0; cpu < TEST_CPUS; cpu++)
		power_up(cpu, linux_x2apic);
	for (u32 cpu = 2; cpu < TEST_CPUS; cpu++) {
		be_cpu(cpu);
		this_public()->cell = cell;
		apic_cpu_reset();
	}
	num_sent = num_eois = num_cycles = 0;
	be_cpu(0);
}

static enum mmio_result mmio(u32 reg, bool is_write, u32 *value)
{
	struct mmio_access access = {
		.address = reg, .value = *value, .size = 4, .is_write = is_write
	};
	enum mmio_result result = apic_mmio_access(&access);

	*value = access.value;
	return result;
}

static void mmio_set(u32 reg, u32 value)
{
	assert_int_equal(mmio(reg, true, &value), MMIO_DONE);
}

static u64 msr_get(u32 msr)
{
	u64 value = 0xdead;

	assert_true(apic_msr_read(msr, &value));
	return value;
}

static u32 reg_of(u32 cpu, u32 reg)
{
	return apics[cpu].reg[reg / 16];
}

/* --- setup ---------------------------------------------------------------------------------- */

static void what_is_recorded(void **state)
{
	set_up(true, false);
	assert_int_equal(cpu_public(1)->arch.apic_id, 0x11);
	assert_int_equal(cpu_public(1)->arch.ldr, 0x02000000);
	assert_false(cpu_public(1)->arch.x2apic);
	set_up(true, true);
	assert_int_equal(cpu_public(1)->arch.apic_id, 0x11);
	assert_int_equal(cpu_public(1)->arch.ldr, 0x10002);
	assert_true(cpu_public(1)->arch.x2apic);
}

static void unsuitable_apics(void **state)
{
	set_up(true, false);
	own()->base &= ~APIC_BASE_ENABLE;
	assert_refused(apic_cpu_init(), -ENODEV, "APIC of CPU 0 is off");
	own()->base = 0xfed00000 | APIC_BASE_ENABLE;
	assert_refused(apic_cpu_init(), -ENODEV, "APIC of CPU 0 is off");
	own()->base = APIC_ADDRESS | APIC_BASE_ENABLE;
	own()->reg[APIC_DFR / 16] = 0x0fffffff;
	assert_refused(apic_cpu_init(), -EINVAL, "APIC of CPU 0 has clusters");
	own()->reg[APIC_DFR / 16] = DFR_RESET;
	system_config->platform_info.x86.apic_mode = JAILHOUSE_APIC_MODE_XAPIC;
	assert_accepted(apic_cpu_init());
	system_config->platform_info.x86.apic_mode = JAILHOUSE_APIC_MODE_X2APIC;
	assert_refused(apic_cpu_init(), -EINVAL, "xAPIC mode, unlike");
	system_config->platform_info.x86.apic_mode = 3;
	assert_refused(apic_cpu_init(), -EINVAL, "unlike the configuration");
}

static int check_page(struct cell_parts *parts)
{
	return apic_check_regions(make_desc(parts), "local APIC", APIC_ADDRESS);
}

static void regions_over_the_page(void **state)
{
	static const struct jailhouse_memory cases[] = {
		MEM(0xfee00000, 0xfee00000, 0x1000, RW), MEM(0xfedff000, 0xfedff000, 0x2000, RW),
		MEM(0x100000, 0xfee00ff0, 0x1000, RW),   MEM(0xfee00000, 0x100000, 0x10, RW),
		MEM(0xfedff000, 0xfedff000, 0x1000, RW), MEM(0xfee01000, 0xfee01000, 0x1000, RW),
	};

	set_up(true, false);
	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct cell_parts parts = { .name = "new", .mem = &cases[n], .num_mem = 1 };

		if (n < 4)
			assert_refused(
				check_page(&parts), -EINVAL,
				"region 0 of cell \"new\" overlaps the local APIC at 0xfee00000");
		else
			assert_accepted(check_page(&parts));
	}
}

/* --- the root cell's page ------------------------------------------------------------------- */

static void what_passes(void **state)
{
	static const u32 regs[] = { APIC_TPR, APIC_SVR, APIC_TIMER_INIT, APIC_TIMER_DIV };

	set_up(true, false);
	for (u32 n = 0; n < ARRAY_SIZE(regs); n++) {
		mmio_set(regs[n], 0x1b0 + n);
		assert_int_equal(reg_of(0, regs[n]), 0x1b0 + n);
	}
	own()->errors = 0x20;
	mmio_set(APIC_ESR, 0);
	assert_int_equal(reg_of(0, APIC_ESR), 0x20);
	own()->in_service[0x31] = true;
	mmio_set(APIC_EOI, 0);
	assert_int_equal(num_eois, 1);
	mmio_set(APIC_LDR, 0x80ffffff);
	assert_int_equal(this_public()->arch.ldr, 0x80000000);
	mmio_set(APIC_LVT_PERF, 0x400);
	assert_int_equal(reg_of(0, APIC_LVT_PERF), 0x400);
	mmio_set(APIC_LVT_LINT0, 0x700);
	assert_int_equal(reg_of(0, APIC_LVT_LINT0), 0x700);
	/* Reserved bits do not stop xAPIC mode. */
	mmio_set(APIC_LVT_TIMER, 0xfff200ec);
	assert_int_equal(reg_of(0, APIC_LVT_TIMER), 0x200ec);
}

static void what_is_ignored(void **state)
{
	struct fake_apic before;

	set_up(true, false);
	before = *own();
	for (u32 reg = 0; reg < 0x1000; reg += 4) {
		if (apic_register_access(reg, true) == APIC_DENIED && reg != APIC_LDR &&
		    reg != APIC_ICR_HIGH)
			mmio_set(reg, 0xffffffff);
		if (apic_is_lvt(reg)) {
			mmio_set(reg, 0x2fb);
			mmio_set(reg, 0x5fb);
		}
	}
	mmio_set(APIC_LVT_CMCI, 0xf0); /* there is none */
	mmio_set(APIC_LVT_LINT1, 0x700);
	assert_memory_equal(&before, own(), sizeof(before));
	assert_int_equal(num_sent, 0);
}

static void accesses_of_other_shapes(void **state)
{
	set_up(true, false);
	for (u32 size = 1; size <= 8; size *= 2)
		for (u32 address = 0; address < 0x400; address++) {
			struct mmio_access access = { .address = address,
						      .size = size,
						      .is_write = true };

			if (size != 4 || address % 4)
				assert_int_equal(apic_mmio_access(&access), MMIO_REFUSED);
		}
}

static void the_page_is_gone_in_x2apic_mode(void **state)
{
	u32 value = 7;

	set_up(true, true);
	for (u32 reg = 0; reg < 0x400; reg += 16)
		mmio_set(reg, 0x4000);
	assert_int_equal(mmio(APIC_ID, false, &value), MMIO_DONE);
	assert_int_equal(value, 0);
	assert_int_equal(num_sent + num_eois, 0);
}

/* --- commands ------------------------------------------------------------------------------- */

static void xapic_commands(void **state)
{
	set_up(true, false);
	mmio_set(APIC_ICR_HIGH, 0x11000000);
	assert_int_equal(reg_of(0, APIC_ICR_HIGH), 0x11000000);
	mmio_set(APIC_ICR, 0x40fd);
	assert_int_equal(num_sent, 1);
	assert_int_equal(sent[0], 0x11000040fd);
	/* Logical to both: physical to each. */
	mmio_set(APIC_ICR_HIGH, 0x03000000);
	mmio_set(APIC_ICR, 0x48fc);
	assert_int_equal(num_sent, 3);
	assert_int_equal(sent[1], 0x10000040fc);
	assert_int_equal(sent[2], 0x11000040fc);
	assert_int_equal(reg_of(0, APIC_ICR_HIGH), 0x03000000);
	/* To the cell's CPUs, and to everybody. */
	mmio_set(APIC_ICR_HIGH, 0x12000000);
	mmio_set(APIC_ICR, 0x40fd);
	assert_int_equal(num_sent, 3);
	mmio_set(APIC_ICR, 0xc40fd);
	assert_int_equal(num_sent, 4);
	assert_int_equal(sent[3], 0x11000040fd);
	mmio_set(APIC_ICR_HIGH, 0xff000000);
	mmio_set(APIC_ICR, 0x40fd);
	assert_int_equal(num_sent, 6);
}

static void events_leave_half_written_commands_alone(void **state)
{
	set_up(true, false);
	mmio_set(APIC_ICR_HIGH, 0x11000000);
	apic_send_event(3);
	assert_int_equal(sent[0], 0x1300004400);
	assert_int_equal(reg_of(0, APIC_ICR_HIGH), 0x11000000);
	mmio_set(APIC_ICR, 0x40fd);
	assert_int_equal(sent[1], 0x11000040fd);
	set_up(true, true);
	apic_send_event(3);
	assert_int_equal(sent[0], 0x1300004400);
}

static void a_command_half_written_before_us(void **state)
{
	set_up(true, false);
	own()->reg[APIC_ICR_HIGH / 16] = 0x11000000;
	assert_accepted(apic_cpu_init());
	apic_send_event(3);
	assert_int_equal(reg_of(0, APIC_ICR_HIGH), 0x11000000);
	mmio_set(APIC_ICR, 0x40fd);
	assert_int_equal(sent[1], 0x11000040fd);
}

/** An APIC that never gets rid of a command does not hang the core. */
static void the_bus_is_stuck(void **state)
{
	set_up(true, false);
	own()->stuck = true;
	mmio_set(APIC_ICR_HIGH, 0x11000000);
	mmio_set(APIC_ICR, 0x40fd);
	assert_int_equal(num_sent, 1);
}

static void x2apic_commands(void **state)
{
	set_up(true, true);
	assert_true(apic_msr_write(0x830, 0x11000040fd));
	assert_int_equal(sent[0], 0x11000040fd);
	assert_int_equal(msr_get(0x830), 0x11000040fd);
	assert_true(apic_msr_write(0x830, 0x0001000300004800 | 0xfd));
	assert_int_equal(num_sent, 3);
	assert_int_equal(sent[1], 0x10000040fd);
	assert_int_equal(sent[2], 0x11000040fd);
	assert_true(apic_msr_write(0x830, 0x12000040fd));
	assert_int_equal(num_sent, 3);
	apic_send_event(2);
	assert_int_equal(msr_get(0x830), 0x12000040fd);
	be_cpu(2);
	assert_true(apic_msr_write(0x830, 0xffffffff000040fd));
	assert_int_equal(num_sent, 6);
	assert_int_equal(sent[4], 0x12000040fd);
	assert_int_equal(sent[5], 0x13000040fd);
}

static void nmis(void **state)
{
	set_up(true, false);
	mmio_set(APIC_ICR, 0xc4402);
	assert_true(cpu_public(1)->arch.nmi_pending);
	assert_false(cpu_public(0)->arch.nmi_pending);
	assert_int_equal(hardware.events[1], 1);
	mmio_set(APIC_ICR_HIGH, 0x10000000);
	mmio_set(APIC_ICR, 0x4402);
	assert_true(cpu_public(0)->arch.nmi_pending);
	mmio_set(APIC_ICR_HIGH, 0x13000000);
	mmio_set(APIC_ICR, 0x4402);
	assert_false(cpu_public(3)->arch.nmi_pending);
	assert_int_equal(hardware.events[2] + hardware.events[3] + num_sent, 0);
}

static void init_and_startup(void **state)
{
	struct cpu_public *other;

	set_up(true, false);
	be_cpu(2);
	other = cpu_public(3);
	assert_true(apic_msr_write(0x830, 0x130000c500));
	assert_true(other->stop_requested);
	assert_int_equal(other->stop_power, CPU_OFF);
	assert_true(apic_msr_write(0x830, 0x1300008500));
	assert_true(apic_msr_write(0x830, 0x1300004699));
	assert_true(other->start_requested);
	assert_int_equal(other->start.entry, 0x99000);
	/* The second one finds it started. */
	assert_true(apic_msr_write(0x830, 0x130000469a));
	assert_int_equal(other->start.entry, 0x99000);
	assert_true(apic_msr_write(0x830, 0x110000c500));
	assert_true(apic_msr_write(0x830, 0x1100004699));
	assert_false(cpu_public(1)->stop_requested || cpu_public(1)->start_requested);
	assert_int_equal(num_sent, 0);
}

static void startup_of_a_running_cpu(void **state)
{
	set_up(true, false);
	be_cpu(2);
	cpu_public(3)->power = CPU_RUNNING;
	assert_true(apic_msr_write(0x830, 0x1300004699));
	assert_false(cpu_public(3)->start_requested);
	assert_int_equal(hardware.events[3], 0);
}

/* --- x2APIC's words ------------------------------------------------------------------------- */

static void interception(void **state)
{
	static const u32 direct_writes[] = { 0x808, 0x80b, 0x80f, 0x828, 0x838, 0x83e, 0x83f };
	u32 count = 0;

	set_up(true, true);
	for (u32 n = 0; n < ARRAY_SIZE(direct_writes); n++)
		assert_false(apic_msr_intercepted(direct_writes[n], true));
	for (u32 msr = 0x800; msr <= 0x83f; msr++)
		count += !apic_msr_intercepted(msr, true);
	assert_int_equal(count, ARRAY_SIZE(direct_writes));
	assert_false(apic_msr_intercepted(0x802, false));
	assert_false(apic_msr_intercepted(0x839, false));
	assert_false(apic_msr_intercepted(0x827, false));
	assert_true(apic_msr_intercepted(0x830, false));
	assert_true(apic_msr_intercepted(0x80b, false));
}

static void have_lvts(u32 count)
{
	lvt_number = count;
	own()->reg[APIC_VERSION / 16] = 0x14 | (count - 1) << 16;
}

static void interception_of_missing_registers(void **state)
{
	set_up(true, true);
	have_lvts(6);
	assert_false(apic_msr_intercepted(0x833, false));
	assert_true(apic_msr_intercepted(0x82f, false));
	have_lvts(7);
	assert_false(apic_msr_intercepted(0x82f, false));
	have_lvts(4);
	assert_false(apic_msr_intercepted(0x837, false));
	assert_true(apic_msr_intercepted(0x833, false));
	assert_true(apic_msr_intercepted(0x834, false));
}

static void xapic_guests_have_no_msrs(void **state)
{
	u64 value;

	set_up(true, false);
	for (u32 msr = 0x7ff; msr <= 0x900; msr++) {
		assert_false(apic_msr_read(msr, &value));
		assert_false(apic_msr_write(msr, 0));
	}
}

static void lvt_in_x2apic_mode(void **state)
{
	set_up(true, true);
	assert_true(apic_msr_write(0x835, 0x700));
	assert_int_equal(reg_of(0, APIC_LVT_LINT0), 0x700);
	assert_true(apic_msr_write(0x834, 0x400));
	assert_true(apic_msr_write(0x834, 0x2f0)); /* SMI: ignored */
	assert_int_equal(reg_of(0, APIC_LVT_PERF), 0x400);
	assert_false(apic_msr_write(0x834, 0x80000400));
	assert_false(apic_msr_write(0x834, 0x100000400));
	assert_false(apic_msr_write(0x832, 0x400ef));
	assert_false(apic_msr_write(0x82f, 0xf0));
	/* Polarity: where the CPU does not have it, the guest takes the fault. */
	for (u32 msr = 0x835; msr <= 0x836; msr++) {
		assert_false(apic_msr_write(msr, 0x12000));
		has_polarity = true;
		assert_true(apic_msr_write(msr, 0x12000));
		has_polarity = false;
	}
	be_cpu(2);
	assert_true(apic_msr_write(0x835, 0x700));
	assert_int_equal(reg_of(2, APIC_LVT_LINT0), LVT_MASKED);
}

/** On a CPU that has no x2APIC. */
static void translation(void **state)
{
	u64 value;

	set_up(false, false);
	be_cpu(2);
	assert_int_equal(msr_get(0x802), 0x12);
	assert_int_equal(msr_get(0x80d), 0x10004);
	assert_int_equal(msr_get(0x803), 0x50014);
	assert_true(apic_msr_write(0x808, 0x20));
	assert_int_equal(msr_get(0x808), 0x20);
	assert_true(apic_msr_write(0x80f, 0x1ff));
	assert_int_equal(reg_of(2, APIC_SVR), 0x1ff);
	assert_true(apic_msr_write(0x832, 0x200ef));
	assert_true(apic_msr_write(0x838, 1000));
	assert_int_equal(reg_of(2, APIC_TIMER_INIT), 1000);
	own()->in_service[0x41] = true;
	assert_int_equal(msr_get(0x812), 2);
	assert_true(apic_msr_write(0x80b, 0));
	assert_int_equal(msr_get(0x812), 0);
	assert_false(apic_msr_write(0x80b, 1));
	assert_false(apic_msr_write(0x828, 1));
	assert_true(apic_msr_write(0x828, 0));
	assert_true(apic_msr_write(0x83f, 0x55));
	assert_int_equal(sent[num_sent - 1], 0x1200004055);
	assert_true(apic_msr_write(0x830, 0x13000040fd));
	assert_int_equal(sent[num_sent - 1], 0x13000040fd);
	assert_int_equal(msr_get(0x830), 0x13000040fd);
	assert_false(apic_msr_read(0x80e, &value));
	assert_false(apic_msr_read(0x80b, &value));
	assert_false(apic_msr_read(0x82f, &value));
	assert_false(apic_msr_write(0x80e, 0));
	assert_false(apic_msr_write(0x80d, 0));
	assert_false(apic_msr_write(0x808, 0x100000000));
}

static void apic_base(void **state)
{
	set_up(false, false);
	assert_int_equal(apic_base_read(), 0xfee00900);
	be_cpu(2);
	assert_int_equal(apic_base_read(), 0xfee00c00);
}

/** Whatever MSRs a guest writes: no fault in the core (the fakes look), and nothing for foreign CPUs. */
static void hostile_msrs(void **state)
{
	for (u32 round = 0; round < 100000; round++) {
		u64 value;
		u32 self;

		if (round % 500 == 0)
			set_up(round % 1000, round % 2000 == 500);
		self = random_below(TEST_CPUS);
		be_cpu(self);
		num_sent = 0;
		apic_msr_read(0x800 + random_below(0x40), &value);
		apic_msr_write(0x7f0 + random_below(0x60),
			       next_random() >> random_below(64) & ~(random_below(2) * 0xfffff000));
		for (u32 n = 0; n < num_sent; n++)
			assert_true(sent[n] >> 33 == (0x10 + self) / 2);
		for (u32 cpu = 0; cpu < TEST_CPUS; cpu++) {
			if (cpu / 2 != self / 2)
				assert_false(cpu_public(cpu)->stop_requested ||
					     cpu_public(cpu)->start_requested ||
					     cpu_public(cpu)->arch.nmi_pending);
			cpu_public(cpu)->stop_requested = cpu_public(cpu)->start_requested = false;
			cpu_public(cpu)->arch.nmi_pending = false;
		}
	}
}

/* --- reset ---------------------------------------------------------------------------------- */

static void assert_reset(u32 cpu, bool x2apic)
{
	be_cpu(cpu);
	assert_int_equal(!!(own()->base & APIC_BASE_X2APIC), x2apic);
	assert_int_equal(this_public()->arch.x2apic, x2apic);
	assert_int_equal(reg_of(cpu, APIC_SVR), 0xff);
	assert_int_equal(reg_of(cpu, APIC_TPR) | reg_of(cpu, APIC_TIMER_INIT), 0);
	assert_int_equal(reg_of(cpu, APIC_ESR) | own()->errors, 0);
	for (u32 reg = APIC_LVT_TIMER; reg <= APIC_LVT_ERROR; reg += 16)
		assert_int_equal(reg_of(cpu, reg), LVT_MASKED);
	for (u32 vector = 0; vector < 256; vector++)
		assert_false(own()->in_service[vector]);
	for (u32 n = 0; n < APIC_BITMAP_WORDS; n++)
		assert_int_equal(reg_of(cpu, APIC_IRR + 16 * n), 0);
	assert_int_equal(this_public()->arch.ldr, x2apic ? 0x10000 | BIT(cpu) : 0);
	assert_false(this_public()->arch.nmi_pending);
}

static void use(u32 cpu)
{
	be_cpu(cpu);
	own()->in_service[0x31] = own()->in_service[0xef] = own()->in_service[0x3f] = true;
	own()->reg[(APIC_IRR + 0x10) / 16] = 0x80000001;
	own()->reg[(APIC_IRR + 0x70) / 16] = 0x80008000;
	own()->reg[APIC_TPR / 16] = 0x40;
	own()->reg[APIC_SVR / 16] = 0x1ff;
	own()->reg[APIC_TIMER_INIT / 16] = 1000;
	own()->reg[APIC_LVT_TIMER / 16] = 0x200ef;
	own()->reg[APIC_LVT_LINT1 / 16] = 0x400;
	own()->reg[APIC_ESR / 16] = 0x80;
	own()->errors = 0x60;
	this_public()->arch.nmi_pending = true;
	num_eois = 0;
}

/** Each CPU goes to a cell and comes back, in each of the worlds. */
static void reset_between_cells(void **state)
{
	for (u32 world = 0; world < 3; world++) {
		bool has = world > 0, linux_x2apic = world == 2;

		set_up(has, linux_x2apic);
		use(2);
		nmi_on_its_way = this_public()->arch.event_pending = has;
		apic_cpu_reset();
		assert_false(this_public()->arch.event_pending);
		assert_int_equal(num_eois, 7);
		assert_reset(2, has);
		use(2);
		this_public()->cell = &root_cell;
		apic_cpu_reset();
		assert_reset(2, linux_x2apic);
		use(2);
		this_public()->cell = cell;
		apic_cpu_reset();
		assert_reset(2, has);
		assert_int_equal(num_cycles, has ? 3 : 0);
		assert_int_equal(msr_get(0x830), 0);
	}
}

static void quiesce(void **state)
{
	set_up(true, true);
	use(1);
	apic_cpu_quiesce();
	for (u32 reg = APIC_LVT_TIMER; reg <= APIC_LVT_ERROR; reg += 16)
		assert_int_equal(reg_of(1, reg), LVT_MASKED);
	assert_int_equal(reg_of(1, APIC_TIMER_INIT), 0);
	assert_false(reg_of(1, APIC_SVR) & 0x100);
}

static void pending_interrupts(void **state)
{
	set_up(true, false);
	assert_false(apic_irq_pending());
	own()->reg[(APIC_IRR + 16) / 16] = BIT(3); /* 0x23 */
	assert_true(apic_irq_pending());
	own()->reg[APIC_PPR / 16] = 0x1f;
	assert_true(apic_irq_pending());
	own()->reg[APIC_PPR / 16] = 0x20;
	assert_false(apic_irq_pending());
	own()->reg[(APIC_IRR + 0x70) / 16] = BIT(31);
	assert_true(apic_irq_pending());
	own()->reg[APIC_PPR / 16] = 0xf0;
	assert_false(apic_irq_pending());
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		rule_test(what_is_recorded),
		rule_test(unsuitable_apics),
		rule_test(regions_over_the_page),
		rule_test(what_passes),
		rule_test(what_is_ignored),
		rule_test(accesses_of_other_shapes),
		rule_test(the_page_is_gone_in_x2apic_mode),
		rule_test(xapic_commands),
		rule_test(events_leave_half_written_commands_alone),
		rule_test(a_command_half_written_before_us),
		rule_test(the_bus_is_stuck),
		rule_test(x2apic_commands),
		rule_test(nmis),
		rule_test(init_and_startup),
		rule_test(startup_of_a_running_cpu),
		rule_test(interception),
		rule_test(interception_of_missing_registers),
		rule_test(xapic_guests_have_no_msrs),
		rule_test(lvt_in_x2apic_mode),
		rule_test(translation),
		rule_test(apic_base),
		rule_test(hostile_msrs),
		rule_test(reset_between_cells),
		rule_test(quiesce),
		rule_test(pending_interrupts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
