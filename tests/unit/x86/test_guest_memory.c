// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/guest_memory.c: guests' page tables, also hostile ones. */
#include "guest.h"
#include <asm/x86.h>
#include <asm/x86_regs.h>
#include <paging.h>

#define LINEAR 0x7f8123456789ULL /* indices 255, 4, 282, 86 */

static void paging(u64 cr3, u64 cr4, u64 efer)
{
	guest.mode.cr0 = CR0_PE | CR0_PG;
	guest.mode.cr3 = cr3;
	guest.mode.cr4 = cr4;
	guest.mode.efer = efer;
}

static void long_mode(u64 cr4)
{
	set_up_guest();
	paging(RAM_PAGE(0) | 0x18, CR4_PAE | cr4, EFER_LMA);
}

static void no_paging(void **state)
{
	set_up_guest();
	guest.mode.cr3 = RAM_PAGE(0);
	guest.mode.cr4 = CR4_PAE;
	assert_int_equal(x86_guest_translate(0xfffffff0, 0), 0xfffffff0);
}

static void four_levels(void **state)
{
	long_mode(0);
	/* Reserved, ignored and NX bits are not of the address. */
	put_entry64(RAM_PAGE(0), 255, RAM_PAGE(1) | 0xfff0000000000067);
	put_entry64(RAM_PAGE(1), 4, RAM_PAGE(2) | 7);
	put_entry64(RAM_PAGE(2), 282, RAM_PAGE(3) | 7);
	put_entry64(RAM_PAGE(3), 86, 0xf234512345fff | PTE_NX); /* bit 7: PAT */
	assert_int_equal(x86_guest_translate(LINEAR, 0), 0xf234512345789);
	assert_int_equal(x86_guest_translate(LINEAR + PAGE_SIZE, 0), INVALID_PHYS);
	put_entry64(RAM_PAGE(2), 282, 0x40000000 | PTE_LARGE | BIT64(12) | 7);
	assert_int_equal(x86_guest_translate(LINEAR, 0), 0x40056789);
	put_entry64(RAM_PAGE(1), 4, 0x80000000 | PTE_LARGE | BIT64(12) | 7);
	assert_int_equal(x86_guest_translate(LINEAR, 0), 0x80000000 | (LINEAR & MASK64(29, 0)));
	/* There are no larger ones. */
	put_entry64(RAM_PAGE(0), 255, RAM_PAGE(1) | PTE_LARGE | 7);
	assert_int_equal(x86_guest_translate(LINEAR, 0), 0x80000000 | (LINEAR & MASK64(29, 0)));
	put_entry64(RAM_PAGE(0), 255, RAM_PAGE(1) | 6);
	assert_int_equal(x86_guest_translate(LINEAR, 0), INVALID_PHYS);
}

static void five_levels(void **state)
{
	long_mode(CR4_LA57);
	put_entry64(RAM_PAGE(0), 3, RAM_PAGE(4) | 7);
	put_entry64(RAM_PAGE(4), 255, RAM_PAGE(1) | 7);
	put_entry64(RAM_PAGE(1), 4, 0x80000000 | PTE_LARGE | 7);
	assert_int_equal(x86_guest_translate(LINEAR | 3ULL << 48, 0),
			 0x80000000 | (LINEAR & MASK64(29, 0)));
	assert_int_equal(x86_guest_translate(LINEAR, 0), INVALID_PHYS);
}

static void three_levels(void **state)
{
	set_up_guest();
	/* Not long mode: LA57 does not matter. */
	paging(RAM_PAGE(0) | 0x38, CR4_PAE | CR4_LA57, EFER_NXE);
	put_entry64(RAM_PAGE(0) + 0x20, 3, RAM_PAGE(1) | PTE_LARGE | 1); /* no pages of that size */
	put_entry64(RAM_PAGE(1), 511, RAM_PAGE(2) | 7);
	put_entry64(RAM_PAGE(2), 511, 0x123456000 | 7);
	assert_int_equal(x86_guest_translate(0xfffff123, 0), 0x123456123);
	put_entry64(RAM_PAGE(1), 511, 0x340000000 | PTE_LARGE | 7);
	assert_int_equal(x86_guest_translate(0xfffff123, 0), 0x3401ff123);
}

/** Each level has to grant what is needed; but in the first of three there are no such bits. */
static void rights(void **state)
{
	static const u64 all = PTE_USER | PTE_WRITE;

	long_mode(0);
	for (u32 level = 0; level < 4; level++) {
		for (u32 n = 0; n < 4; n++)
			put_entry64(RAM_PAGE(n), (const u32[]){ 255, 4, 282, 86 }[n],
				    RAM_PAGE(n + 1) | (n == level ? 3 : 7));
		assert_int_equal(x86_guest_translate(LINEAR, all), INVALID_PHYS);
		assert_int_equal(x86_guest_translate(LINEAR, PTE_WRITE), RAM_PAGE(4) | 0x789);
	}
	set_up_guest();
	paging(RAM_PAGE(0), CR4_PAE, 0);
	put_entry64(RAM_PAGE(0), 3, RAM_PAGE(1) | 1);
	put_entry64(RAM_PAGE(1), 511, RAM_PAGE(2) | PTE_LARGE | 7);
	assert_int_not_equal(x86_guest_translate(0xfffff123, all), INVALID_PHYS);
	put_entry64(RAM_PAGE(1), 511, RAM_PAGE(2) | PTE_LARGE | 5);
	assert_int_equal(x86_guest_translate(0xfffff123, all), INVALID_PHYS);
	assert_int_not_equal(x86_guest_translate(0xfffff123, PTE_USER), INVALID_PHYS);
}

