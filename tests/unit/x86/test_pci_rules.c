// SPDX-License-Identifier: GPL-2.0-only
/* core/pci_config.c and pci_msi.c: what of a write passes, what reads back, and which messages that makes. */
#include "../unit.h"
#include <bits.h>
#include <pci_config.h>

/* --- configuration space -------------------------------------------------------------------- */

static const struct jailhouse_pci_capability caps[] = {
	{ PCI_CAP_ID_PM, 0x40, 8, JAILHOUSE_PCICAPS_WRITE },
	{ PCI_CAP_ID_MSI, 0x50, 14, JAILHOUSE_PCICAPS_WRITE },
	{ PCI_CAP_ID_VNDR, 0x62, 5, JAILHOUSE_PCICAPS_WRITE },
	{ PCI_CAP_ID_EXP, 0x80, 0x14, 0 },
	{ PCI_CAP_ID_VPD, 0xb4, 0x20,
	  JAILHOUSE_PCICAPS_WRITE }, /* claims the MSI-X capability's end */
	{ PCI_CAP_ID_EA, 0xe0, 8, JAILHOUSE_PCICAPS_WRITE },
	{ JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_ERR, 0x100, 0x40, JAILHOUSE_PCICAPS_WRITE },
	{ JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_SRIOV, 0x140, 0x40, JAILHOUSE_PCICAPS_WRITE },
	{ JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_REBAR, 0x180, 0x10, JAILHOUSE_PCICAPS_WRITE },
	{ JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_ATS, 0x190, 8, JAILHOUSE_PCICAPS_WRITE },
	{ JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_DSN, 0xffc, 4, JAILHOUSE_PCICAPS_WRITE },
};

static const struct jailhouse_pci_device config = {
	.type = JAILHOUSE_PCI_TYPE_DEVICE,
	.bar_mask = { 0xfffe0000, 0xffffffe0, 0xffffc000, 0xffffffff, 0, 0xfffff000 },
	.num_caps = ARRAY_SIZE(caps),
};

static struct pci_device device_of(const struct jailhouse_pci_device *of)
{
	struct pci_device device = {
		.config = of,
		.caps = caps,
		.bar_home = { 0xfeb80000, 0xc041, 0xfebd000c, 0x1, 0, 0xfe000000 },
		.msi = { .offset = 0x50, .usable = true, .wide = true },
		.msix = { .offset = 0xb0, .vectors = 3 },
	};

	memcpy(device.bar, device.bar_home, sizeof(device.bar));
	return device;
}

static void header_bits(void **state)
{
	struct pci_device device = device_of(&config);
	struct jailhouse_pci_device bridge_config = config;
	struct pci_device bridge = device_of(&bridge_config);

	bridge_config.type = JAILHOUSE_PCI_TYPE_BRIDGE;
	for (u32 reg = 0; reg < 0x40; reg += 4) {
		u32 expected = reg == 4    ? 0xf9000557 :
			       reg == 0x0c ? 0xffff :
			       reg == 0x3c ? 0xff :
					     0;

		assert_int_equal(pci_writable_bits(&device, reg), expected);
		assert_int_equal(pci_writable_bits(&bridge, reg), reg == 0x3c ? 0x300ff : expected);
	}
	/* Bus numbers, windows and resets of a bridge are not among them; nor are a device's subsystem and ROM. */
	device.sealed = true;
	for (u32 reg = 0; reg < PCI_CONFIG_SIZE; reg += 4)
		assert_int_equal(pci_writable_bits(&device, reg), 0);
}

static void capability_bits(void **state)
{
	static const struct {
		u32 reg, bits;
	} cases[] = {
		{ 0x40, ~0U },        { 0x44, ~0U },        { 0x48, 0 },  { 0x50, 0 },
		{ 0x5c, 0 }, /* MSI: in shadow */
		{ 0x60, 0xffff0000 }, { 0x64, 0x00ffffff }, /* as far as it goes */
		{ 0x80, 0 },          { 0xb0, 0 },          { 0xb4, 0 },  { 0xb8, 0 },
		{ 0xbc, ~0U },        { 0xd0, ~0U },        { 0xd4, 0 },  { 0xe0, 0 },
		{ 0x100, ~0U },       { 0x13c, ~0U },       { 0x140, 0 }, { 0x148, 0 },
		{ 0x180, 0 },         { 0x190, 0 },         { 0x194, 0 }, { 0xff8, 0 },
		{ 0xffc, ~0U },
	};
	struct pci_device device = device_of(&config);

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++)
		assert_int_equal(pci_writable_bits(&device, cases[n].reg), cases[n].bits);
}

