// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finds a PCI device, lets it send its interrupts as messages, makes it send some, and counts them.
 *
 * By default it takes the first of: Intel HD audio 8086:2668, 8086:293e, QEMU's edu 1234:11e8. These it knows how to
 * drive; of others it counts what comes by itself.
 *
 * Options: vendor= and device=, or class= (24 bits), of another device
 */
#include <inmate.h>

CMDLINE_BUFFER(256);

#define MSI_VECTOR 50
#define BAR_SIZE   0x4000

#define PCI_CFG_COMMAND   0x04
#define COMMAND_MEMORY    (1 << 1)
#define COMMAND_MASTER    (1 << 2)
#define PCI_CFG_CLASS_REV 0x08

/* Intel HD Audio specification 1.0a, 3.3 */
#define HDA_GCTL       0x08
#define GCTL_RUN       (1 << 0)
#define HDA_WAKEEN     0x0c
#define HDA_STATESTS   0x0e
#define STATESTS_ALL   0x7fff
#define HDA_INTCTL     0x20
#define INTCTL_GLOBAL  (1U << 31)
#define INTCTL_CONTROL (1U << 30)

/* QEMU, docs/specs/edu */
#define EDU_STATUS 0x24
#define EDU_RAISE  0x60
#define EDU_ACK    0x64

struct driver {
	u16 vendor, device;
	const char *name;
	void (*raise)(u8 *bar);
	void (*acknowledge)(u8 *bar);
};

static u8 *bar;
static const struct driver *driver;
static volatile unsigned int interrupts;

/* A controller that comes out of reset finds its codecs and reports them. */
static void hda_raise(u8 *bar)
{
	mmio_write32(bar + HDA_GCTL, 0);
	delay_us(1000);
	mmio_write32(bar + HDA_GCTL, GCTL_RUN);
	mmio_write16(bar + HDA_WAKEEN, STATESTS_ALL);
	mmio_write32(bar + HDA_INTCTL, INTCTL_GLOBAL | INTCTL_CONTROL);
	delay_us(1000);
}

static void hda_acknowledge(u8 *bar)
{
	mmio_write16(bar + HDA_STATESTS, STATESTS_ALL);
}

static void edu_raise(u8 *bar)
{
	mmio_write32(bar + EDU_RAISE, 1);
}

static void edu_acknowledge(u8 *bar)
{
	mmio_write32(bar + EDU_ACK, mmio_read32(bar + EDU_STATUS));
}

static void do_nothing(u8 *bar)
{
}

static const struct driver drivers[] = {
	{ 0x8086, 0x2668, "HD audio (ICH6)", hda_raise, hda_acknowledge },
	{ 0x8086, 0x293e, "HD audio (ICH9)", hda_raise, hda_acknowledge },
	{ 0x1234, 0x11e8, "edu", edu_raise, edu_acknowledge },
};
static const struct driver unknown_device = { 0, 0, "unknown", do_nothing, do_nothing };

static int find_class(u32 class)
{
	int bdf;

	for (bdf = pci_find_device(PCI_ID_ANY, PCI_ID_ANY, 0); bdf >= 0 && bdf < 0xffff;
	     bdf = pci_find_device(PCI_ID_ANY, PCI_ID_ANY, bdf + 1))
		if (pci_read_config(bdf, PCI_CFG_CLASS_REV, 4) >> 8 == class)
			return bdf;
	return -1;
}

static int find_default(void)
{
	unsigned int n;
	int bdf;

	for (n = 0; n < ARRAY_SIZE(drivers); n++) {
		bdf = pci_find_device(drivers[n].vendor, drivers[n].device, 0);
		if (bdf >= 0)
			return bdf;
	}
	return -1;
}

static int find_device(void)
{
	int class = cmdline_parse_int("class", -1);
	int vendor = cmdline_parse_int("vendor", -1);

	if (class >= 0)
		return find_class(class);
	if (vendor >= 0)
		return pci_find_device(vendor, cmdline_parse_int("device", PCI_ID_ANY), 0);
	return find_default();
}

static const struct driver *find_driver(u16 bdf)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(drivers); n++)
		if (drivers[n].vendor == pci_read_config(bdf, 0, 2) &&
		    drivers[n].device == pci_read_config(bdf, 2, 2))
			return &drivers[n];
	return &unknown_device;
}

static void handle_irq(unsigned int irq)
{
	if (irq != MSI_VECTOR)
		return;
	interrupts++;
	driver->acknowledge(bar);
}

static void serve_ms(u16 bdf, unsigned int ms)
{
	while (ms-- > 0) {
		if (comm_handle_message(true)) {
			pci_write_config(bdf, PCI_CFG_COMMAND, 0, 2);
			printk("Stopped by request\n");
			comm_shut_down();
		}
		delay_us(1000);
	}
}

static void drive(u16 bdf)
{
	driver = find_driver(bdf);
	printk("Found %04x:%04x at %02x:%02x.%x: %s\n", pci_read_config(bdf, 0, 2),
	       pci_read_config(bdf, 2, 2), bdf >> 8, (bdf >> 3) & 0x1f, bdf & 7, driver->name);
	bar = pci_map_bar(bdf, 0, BAR_SIZE);
	if (!bar)
		driver = &unknown_device;
	pci_write_config(bdf, PCI_CFG_COMMAND, COMMAND_MEMORY | COMMAND_MASTER, 2);
	pci_msi_set_vector(bdf, MSI_VECTOR);
	pci_msix_set_vector(bdf, MSI_VECTOR, 0);
	while (1) {
		driver->raise(bar);
		printk("Interrupts: %u\n", interrupts);
		serve_ms(bdf, 1000);
	}
}

void inmate_main(void)
{
	int bdf;

	irq_enable(MSI_VECTOR);
	irq_init(handle_irq);
	pci_init();
	bdf = find_device();
	if (bdf >= 0)
		drive(bdf);
	printk("No such PCI device\n");
	while (!comm_handle_message(true))
		delay_us(1000);
	comm_shut_down();
}
