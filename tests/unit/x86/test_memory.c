// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/memory.c: accesses that the core carries out for a guest. */
#include "guest.h"
#include <asm/x86.h>
#include <asm/apic_regs.h>
#include <asm/x86_regs.h>
#include <decode.h>
#include <paging.h>

#define DEVICE 0xd0000000ULL /* two pages with a handler */

static struct mmio_access seen[8];
static u32 accesses;

static enum mmio_result device(struct mmio_access *access)
{
	assert_true(accesses < ARRAY_SIZE(seen));
	if (!access->is_write)
		access->value = 0xa1a2a3a4a5a6a7a8 & MASK64(8 * access->size - 1, 0);
	seen[accesses++] = *access;
	return access->address < 0x1800 ? MMIO_DONE : MMIO_REFUSED;
}

static void set_up(void)
{
	struct cell *cell = set_up_guest();

	assert_int_equal(mmio_add(&cell->mmio, DEVICE, 2 * PAGE_SIZE, device, NULL), 0);
	enter_long_mode();
	accesses = 0;
}

#define RUN(address, is_write, ...) \
	run((address), (is_write), (const u8[]){ __VA_ARGS__ }, sizeof((const u8[]){ __VA_ARGS__ }))

/** The guest's instruction faulted at address. */
static void run(u64 address, bool is_write, const u8 *bytes, u32 count)
{
	memcpy(guest.bytes, bytes, count);
	guest.num_bytes = count;
	guest.skipped = guest.violations = 0;
	x86_handle_memory(&guest.regs, address, is_write, false);
	assert_true(!guest.violations || !guest.skipped);
}

static void assert_seen(u32 n, u64 address, u32 size, bool is_write, u64 value)
{
	assert_true(n < accesses);
	assert_int_equal(seen[n].address, address);
	assert_int_equal(seen[n].size, size);
	assert_int_equal(seen[n].is_write, is_write);
	assert_int_equal(seen[n].value, value);
}

static void moves(void **state)
{
	set_up();
	guest.regs.gpr[REG_RBX] = DEVICE + 8;
	guest.regs.gpr[REG_RAX] = 0x1122334455667788;
	RUN(DEVICE + 8, true, 0x89, 0x03); /* mov %eax, (%rbx) */
	assert_seen(0, 8, 4, true, 0x55667788);
	assert_int_equal(guest.skipped, 2);
	RUN(DEVICE + 8, false, 0x66, 0x8b, 0x03); /* mov (%rbx), %ax */
	assert_seen(1, 8, 2, false, 0xa7a8);
	assert_int_equal(guest.skipped, 3);
	assert_int_equal(guest.regs.gpr[REG_RAX], 0x112233445566a7a8);
	/* The base of DS does not count in 64-bit mode, that of FS does. */
	guest.segment_base[X86_DS] = 0x40;
	guest.segment_base[X86_FS] = 0x20;
	RUN(DEVICE + 8, false, 0x8b, 0x03);
	assert_seen(2, 8, 4, false, 0xa5a6a7a8);
	RUN(DEVICE + 0x28, false, 0x64, 0x8b, 0x03);
	assert_seen(3, 0x28, 4, false, 0xa5a6a7a8);
	assert_int_equal(guest.regs.gpr[REG_RAX], 0xa5a6a7a8);
	/* Relative to the next instruction. */
	guest.mode.rip = DEVICE - 6;
	RUN(DEVICE + 0x10, false, 0x8b, 0x05, 0x10, 0, 0, 0);
	assert_seen(4, 0x10, 4, false, 0xa5a6a7a8);
	guest.mode.cr0 = CR0_PE;
	guest.mode.efer = 0;
	guest.mode.code_bits = 32;
	RUN(DEVICE + 0x48, false, 0x8b, 0x03);
	assert_seen(5, 0x48, 4, false, 0xa5a6a7a8);
	assert_int_equal(this_public()->stats[JAILHOUSE_CPU_STAT_VMEXITS_MMIO], 6);
}

