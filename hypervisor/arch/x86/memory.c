// SPDX-License-Identifier: GPL-2.0-only
/* Accesses of guests to memory that is not mapped: devices that the core guards, or violations. */
#include <asm/apic_regs.h>
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <panic.h>
#include <paging.h>
#include <vcpu.h>

#define RFLAGS_DF BIT64(10)

static u32 fetch(const struct vcpu_mode *mode, u8 *bytes)
{
	u64 linear = mode->cs_base + mode->rip;
	u32 got = x86_read_guest(linear, bytes, X86_MAX_INSTRUCTION);
	bool more = got && got < X86_MAX_INSTRUCTION;

	return more ? got + x86_read_guest(linear + got, bytes + got, X86_MAX_INSTRUCTION - got) :
		      got;
}

static bool decode(const struct vcpu_mode *mode, struct x86_access *access)
{
	u8 buffer[X86_MAX_INSTRUCTION];
	const u8 *bytes;
	u32 count = vcpu_instruction(&bytes);

	if (count && x86_decode_access(bytes, count, mode->code_bits, access))
		return true;
	return x86_decode_access(buffer, fetch(mode, buffer), mode->code_bits, access);
}

static u64 linear_address(const struct vcpu_mode *mode, const struct guest_regs *regs,
			  const struct x86_access *access, const struct x86_address *address)
{
	u64 offset = x86_effective_address(address, regs->gpr, mode->rip + access->length);
	bool is_flat = mode->code_bits == 64 && address->segment < X86_FS;

	return is_flat ? offset : vcpu_segment_base(address->segment) + offset;
}

/** One part of the instruction, at a guest-physical address: the cell's RAM, or what is guarded. */
static bool access_one(u64 address, u32 size, bool is_write, u64 *value)
{
	struct mmio_access access = {
		.address = address, .size = size, .is_write = is_write, .value = *value
	};

	if ((address & ~PAGE_MASK) + size > PAGE_SIZE ||
	    mmio_dispatch(this_cell(), &access) != MMIO_DONE)
		return false;
	*value = access.value;
	return true;
}

/** The other side of a MOVS: RAM of the cell, read or written as the processor would. */
static bool access_ram(u64 address, u32 size, bool is_write, u64 *value)
{
	pte_t attributes;
	u64 phys = pt_lookup(&this_cell()->memory, address, &attributes);
	u8 *at;

	if ((address & ~PAGE_MASK) + size > PAGE_SIZE || phys == INVALID_PHYS ||
	    !pte_is_readable_ram(attributes) || (is_write && !(attributes & PTE_WRITE)))
		return false;
	at = map_temporarily(TEMP_SLOT_GUEST, phys, false);
	for (u32 n = 0; n < size; n++)
		if (is_write)
			((volatile u8 *)at)[n] = *value >> (8 * n);
		else
			*value |= (u64)((volatile u8 *)at)[n] << (8 * n);
	return true;
}

static bool access_either(u64 linear, u32 size, bool is_write, u64 *value)
{
	u64 address = x86_guest_translate(linear, 0);

	return address != INVALID_PHYS && (access_ram(address, size, is_write, value) ||
					   access_one(address, size, is_write, value));
}

/**
 * The CPU has looked at the rights to the side of a MOVS that trapped only. True: to the other one, the guest has none, and is
 * told so.
 */
static bool page_fault(const struct vcpu_mode *mode, u64 linear, bool is_write)
{
	bool user = mode->cpl == 3;
	u64 needed =
		(user ? PTE_USER : 0) | (is_write && (user || mode->cr0 & CR0_WP) ? PTE_WRITE : 0);

	if (x86_guest_translate(linear, needed) != INVALID_PHYS)
		return false;
	vcpu_raise_page_fault(linear,
			      (x86_guest_translate(linear, 0) != INVALID_PHYS ? PF_PRESENT : 0) |
				      (is_write ? PF_WRITE : 0) | (user ? PF_USER : 0));
	return true;
}

static bool copy(u64 from, u64 to, u32 size)
{
	u64 value = 0;

	return access_either(from, size, false, &value) && access_either(to, size, true, &value);
}

static bool load_or_store(struct guest_regs *regs, const struct x86_access *access, u64 address)
{
	bool is_write = access->kind == X86_STORE;
	u64 value = is_write ? x86_read_operand(access, regs->gpr) : 0;

	if (!access_one(address, access->size, is_write, &value))
		return false;
	if (!is_write)
		x86_write_operand(access, regs->gpr, value);
	return true;
}

static bool emulate(struct guest_regs *regs, u64 address)
{
	struct vcpu_mode mode = vcpu_mode();
	struct x86_access access;
	u64 from, to;
	bool ok;

	if (!decode(&mode, &access))
		return false;
	to = linear_address(&mode, regs, &access, &access.memory);
	if (access.kind == X86_COPY) {
		from = linear_address(&mode, regs, &access, &access.source);
		if (page_fault(&mode, from, false) || page_fault(&mode, to, true))
			return true;
		ok = copy(from, to, access.size);
	} else {
		/* The instruction may have changed since, or the fault be of its second page. */
		ok = !((to ^ address) & ~PAGE_MASK) && load_or_store(regs, &access, address);
	}
	if (ok && (!access.string || x86_string_step(&access, regs->gpr, mode.rflags & RFLAGS_DF)))
		vcpu_skip(access.length);
	return ok;
}

void x86_handle_memory(struct guest_regs *regs, u64 address, bool write, bool fetch)
{
	bool is_apic = page_down(address) == APIC_ADDRESS;
	const char *what = fetch ? "instruction fetch" : write ? "write" : "read";

	cpu_count_exit(is_apic ? JAILHOUSE_CPU_STAT_VMEXITS_XAPIC :
				 JAILHOUSE_CPU_STAT_VMEXITS_MMIO);
	if (fetch || !emulate(regs, address))
		guest_violation("%s at guest-physical 0x%llx", what, address);
}
