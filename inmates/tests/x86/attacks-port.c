// SPDX-License-Identifier: GPL-2.0-only
/* I/O ports that are not the cell's. One of them is enough to end it. */
#include "attack_lists.h"
#include <asm/pio.h>

#define PORT_PIC         0x20
#define PORT_PIT         0x43
#define PORT_KEYBOARD    0x64
#define KEYBOARD_RESET   0xfe
#define PORT_RTC         0x70
#define PORT_A20         0x92
#define PORT_RESET       0xcf9
#define RESET_HARD       0x06
#define PORT_COM1        0x3f8
#define PORT_COM2        0x2f8
#define PORT_FW_CFG      0x510
#define PORT_PM1_CONTROL 0x604
#define PM1_SLEEP_S5     0x2000
#define PORT_APM         0xb2 /* raises an SMI */

static void out8(u16 port, u8 value)
{
	outb(value, port);
	survived(inb(port));
}

#define OUT(name, port, value)     \
	static void name(void)     \
	{                          \
		out8(port, value); \
	}

OUT(pic, PORT_PIC + 1, 0xff)
OUT(pit, PORT_PIT, 0x30)
OUT(keyboard_reset, PORT_KEYBOARD, KEYBOARD_RESET)
OUT(rtc, PORT_RTC, 0x8f)
OUT(fast_reset, PORT_A20, 0x01)
OUT(hard_reset, PORT_RESET, RESET_HARD)
OUT(smi, PORT_APM, 0x00)
OUT(com1, PORT_COM1, '!')
OUT(com2, PORT_COM2, '!')

static void power_off(void)
{
	outw(PM1_SLEEP_S5, PORT_PM1_CONTROL);
	survived(0);
}

static void fw_cfg(void)
{
	outw(0, PORT_FW_CFG);
	survived(inb(PORT_FW_CFG + 1));
}

/* port=, width=8|16|32, write to write value= */
static void any_port(void)
{
	u16 port = cmdline_parse_int("port", 0x80);
	u32 value = cmdline_parse_int("value", 0);
	bool write = cmdline_parse_bool("write", false);

	switch (cmdline_parse_int("width", 8)) {
	case 8:
		if (write)
			outb(value, port);
		survived(inb(port));
		break;
	case 16:
		if (write)
			outw(value, port);
		survived(inw(port));
		break;
	case 32:
		if (write)
			outl(value, port);
		survived(inl(port));
		break;
	}
}

/* Begins in the cell's UART and ends behind it. */
static void beyond_uart(void)
{
	survived(inl(comm_region->console.address + comm_region->console.size - 2));
}

/* Ends in the cell's UART. */
static void before_uart(void)
{
	survived(inl(comm_region->console.address - 2));
}

/* Wraps around the end of the port space. */
static void wrap(void)
{
	survived(inl(0xfffe));
}

/* String instructions; on its own UART, which is allowed. */
static void string_allowed(void)
{
	static const char text[] = "\r\nstring\r\n";
	const void *from = text;
	unsigned long count = sizeof(text) - 1;

	asm volatile("rep outsb"
		     : "+S"(from), "+c"(count)
		     : "d"((u16)comm_region->console.address)
		     : "memory");
	survived(count);
	check("count", count, 0);
}

static void string_foreign(void)
{
	static u8 bytes[16];
	void *to = bytes;
	unsigned long count = sizeof(bytes);

	asm volatile("rep insb" : "+D"(to), "+c"(count) : "d"((u16)PORT_COM1) : "memory");
	survived(bytes[0]);
}

/* PCI's ports by string instructions and at odd places. */
static void string_pci(void)
{
	static u32 words[4];
	void *to = words;
	unsigned long count = ARRAY_SIZE(words);

	outl(0x80000000, 0xcf8);
	asm volatile("rep insl" : "+D"(to), "+c"(count) : "d"((u16)0xcfc) : "memory");
	survived(words[0]);
}

static void pci_straddle(void)
{
	survived(inl(0xcf6));
}

static void pci_straddle_end(void)
{
	outl(0x80000000, 0xcf8);
	survived(inl(0xcfe));
}

const struct attack port_attacks[] = {
	{ "port-pic", pic },
	{ "port-pit", pit },
	{ "port-keyboard-reset", keyboard_reset },
	{ "port-rtc", rtc },
	{ "port-fast-reset", fast_reset },
	{ "port-hard-reset", hard_reset },
	{ "port-smi", smi },
	{ "port-com1", com1 },
	{ "port-com2", com2 },
	{ "port-power-off", power_off },
	{ "port-fw-cfg", fw_cfg },
	{ "port-any", any_port },
	{ "port-beyond-uart", beyond_uart },
	{ "port-before-uart", before_uart },
	{ "port-wrap", wrap },
	{ "port-string-allowed", string_allowed },
	{ "port-string-foreign", string_foreign },
	{ "port-string-pci", string_pci },
	{ "port-pci-straddle", pci_straddle },
	{ "port-pci-straddle-end", pci_straddle_end },
	{ NULL, NULL },
};
