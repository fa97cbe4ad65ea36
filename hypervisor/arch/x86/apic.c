// SPDX-License-Identifier: GPL-2.0-only
/*
 * The calling CPU's local APIC. In xAPIC mode the root cell reads the registers directly: after a send, ICR_HIGH holds
 * again what the guest wrote, while ICR shows the last command, which may have been the core's.
 */
#include <apic.h>
#include <apic_rules.h>
#include <arch.h>
#include <asm/apic_hw.h>
#include <asm/x86.h>
#include <errno.h>
#include <paging.h>
#include <printk.h>
#include <setup.h>

/* Reads of ICR to wait for the last command to be sent; each takes a bus access. */
#define ICR_PATIENCE 10000

void *apic_page;

static bool in_x2apic(void)
{
	return this_public()->arch.x2apic;
}

static u32 read_reg(u32 reg)
{
	return in_x2apic() ? x2apic_read(reg) : xapic_read(reg);
}

static void write_reg(u32 reg, u32 value)
{
	if (in_x2apic())
		x2apic_write(reg, value);
	else
		xapic_write(reg, value);
}

/** A value that a guest chose; false: a fault, in x2APIC mode. */
static bool try_write_reg(u32 reg, u32 value)
{
	if (in_x2apic())
		return x2apic_try_write(reg, value);
	xapic_write(reg, value);
	return true;
}

/* --- setup ---------------------------------------------------------------------------------- */

static int check_mode(void)
{
	u32 mode = system_config->platform_info.x86.apic_mode;

	if (mode == JAILHOUSE_APIC_MODE_AUTO ||
	    mode == (in_x2apic() ? JAILHOUSE_APIC_MODE_X2APIC : JAILHOUSE_APIC_MODE_XAPIC))
		return 0;
	return refuse(-EINVAL, "CPU %u has its local APIC in %s mode, unlike the configuration",
		      this_public()->id, in_x2apic() ? "x2APIC" : "xAPIC");
}

int apic_cpu_init(void)
{
	struct arch_cpu_public *arch = &this_public()->arch;
	u64 base = read_msr(MSR_APIC_BASE);

	if (!(base & APIC_BASE_ENABLE) || (base & APIC_BASE_ADDRESS) != APIC_ADDRESS)
		return refuse(-ENODEV, "the local APIC of CPU %u is off, or not at 0x%lx",
			      this_public()->id, APIC_ADDRESS);
	if (!apic_page)
		apic_page = map_device(APIC_ADDRESS, PAGE_SIZE);
	if (!apic_page)
		return refuse(-ENOMEM, "the local APIC cannot be mapped");
	arch->x2apic = base & APIC_BASE_X2APIC;
	arch->apic_id =
		arch->x2apic ? read_reg(APIC_ID) : FIELD(XAPIC_DESTINATION, read_reg(APIC_ID));
	arch->ldr = read_reg(APIC_LDR);
	if (!arch->x2apic && FIELD(DFR_MODEL, read_reg(APIC_DFR)) != DFR_FLAT)
		return refuse(-EINVAL, "the local APIC of CPU %u has clusters in xAPIC mode",
			      this_public()->id);
	this_cpu()->arch.linux_x2apic = arch->x2apic;
	this_cpu()->arch.icr =
		arch->x2apic ? 0 : FIELD_PREP(ICR_DESTINATION, (u64)read_reg(APIC_ICR_HIGH));
	return check_mode();
}

/* --- sending -------------------------------------------------------------------------------- */

/** xAPIC: a new command before the last one is on its way would replace it. */
static void wait_until_sent(void)
{
	for (u32 n = 0; n < ICR_PATIENCE && (xapic_read(APIC_ICR) & ICR_PENDING); n++)
		;
}

/** command: what ICR says besides the destination, a physical one. */
static void send(u32 apic_id, u32 command)
{
	if (in_x2apic()) {
		x2apic_write(APIC_ICR, FIELD_PREP(ICR_DESTINATION, (u64)apic_id) | command);
		return;
	}
	wait_until_sent();
	xapic_write(APIC_ICR_HIGH, FIELD_PREP(XAPIC_DESTINATION, apic_id));
	xapic_write(APIC_ICR, command);
	wait_until_sent();
	xapic_write(APIC_ICR_HIGH, FIELD(ICR_DESTINATION, this_cpu()->arch.icr));
}

void apic_send_event(u32 cpu)
{
	send(cpu_public(cpu)->arch.apic_id, ICR_ASSERT | FIELD_PREP(APIC_DELIVERY, DELIVERY_NMI));
}