/** Bytes come from the guest's memory if the CPU has told too few of them. */
static void fetched(void **state)
{
	static const u8 insn[] = {
		0xc7, 0x03, 0x78, 0x56, 0x34, 0x12
	}; /* movl $0x12345678, (%rbx) */

	for (u32 before = 1; before <= sizeof(insn); before++) {
		set_up();
		guest.regs.gpr[REG_RBX] = DEVICE;
		guest.mode.rip = RAM_PAGE(2) - before;
		memcpy(ram_at(guest.mode.rip), insn, sizeof(insn));
		run(DEVICE, true, insn, before - 1);
		assert_seen(0, 0, 4, true, 0x12345678);
		assert_int_equal(guest.skipped, 6);
	}
	/* Nothing is there to be fetched. */
	guest.mode.rip = 0x10000;
	run(DEVICE, true, insn, 0);
	assert_int_equal(guest.violations, 1);
}

static void refused(void **state)
{
	set_up();
	guest.regs.gpr[REG_RBX] = DEVICE + 0xffe;
	RUN(DEVICE + 0xffe, true, 0x89, 0x03); /* straddles two pages */
	assert_int_equal(guest.violations, 1);
	assert_string_equal(guest.violation, "write at guest-physical 0xd0000ffe");
	/* Whatever the instruction is by now, it does not access what faulted. */
	RUN(DEVICE + 0x100c, false, 0x8b, 0x03);
	assert_int_equal(guest.violations, 1);
	assert_string_equal(guest.violation, "read at guest-physical 0xd000100c");
	RUN(DEVICE + 0xffe, true, 0x01, 0x03); /* add %eax, (%rbx) */
	assert_int_equal(guest.violations, 1);
	assert_int_equal(accesses, 0);
	guest.regs.gpr[REG_RBX] = DEVICE + 0x1800;
	guest.regs.gpr[REG_RAX] = 5;
	RUN(DEVICE + 0x1800, false, 0x8b, 0x03); /* the handler refuses */
	assert_int_equal(guest.violations, 1);
	assert_int_equal(guest.regs.gpr[REG_RAX], 5);
	x86_handle_memory(&guest.regs, DEVICE, false, true);
	assert_string_equal(guest.violation, "instruction fetch at guest-physical 0xd0000000");
	assert_int_equal(accesses, 1);
	x86_handle_memory(&guest.regs, APIC_ADDRESS + 0xb0, true, false);
	assert_int_equal(this_public()->stats[JAILHOUSE_CPU_STAT_VMEXITS_XAPIC], 1);
}

static void copies(void **state)
{
	set_up();
	memcpy(ram_at(RAM_PAGE(1)), "\x11\x22\x33\x44\x55\x66\x77\x88", 8);
	guest.regs.gpr[REG_RSI] = GUEST_ROM + PAGE_SIZE;
	guest.regs.gpr[REG_RDI] = DEVICE + 0x20;
	guest.regs.gpr[REG_RCX] = 2;
	RUN(DEVICE + 0x20, true, 0xf3, 0xa5); /* rep movsl */
	assert_seen(0, 0x20, 4, true, 0x44332211);
	assert_int_equal(guest.skipped, 0);
	assert_int_equal(guest.regs.gpr[REG_RCX], 1);
	RUN(DEVICE + 0x24, true, 0xf3, 0xa5);
	assert_seen(1, 0x24, 4, true, 0x88776655);
	assert_int_equal(guest.skipped, 2);
	/* The other way, downwards. */
	guest.mode.rflags = BIT64(10);
	guest.regs.gpr[REG_RSI] = DEVICE + 0x30;
	guest.regs.gpr[REG_RDI] = RAM_PAGE(1) + 2;
	RUN(DEVICE + 0x30, false, 0x66, 0xa5); /* movsw */
	assert_seen(2, 0x30, 2, false, 0xa7a8);
	assert_memory_equal(ram_at(RAM_PAGE(1)), "\x11\x22\xa8\xa7\x55", 5);
	assert_int_equal(guest.regs.gpr[REG_RSI], DEVICE + 0x2e);
	assert_int_equal(guest.regs.gpr[REG_RDI], RAM_PAGE(1));
	/* From device to device. */
	guest.regs.gpr[REG_RDI] = DEVICE + 0x40;
	RUN(DEVICE + 0x40, false, 0xa4);
	assert_seen(3, 0x2e, 1, false, 0xa8);
	assert_seen(4, 0x40, 1, true, 0xa8);
	assert_int_equal(accesses, 5);
}