/** Whatever is behind a bridge can be another cell's. */
static void bridge_serves_all(void **state)
{
	static const struct jailhouse_pci_capability of_bridge[] = {
		{ PCI_CAP_ID_PM, 0x40, 8, JAILHOUSE_PCICAPS_WRITE },
		{ PCI_CAP_ID_EXP, 0x80, 0x3c, JAILHOUSE_PCICAPS_WRITE },
	};
	struct jailhouse_pci_device bridge_config = config;
	struct pci_device bridge = device_of(&bridge_config);

	bridge_config.num_caps = 2;
	bridge.caps = of_bridge;
	bridge.msi.offset = bridge.msix.offset = 0;
	bridge.power = 0x40;
	bridge.express = 0x80;
	assert_int_equal(pci_writable_bits(&bridge, 0x44), ~0U);
	assert_int_equal(pci_writable_bits(&bridge, 0x90), ~0U);
	bridge_config.type = JAILHOUSE_PCI_TYPE_BRIDGE;
	assert_int_equal(pci_writable_bits(&bridge, 0x44), ~0x3U);
	assert_int_equal(pci_writable_bits(&bridge, 0x88), ~0U);
	assert_int_equal(pci_writable_bits(&bridge, 0x90), ~0x30U);
	assert_int_equal(pci_writable_bits(&bridge, 0x98), ~0x400U);
}

/** What the configuration does not list is protected all the same. */
static void hidden_msi(void **state)
{
	struct jailhouse_pci_device lie = config;
	struct pci_device device = device_of(&lie);
	u32 value;

	device.msi.usable = false;
	device.msix.vectors = 0;
	device.msi.offset = 0x100 - 0x40; /* below the VPD that claims 0xb4 to 0xd3 */
	device.msix.offset = 0xcc;
	assert_int_equal(pci_writable_bits(&device, 0xbc), ~0U);
	assert_int_equal(pci_writable_bits(&device, 0xc0), 0);
	assert_int_equal(pci_writable_bits(&device, 0xcc), 0);
	assert_int_equal(pci_writable_bits(&device, 0xd0), 0);
	assert_int_equal(pci_shadow_bits(&device, 0xc0, &value), 0);
	assert_int_equal(pci_shadow_bits(&device, 0xcc, &value), 0);
}

static void bars_sized(void **state)
{
	static const u32 sizes[] = {
		0xfffe0000, 0xffffffe1, 0xffffc00c, 0xffffffff, 0, 0xfffff000
	};
	struct pci_device device = device_of(&config);
	u32 value;

	for (u32 n = 0; n < PCI_BARS; n++) {
		assert_int_equal(pci_bar_at(&device, PCI_BAR0 + 4 * n), n);
		/* A BAR that has no bits is where it belongs, whatever is written. */
		assert_int_equal(pci_bar_write(&device, n, ~0U, ~0U), n == 4);
		assert_int_equal(pci_shadow_bits(&device, PCI_BAR0 + 4 * n, &value), ~0U);
		assert_int_equal(value, sizes[n]);
		assert_false(n != 4 && pci_bar_write(&device, n, ~0U, 0));
		assert_true(pci_bar_write(&device, n, ~0U, device.bar_home[n]));
		assert_int_equal(device.bar[n], device.bar_home[n]);
	}
	assert_int_equal(pci_bar_at(&device, 0x0c), PCI_BARS);
	assert_int_equal(pci_bar_at(&device, 0x28), PCI_BARS);
	/* Flags are the hardware's: no address. */
	assert_true(pci_bar_write(&device, 2, ~0U, 0xfebd0000));
	assert_int_equal(device.bar[2], 0xfebd000c);
	/* Byte by byte. */
	assert_false(pci_bar_write(&device, 0, 0xff000000, 0));
	assert_int_equal(device.bar[0], 0x00b80000);
	assert_true(pci_bar_write(&device, 0, 0xff000000, 0xfe000000));
}

static void bar_ranges(void **state)
{
	struct pci_device device = device_of(&config);
	u64 start, size;

	assert_true(pci_bar_range(&device, 0, &start, &size));
	assert_int_equal(start, 0xfeb80000);
	assert_int_equal(size, 0x20000);
	assert_false(pci_bar_range(&device, 1, &start, &size)); /* I/O */
	assert_true(pci_bar_range(&device, 2, &start, &size));
	assert_int_equal(start, 0x1febd0000);
	assert_int_equal(size, 0x4000);
	assert_false(pci_bar_range(&device, 3, &start, &size)); /* upper half */
	assert_false(pci_bar_range(&device, 4, &start, &size));
	assert_true(pci_bar_range(&device, 5, &start, &size));
	assert_false(pci_bar_range(&device, 6, &start, &size));
	assert_false(pci_bar_range(&device, 7, &start, &size));
	device.bar_home[5] = 0x4; /* 64 bits, and nothing after it */
	assert_false(pci_bar_range(&device, 5, &start, &size));
}