static void deliver(u64 icr, u32 cpu)
{
	u64 vector = FIELD(APIC_VECTOR, icr);

	switch (FIELD(APIC_DELIVERY, icr)) {
	case DELIVERY_FIXED:
	case DELIVERY_LOWEST:
		send(cpu_public(cpu)->arch.apic_id, ICR_ASSERT | vector);
		break;
	case DELIVERY_NMI:
		__atomic_store_n(&cpu_public(cpu)->arch.nmi_pending, true, __ATOMIC_RELEASE);
		arch_send_event(cpu);
		break;
	case DELIVERY_INIT:
		cpu_wait_for_start(cpu);
		break;
	case DELIVERY_STARTUP:
		cpu_power_on(cpu, (struct cpu_start){ .entry = vector << PAGE_SHIFT,
						      .context = X86_START_SIPI });
		break;
	}
}

/** icr: in x2APIC layout */
static void carry_out(u64 icr)
{
	u32 targets[CPU_SET_WORDS], cpu;

	apic_resolve_icr(this_cell(), this_public()->id, icr, targets);
	for_each_cpu (cpu, targets)
		deliver(icr, cpu);
}

/* --- registers ------------------------------------------------------------------------------ */

static u32 lvt_count(void)
{
	return FIELD(APIC_VERSION_MAX_LVT, read_reg(APIC_VERSION)) + 1;
}

static bool cpu_has(u32 feature)
{
	return cpuid(1, 0).ecx & feature;
}

/** False: a fault, for reserved bits; x2APIC guests only are told of these. */
static bool write_lvt(u32 reg, u32 value)
{
	struct apic_lvt_owner owner = { .root = this_cell() == &root_cell,
					.deadline = cpu_has(CPUID_1_ECX_TSC_DEADLINE),
					.count = lvt_count() };
	enum apic_lvt_result result = apic_check_lvt(owner, reg, &value);

	if (result == APIC_LVT_RESERVED && apic_speaks_x2apic(this_public()))
		return false;
	/* Which bits are reserved differs: AMD's CPUs have no polarity of LINT pins (APM 2, 16.4). */
	return result == APIC_LVT_IGNORED || try_write_reg(reg, value);
}

static void write_xapic(u32 reg, u32 value)
{
	u64 *icr = &this_cpu()->arch.icr;

	switch (reg) {
	case APIC_ICR:
		*icr = (*icr & ICR_DESTINATION) | value;
		carry_out(FIELD_PREP(ICR_DESTINATION, *icr >> 56) | value);
		return;
	case APIC_ICR_HIGH:
		*icr = FIELD_PREP(ICR_DESTINATION, (u64)value) | (u32)*icr;
		break;
	case APIC_LDR:
		this_public()->arch.ldr = value & XAPIC_DESTINATION;
		break;
	default:
		if (apic_is_lvt(reg))
			write_lvt(reg, value);
		if (apic_register_access(reg, true) != APIC_DIRECT)
			return;
	}
	xapic_write(reg, value);
}

/** Not inlined, as then the end of an interrupt would save registers for it. */
static enum mmio_result __attribute__((noinline)) access_xapic(struct mmio_access *access)
{
	if (access->size != 4 || access->address % 4)
		return MMIO_REFUSED;
	if (!access->is_write)
		access->value = in_x2apic() ? 0 : xapic_read(access->address);
	else if (!in_x2apic())
		write_xapic(access->address, access->value);
	return MMIO_DONE;
}

enum mmio_result apic_mmio_access(struct mmio_access *access)
{
	/* Linux ends each interrupt this way. */
	if (access->address != APIC_EOI || !access->is_write || access->size != 4 || in_x2apic())
		return access_xapic(access);
	xapic_write(APIC_EOI, 0);
	return MMIO_DONE;
}

/** Every cell but the root cell speaks x2APIC, the root cell's CPU if it is in that mode. */
static bool register_exists(u32 reg)
{
	return apic_speaks_x2apic(this_public()) &&
	       (!apic_is_lvt(reg) || apic_lvt_exists(reg, lvt_count()));
}

/** Emulators note the read of an entry that is not there as an error, and never forget it. */
bool apic_msr_intercepted(u32 msr, bool write)
{
	u32 reg = APIC_REG(msr);

	return apic_register_access(reg, write) != APIC_DIRECT ||
	       (apic_is_lvt(reg) && !apic_lvt_exists(reg, lvt_count()));
}

bool apic_msr_read(u32 msr, u64 *value)
{
	u32 reg = APIC_REG(msr);

	if (!register_exists(reg) || apic_register_access(reg, false) == APIC_DENIED)
		return false;
	switch (reg) {
	case APIC_ICR:
		*value = this_cpu()->arch.icr;
		break;
	case APIC_ID:
		*value = this_public()->arch.apic_id;
		break;
	case APIC_LDR:
		*value = apic_logical_id(this_public());
		break;
	default:
		*value = read_reg(reg);
	}
	return true;
}

/** A CPU that has no x2APIC, or has it in xAPIC mode, does what its guest says in x2APIC's words. */
static bool translate_write(u32 reg, u32 value)
{
	if ((reg == APIC_EOI || reg == APIC_ESR) && value)
		return false;
	if (reg == APIC_SELF_IPI)
		carry_out(FIELD_PREP(ICR_SHORTHAND, SHORTHAND_SELF) | (value & APIC_VECTOR));
	else
		xapic_write(reg, value);
	return true;
}