static void refused_copies(void **state)
{
	static const u64 targets[] = { GUEST_ROM, /* may not be written */
				       GUEST_DEVICE, RAM_PAGE(1) - 2, /* straddles */
				       0x7fc00000 };
	u8 before[PAGE_SIZE];

	for (u32 n = 0; n < ARRAY_SIZE(targets); n++) {
		set_up();
		memcpy(before, ram_at(GUEST_RAM), sizeof(before));
		guest.regs.gpr[REG_RSI] = DEVICE;
		guest.regs.gpr[REG_RDI] = targets[n];
		RUN(DEVICE, false, 0xa5);
		assert_int_equal(guest.violations, 1);
		assert_int_equal(guest.regs.gpr[REG_RSI], DEVICE);
		assert_memory_equal(before, ram_at(GUEST_RAM), sizeof(before));
		guest.regs.gpr[REG_RSI] = targets[n] == GUEST_ROM ? 0x5000 : targets[n];
		guest.regs.gpr[REG_RDI] = DEVICE;
		accesses = 0;
		RUN(DEVICE, true, 0xa5);
		assert_int_equal(guest.violations, 1);
		assert_int_equal(accesses, 0);
	}
}

/** One copy in each direction between the device and RAM_PAGE(0), whose first table entry has these bits. */
static void assert_copies_fault(u64 entry, u8 cpl, u64 cr0, u32 read_error, u32 write_error)
{
	for (u32 write = 0; write < 2; write++) {
		set_up();
		put_entry64(RAM_PAGE(RAM_PAGES - 1), 0, entry);
		guest.mode.cpl = cpl;
		guest.mode.cr0 |= cr0;
		guest.raised = 0;
		guest.regs.gpr[REG_RSI] = write ? DEVICE : GUEST_RAM + 8;
		guest.regs.gpr[REG_RDI] = write ? GUEST_RAM + 8 : DEVICE;
		guest.regs.gpr[REG_RCX] = 2;
		RUN(DEVICE, !write, 0xf3, 0xa5);
		assert_int_equal(guest.violations, 0);
		if ((write ? write_error : read_error) == ~0U) {
			assert_int_equal(guest.raised, 0);
			assert_int_equal(guest.regs.gpr[REG_RCX], 1);
			continue;
		}
		/* The guest sees where and why, and does it again once it has mended that. */
		assert_int_equal(guest.raised, X86_PF);
		assert_int_equal(guest.fault_address, GUEST_RAM + 8);
		assert_int_equal(guest.fault_error, write ? write_error : read_error);
		assert_int_equal(guest.regs.gpr[REG_RCX], 2);
		assert_int_equal(guest.skipped, 0);
		assert_int_equal(accesses, 0);
	}
}

/** The guest's own right to the side of a copy that did not trap, by its tables: nobody else asks for it. */
static void faults_of_copies(void **state)
{
	static const u32 none = ~0U;

	assert_copies_fault(PTE_LARGE | 7, 3, CR0_WP, none, none);
	assert_copies_fault(0, 3, 0, PF_USER, PF_USER | PF_WRITE);
	assert_copies_fault(0, 0, 0, 0, PF_WRITE);
	/* the kernel's */
	assert_copies_fault(PTE_LARGE | 3, 3, 0, PF_USER | PF_PRESENT,
			    PF_USER | PF_PRESENT | PF_WRITE);
	assert_copies_fault(PTE_LARGE | 3, 0, CR0_WP, none, none);
	/* read-only */
	assert_copies_fault(PTE_LARGE | 5, 3, 0, none, PF_USER | PF_PRESENT | PF_WRITE);
	assert_copies_fault(PTE_LARGE | 5, 0, CR0_WP, none, PF_PRESENT | PF_WRITE);
	assert_copies_fault(PTE_LARGE | 5, 0, 0, none, none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rule_test(moves),  rule_test(fetched),        rule_test(refused),
		rule_test(copies), rule_test(refused_copies), rule_test(faults_of_copies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