static void merging(void **state)
{
	struct jailhouse_pci_device bridge_config = config;
	struct pci_device device = device_of(&config), bridge = device_of(&bridge_config);

	bridge_config.type = JAILHOUSE_PCI_TYPE_BRIDGE;
	assert_int_equal(pci_merge(&device, 0x04, 0x00100007, 0xffff, 0x0400), 0x00100400);
	assert_int_equal(pci_merge(&bridge, 0x04, 0x00100007, 0xffff, 0x0400), 0x00100407);
	assert_int_equal(pci_merge(&bridge, 0x04, 0x00100000, 0xffff, 0x0406), 0x00100406);
	assert_int_equal(pci_merge(&bridge, 0x0c, 0x00010007, 0xff, 0), 0x00010000);
	assert_int_equal(pci_bar_at(&bridge, 0x14), 1);
	assert_int_equal(pci_bar_at(&bridge, 0x18), PCI_BARS);
}

/* --- MSI ------------------------------------------------------------------------------------ */

static u32 msi_read(const struct pci_msi *msi, u32 offset)
{
	u32 bits, value = pci_msi_read(msi, offset, &bits);

	assert_int_equal(value & ~bits, 0);
	return value;
}

static void msi_layouts(void **state)
{
	static const struct {
		bool wide, maskable;
		u32 length, data, mask; /* offsets */
	} cases[] = {
		{ false, false, 10, 8, 0 },
		{ true, false, 14, 12, 0 },
		{ false, true, 20, 8, 12 },
		{ true, true, 24, 12, 16 },
	};

	for (u32 n = 0; n < ARRAY_SIZE(cases); n++) {
		struct pci_msi msi = { .wide = cases[n].wide,
				       .maskable = cases[n].maskable,
				       .word = { FIELD_PREP(PCI_MSI_CAPABLE, 2) } };
		u32 bits;

		assert_int_equal(pci_msi_length(&msi), cases[n].length);
		pci_msi_write(&msi, 4, ~0U, 0xfee0100f);
		assert_int_equal(msi_read(&msi, 4), 0xfee0100c);
		if (msi.wide) {
			pci_msi_write(&msi, 8, ~0U, 0x1234);
			assert_int_equal(msi_read(&msi, 8), 0x1234);
		}
		pci_msi_write(&msi, 0, ~0U, PCI_MSI_ENABLE);
		assert_true(pci_msi_message(&msi, 0).address ==
			    ((msi.wide ? 0x123400000000 : 0) | 0xfee0100c));
		pci_msi_write(&msi, cases[n].data, ~0U, 0xabcd4041);
		assert_int_equal(msi_read(&msi, cases[n].data), 0x4041);
		pci_msi_read(&msi, cases[n].data, &bits);
		assert_int_equal(bits, 0xffff);
		if (msi.maskable) {
			pci_msi_write(&msi, cases[n].mask, ~0U, ~0U);
			assert_int_equal(msi_read(&msi, cases[n].mask), ~0U);
			pci_msi_write(&msi, cases[n].mask + 4, ~0U, ~0U);
			pci_msi_read(&msi, cases[n].mask + 4, &bits);
			assert_int_equal(bits, 0); /* pending: the hardware's */
		}
		assert_int_equal(pci_msi_count(&msi), 1);
	}
}

static void msi_messages(void **state)
{
	struct pci_msi msi = { .wide = true, .word = { FIELD_PREP(PCI_MSI_CAPABLE, 3) } };
	struct pci_message message;

	/* Enable first: there is a message, that nobody wrote yet. */
	pci_msi_write(&msi, 0, 0xffff0000, 0x00010000);
	assert_int_equal(pci_msi_count(&msi), 1);
	message = pci_msi_message(&msi, 0);
	assert_true(message.valid && message.address == 0 && message.data == 0);
	/* More vectors than there are: as many as there are. */
	pci_msi_write(&msi, 0, 0xffff0000, 0x00710000);
	assert_int_equal(pci_msi_count(&msi), 8);
	assert_int_equal(msi_read(&msi, 0) >> 16, 0x37);
	pci_msi_write(&msi, 4, ~0U, 0xfee02000);
	pci_msi_write(&msi, 12, 0xffff, 0x4f);
	for (u32 n = 0; n < 8; n++) {
		message = pci_msi_message(&msi, n);
		assert_int_equal(message.address, 0xfee02000);
		assert_int_equal(message.data, 0x48 + n);
	}
	/* Capabilities are read-only, and single bytes can be written. */
	pci_msi_write(&msi, 0, 0x00ff0000, 0x008e0000);
	assert_int_equal(pci_msi_count(&msi), 0);
	assert_int_equal(msi_read(&msi, 0) >> 16, 0x06);
	pci_msi_write(&msi, 4, 0xff00, 0x3000);
	assert_int_equal(msi_read(&msi, 4), 0xfee03000);
	pci_msi_reset(&msi);
	assert_int_equal(msi_read(&msi, 4) | msi_read(&msi, 12), 0);
	assert_int_equal(msi_read(&msi, 0) >> 16, 0x06);
	assert_int_equal(pci_log2(0), 0);
	assert_int_equal(pci_log2(31), 4);
}