bool apic_msr_write(u32 msr, u64 value)
{
	u32 reg = APIC_REG(msr);

	if (!register_exists(reg) || (reg != APIC_ICR && value >> 32))
		return false;
	switch (apic_register_access(reg, true)) {
	case APIC_DIRECT:
		/* Does not exit in x2APIC mode. */
		return !in_x2apic() && translate_write(reg, value);
	case APIC_FILTERED:
		if (reg != APIC_ICR)
			return write_lvt(reg, value);
		this_cpu()->arch.icr = value;
		carry_out(value);
		return true;
	default:
		return false;
	}
}

u64 apic_base_read(void)
{
	u64 base = read_msr(MSR_APIC_BASE);

	return apic_speaks_x2apic(this_public()) ? base | APIC_BASE_X2APIC : base;
}

/* --- reset ---------------------------------------------------------------------------------- */

void apic_cpu_quiesce(void)
{
	u32 count = lvt_count();

	for (u32 reg = APIC_LVT_CMCI; reg <= APIC_LVT_ERROR; reg += 16)
		if (apic_lvt_exists(reg, count))
			write_reg(reg, LVT_MASKED);
	write_reg(APIC_TIMER_INIT, 0);
	write_reg(APIC_SVR, SVR_RESET);
}

/** Each ends the highest one. */
static void end_interrupts(void)
{
	for (int n = APIC_BITMAP_WORDS - 1; n >= 0; n--)
		for (u32 bits = read_reg(APIC_ISR + 16 * n); bits; bits &= bits - 1)
			write_reg(APIC_EOI, 0);
}

/** The highest vector; 0: none. */
static u32 requested_vector(void)
{
	u32 bits;

	for (int n = APIC_BITMAP_WORDS - 1; n >= 0; n--) {
		bits = read_reg(APIC_IRR + 16 * n);
		if (bits)
			return 32 * n + 31 - __builtin_clz(bits);
	}
	return 0;
}

bool apic_irq_pending(void)
{
	return requested_vector() >> 4 > read_reg(APIC_PPR) >> 4;
}

/**
 * What the last guest did not take must not reach the next one. Turning the APIC off does not do it: not each CPU's comes
 * back, and emulators keep what was requested. Devices may send more meanwhile: no more than there are vectors.
 */
static void drop_interrupts(void)
{
	write_reg(APIC_TPR, 0);
	write_reg(APIC_SVR, SVR_RESET | SVR_ENABLE);
	end_interrupts();
	for (u32 n = 0; n < 256 && requested_vector(); n++) {
		x86_take_irqs();
		end_interrupts();
	}
}

/**
 * Off and on again, the only way from x2APIC to xAPIC mode (SDM 3, 11.12.5; APM 2, 16.10). Not on CPUs that have but one
 * mode: not each one's APIC comes back (SDM 3, 11.4.3; QEMU without x2APIC).
 */
static void set_mode(bool x2apic)
{
	u64 base = read_msr(MSR_APIC_BASE) & ~(APIC_BASE_ENABLE | APIC_BASE_X2APIC);
	bool *event_pending = &this_public()->arch.event_pending;

	/*
	 * An APIC that is off loses NMIs. So none of the core's may be on its way, and none be sent; who would have
	 * is seen by cpu_serve(), which goes on until there is no request.
	 */
	while (__atomic_exchange_n(event_pending, true, __ATOMIC_ACQ_REL))
		x86_take_nmi();
	write_msr(MSR_APIC_BASE, base);
	write_msr(MSR_APIC_BASE, base | APIC_BASE_ENABLE);
	if (x2apic)
		write_msr(MSR_APIC_BASE, base | APIC_BASE_ENABLE | APIC_BASE_X2APIC);
	this_public()->arch.x2apic = x2apic;
	__atomic_store_n(event_pending, false, __ATOMIC_SEQ_CST);
}

static void reset_registers(void)
{
	apic_cpu_quiesce();
	write_reg(APIC_TIMER_DIV, 0);
	/* The first time shows what came up since the last (SDM 3, 11.5.3; APM 2, 16.4.6). */
	write_reg(APIC_ESR, 0);
	write_reg(APIC_ESR, 0);
	if (in_x2apic())
		return;
	xapic_write(APIC_LDR, 0);
	xapic_write(APIC_DFR, DFR_RESET);
	xapic_write(APIC_ICR_HIGH, 0);
}

void apic_cpu_reset(void)
{
	struct arch_cpu_public *arch = &this_public()->arch;

	apic_cpu_quiesce();
	drop_interrupts();
	if (cpu_has(CPUID_1_ECX_X2APIC))
		set_mode(this_cell() != &root_cell || this_cpu()->arch.linux_x2apic);
	reset_registers();
	this_cpu()->arch.icr = 0;
	arch->ldr = read_reg(APIC_LDR);
	__atomic_store_n(&arch->nmi_pending, false, __ATOMIC_RELAXED);
}
