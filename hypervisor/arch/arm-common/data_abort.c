// SPDX-License-Identifier: GPL-2.0-only
/* Accesses of guests to memory that is not mapped: devices that the core guards, or violations. */
#include <arch.h>
#include <arm.h>
#include <asm/sysregs.h>
#include <decode.h>
#include <paging.h>
#include <panic.h>

/** What a load puts into its register. */
static u64 extend(u64 value, u32 size, bool sign_extend, bool to_32)
{
	u32 unused = 64 - 8 * size;

	if (sign_extend)
		value = (u64)((s64)(value << unused) >> unused);
	return to_32 ? (u32)value : value;
}

static u64 fault_address(void)
{
	return HPFAR_ADDRESS(read_sysreg(hpfar_el2)) | (read_sysreg(far_el2) & ~PAGE_MASK);
}

static enum mmio_result access_one(struct guest_regs *regs, struct mmio_access *access, u32 rt,
				   bool sign_extend, bool to_32)
{
	enum mmio_result result;

	if (access->is_write)
		access->value = guest_reg(regs, rt);
	result = mmio_dispatch(this_cell(), access);
	if (result == MMIO_DONE && !access->is_write)
		set_guest_reg(regs, rt, extend(access->value, access->size, sign_extend, to_32));
	return result;
}

static enum mmio_result emulate_described(struct guest_regs *regs, u64 esr, u64 address)
{
	struct mmio_access access = { .address = address,
				      .size = 1 << DABT_SAS(esr),
				      .is_write = esr & DABT_WNR };

	return access_one(regs, &access, DABT_SRT(esr), esr & DABT_SSE, !(esr & DABT_SF));
}

/* --- without a description: look at the instruction ----------------------------------------- */

/** The guest-physical address of a guest's virtual one, INVALID_PHYS if it has none. */
static u64 translate(u64 address)
{
	u64 saved = read_sysreg(par_el1), par;

	if (!arm_try_translate(address, &par))
		par = PAR_FAILED;
	write_sysreg(saved, par_el1);
	return par & PAR_FAILED ? INVALID_PHYS : (par & PAR_ADDRESS) | (address & ~PAGE_MASK);
}

bool arm_fetch(u64 address, u32 size, u32 *value)
{
	u64 phys = translate(address);
	struct mmio_access fetch = { .size = size };
	pte_t attributes;

	if (phys == INVALID_PHYS || (phys & (size - 1)))
		return false;
	/* Another CPU of the guest may have changed its tables since: never touch devices, nor what is not the cell's. */
	phys = pt_lookup(&this_cell()->memory, phys, &attributes);
	if (phys == INVALID_PHYS || !pte_is_readable_ram(attributes))
		return false;
	if (!arch_mmio_try(map_temporarily(TEMP_SLOT_GUEST, phys, false), &fetch))
		return false;
	*value = fetch.value;
	return true;
}

static enum mmio_result emulate_instruction(struct guest_regs *regs, u64 esr, u64 address)
{
	struct decoded_access access;
	enum mmio_result result;
	struct mmio_access part;
	u32 instruction;
	u64 base;

	if (!arm_fetch_instruction(esr, &instruction) ||
	    !decode_access(instruction, guest_is_t32(read_sysreg(spsr_el2)), &access))
		return MMIO_REFUSED;
	base = guest_base_reg(regs, access.rn);
	/* The instruction may have changed since, or the fault be of a later part: both must tell the same. */
	if (!access.register_offset &&
	    guest_address(base + (access.post_index ? 0 : access.offset)) != read_sysreg(far_el2))
		return MMIO_REFUSED;
	if ((address & ~PAGE_MASK) + access.count * access.size > PAGE_SIZE)
		return MMIO_REFUSED;
	for (u32 n = 0; n < access.count; n++) {
		part = (struct mmio_access){ .address = address + n * access.size,
					     .size = access.size,
					     .is_write = access.is_write };
		result = access_one(regs, &part, access.rt[n], access.sign_extend, access.to_32);
		if (result != MMIO_DONE)
			return result;
	}
	if (access.write_back)
		set_guest_base_reg(regs, access.rn, base + access.offset);
	return MMIO_DONE;
}

static bool may_emulate(u64 esr)
{
	return DABT_FSC_TYPE(esr) == FSC_TRANSLATION && !(esr & (DABT_S1PTW | DABT_CM));
}

/** Linux takes the bus error as it would if the access had not come here; true if it does. */
static bool linux_takes_bus_error(enum mmio_result result)
{
	return result == MMIO_BUS_ERROR && this_cell() == &root_cell && arch_crash_guest();
}

void arm_handle_data_abort(struct guest_regs *regs, u64 esr)
{
	enum mmio_result result = MMIO_REFUSED;
	u64 address = fault_address();

	cpu_count_exit(JAILHOUSE_CPU_STAT_VMEXITS_MMIO);
	if (may_emulate(esr))
		result = esr & DABT_ISV ? emulate_described(regs, esr, address) :
					  emulate_instruction(regs, esr, address);
	/* Without a description the length is not valid either; all that is decoded has 32 bits. */
	if (result == MMIO_DONE)
		arm_skip_instruction(esr & DABT_ISV ? esr : esr | ESR_IL);
	else if (!linux_takes_bus_error(result))
		guest_violation("%s%s at 0x%llx, guest-physical 0x%llx (syndrome 0x%llx)",
				result == MMIO_BUS_ERROR ? "bus error: " : "",
				esr & DABT_WNR ? "write" : "read", read_sysreg(far_el2), address,
				esr);
}