/* --- MSI-X ---------------------------------------------------------------------------------- */

static void msix_control(void **state)
{
	struct pci_msix msix = { .vectors = 3, .control = 0x00020000 };
	u32 bits;

	assert_int_equal(pci_msix_read(&msix, 0, &bits), 0x00020000);
	assert_int_equal(bits, 0xc7ff0000);
	pci_msix_write(&msix, 0, 0xffff0000, 0xc7ff0000);
	assert_int_equal(msix.control, 0xc0020000);
	assert_int_equal(pci_msix_read(&msix, 0, &bits), 0xc0020000);
	assert_false(pci_msix_active(&msix));
	pci_msix_write(&msix, 0, 0x00ff0000, 0); /* the byte with nothing to write */
	assert_int_equal(msix.control, 0xc0020000);
	pci_msix_write(&msix, 4, ~0U, 0); /* where the table is */
	pci_msix_write(&msix, 8, ~0U, 0);
	assert_int_equal(msix.control, 0xc0020000);
	pci_msix_read(&msix, 4, &bits);
	assert_int_equal(bits, 0);
	pci_msix_write(&msix, 0, 0xff000000, 0x80000000);
	assert_true(pci_msix_active(&msix));
	pci_msix_write(&msix, 0, 0xff000000, 0);
	assert_false(pci_msix_active(&msix));
}

static void msix_table(void **state)
{
	struct pci_msix msix = { .vectors = 3, .hw_vectors = 5 };
	struct pci_message message;

	msix.word = scratch(3 * PCI_MSIX_ENTRY_SIZE);
	pci_msix_reset(&msix);
	assert_int_equal(pci_msix_table_read(&msix, 0x1c, 4), 1);
	assert_true(pci_msix_table_write(&msix, 0x10, 4, 0xfee01003));
	assert_true(pci_msix_table_write(&msix, 0x14, 4, 0x5));
	assert_true(pci_msix_table_write(&msix, 0x18, 8, 0x4041));
	assert_int_equal(pci_msix_table_read(&msix, 0x1c, 4), 0);
	assert_true(pci_msix_table_read(&msix, 0x10, 8) == 0x5fee01000);
	assert_false(pci_msix_masked(&msix, 1));
	message = pci_msix_message(&msix, 1);
	assert_true(message.valid && message.address == 0x5fee01000 && message.data == 0x4041);
	assert_true(pci_msix_table_write(&msix, 0x1c, 4, ~0U));
	assert_int_equal(pci_msix_table_read(&msix, 0x1c, 4), 1);
	assert_true(pci_msix_masked(&msix, 1));
	assert_true(pci_msix_message(&msix, 1).valid);
	/* Not the cell's. */
	assert_true(pci_msix_masked(&msix, 3));
	assert_false(pci_msix_message(&msix, 3).valid);
}

static void msix_table_limits(void **state)
{
	struct pci_msix msix = { .vectors = 3, .hw_vectors = 5 };

	msix.word = scratch(3 * PCI_MSIX_ENTRY_SIZE);
	pci_msix_reset(&msix);
	for (u32 offset = 0; offset < 0x60; offset++)
		for (u32 size = 1; size <= 8; size *= 2) {
			bool fits = size >= 4 && offset % size == 0 && offset < 0x30;

			assert_int_equal(pci_msix_table_write(&msix, offset, size, 0), fits);
			assert_int_equal(pci_msix_table_read(&msix, offset, size) == ~0ULL, !fits);
		}
	assert_false(pci_msix_table_write(&msix, -4, 4, 0));
	assert_false(pci_msix_table_write(&msix, -8, 8, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rule_test(header_bits),  rule_test(capability_bits), rule_test(bridge_serves_all),
		rule_test(hidden_msi),   rule_test(bars_sized),      rule_test(bar_ranges),
		rule_test(merging),      rule_test(msi_layouts),     rule_test(msi_messages),
		rule_test(msix_control), rule_test(msix_table),      rule_test(msix_table_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