static void two_levels(void **state)
{
	set_up_guest();
	paging(RAM_PAGE(0) | 0x18, 0, 0);
	put_entry32(RAM_PAGE(0), 1023, RAM_PAGE(1) | 0x87); /* no large pages without CR4.PSE */
	put_entry32(RAM_PAGE(1), 1023, 0xf2345000 | 7);
	assert_int_equal(x86_guest_translate(0xfffff123, 0), 0xf2345123);
	guest.mode.cr4 = CR4_PSE;
	put_entry32(RAM_PAGE(0), 1023, 0x80002087); /* bit 13: bit 32 of the address */
	assert_int_equal(x86_guest_translate(0xfffff123, 0), 0x1803ff123);
}

static void tables_elsewhere(void **state)
{
	long_mode(0);
	put_entry64(RAM_PAGE(1), 4, 0x80000000 | PTE_LARGE | 7);
	put_entry64(RAM_PAGE(0), 255, (GUEST_ROM + PAGE_SIZE) | 7);
	assert_int_not_equal(x86_guest_translate(LINEAR, 0), INVALID_PHYS);
	put_entry64(RAM_PAGE(0), 255, (GUEST_DEVICE + PAGE_SIZE) | 7);
	assert_int_equal(x86_guest_translate(LINEAR, 0), INVALID_PHYS);
	put_entry64(RAM_PAGE(0), 255, 0x7fc00000 | 7);
	assert_int_equal(x86_guest_translate(LINEAR, 0), INVALID_PHYS);
	put_entry64(RAM_PAGE(0), 255, PTE_ADDRESS | 7);
	assert_int_equal(x86_guest_translate(LINEAR, 0), INVALID_PHYS);
	guest.mode.cr3 = ~0ULL;
	assert_int_equal(x86_guest_translate(LINEAR, 0), INVALID_PHYS);
}

/** A table that is its own next: the levels are counted all the same. */
static void loops(void **state)
{
	long_mode(0);
	for (u32 n = 0; n < 512; n++)
		put_entry64(RAM_PAGE(0), n, RAM_PAGE(0) | 7);
	assert_int_equal(x86_guest_translate(LINEAR, 0), RAM_PAGE(0) | 0x789);
	guest.mode.cr4 |= CR4_LA57;
	assert_int_equal(x86_guest_translate(LINEAR, 0), RAM_PAGE(0) | 0x789);
}

static void reading(void **state)
{
	u8 bytes[16] = { 0 };

	set_up_guest();
	for (u32 n = 0; n < FAKE_DEVICE_SIZE; n++)
		fake_device[n] = n / 16 + n;
	assert_int_equal(x86_read_guest(GUEST_RAM + 0x10, bytes, 15), 15);
	assert_memory_equal(bytes, fake_device + 0x10, 15);
	assert_int_equal(bytes[15], 0);
	/* Never beyond the page. */
	assert_int_equal(x86_read_guest(GUEST_ROM + 0x1ffd, bytes, 15), 3);
	assert_memory_equal(bytes, fake_device + 0x1ffd, 3);
	assert_int_equal(x86_read_guest(GUEST_DEVICE, bytes, 15), 0);
	assert_int_equal(x86_read_guest(0, bytes, 15), 0);
	assert_int_equal(x86_read_guest(~0ULL, bytes, 15), 0);
}

static void random_tables(void **state)
{
	static const u64 features[] = { 0, CR4_PSE, CR4_PAE, CR4_PAE | CR4_LA57 };
	u8 bytes[15];
	u64 entry;
	u32 found = 0;

	set_up_guest();
	for (u32 n = 0; n < FAKE_DEVICE_SIZE; n += 8) {
		entry = (RAM_PAGE(random_below(RAM_PAGES)) | (next_random() & 0xfff) | 1) ^
			(random_below(8) ? 0 : next_random());
		memcpy(fake_device + n, &entry, 8);
	}
	for (u32 n = 0; n < 200000; n++) {
		paging(random_below(8) ? RAM_PAGE(random_below(RAM_PAGES)) : next_random(),
		       features[random_below(4)], random_below(2) ? EFER_LMA : 0);
		found += x86_read_guest(next_random(), bytes, sizeof(bytes)) > 0;
	}
	assert_true(found > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rule_test(no_paging),        rule_test(four_levels), rule_test(five_levels),
		rule_test(three_levels),     rule_test(rights),      rule_test(two_levels),
		rule_test(tables_elsewhere), rule_test(loops),       rule_test(reading),
		rule_test(random_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
