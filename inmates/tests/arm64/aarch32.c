// SPDX-License-Identifier: GPL-2.0-only
/*
 * For a cell with the AARCH32 flag: an inmate in 32-bit code, without the library. Prints a line each second and makes a
 * hypercall. MMU and caches stay off.
 */
#include <jailhouse/cell-config.h>
#include <jailhouse/hypercall.h>

#define comm_region ((struct jailhouse_comm_region *)0x80000000)

/* Of the inmate's UART on qemu-arm64, for a cell without a console in its configuration. */
#define DEFAULT_8250 0x3eff2000

#define PL011_DR   0x00
#define PL011_FR   0x18
#define PL011_TXFF (1 << 5)
#define UART_THR   0
#define UART_LSR   5
#define LSR_THRE   0x20

#define CPSR_MASKS_AND_MODE 0x1ff

static u8 stack[1024] __attribute__((aligned(8), used));

void inmate_main(void);

asm(".section .boot, \"ax\"\n"
    ".globl _start\n"
    "_start:\n"
    "	ldr	sp, =stack + 1024\n"
    "	bl	inmate_main\n"
    "1:	wfi\n"
    "	b	1b\n"
    "	.ltorg\n"
    "	.text\n");

static void put_pl011(unsigned long base, char c)
{
	while (*(volatile u32 *)(base + PL011_FR) & PL011_TXFF)
		;
	*(volatile u32 *)(base + PL011_DR) = c;
}

static void put_8250(unsigned long base, char c)
{
	while (!(*(volatile u8 *)(base + UART_LSR) & LSR_THRE))
		;
	*(volatile u8 *)(base + UART_THR) = c;
}

static void put_char(char c)
{
	if (comm_region->console.type == JAILHOUSE_CON_TYPE_PL011)
		put_pl011(comm_region->console.address, c);
	else if (comm_region->console.type == JAILHOUSE_CON_TYPE_8250)
		put_8250(comm_region->console.address, c);
	else
		put_8250(DEFAULT_8250, c);
}

static void put_text(const char *text)
{
	while (*text)
		put_char(*text++);
}

static void put_hex(u32 value)
{
	int shift;

	for (shift = 28; shift >= 0; shift -= 4)
		put_char("0123456789abcdef"[value >> shift & 15]);
}

static u64 counter(void)
{
	u32 low, high;

	asm volatile("isb; mrrc p15, 1, %0, %1, c14" : "=r"(low), "=r"(high));
	return (u64)high << 32 | low;
}

static u32 counter_frequency(void)
{
	u32 frequency;

	asm volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(frequency));
	return frequency;
}

/* Debug is the hypervisor's; the register reads as zero. */
static u32 debug_id(void)
{
	u32 value;

	asm volatile("mrc p14, 0, %0, c0, c0, 0" : "=r"(value));
	return value;
}

static bool shutdown_requested(void)
{
	if (comm_region->msg_to_cell == JAILHOUSE_MSG_RECONFIG_COMPLETED)
		jailhouse_send_reply_from_cell(comm_region, JAILHOUSE_MSG_RECEIVED);
	if (comm_region->msg_to_cell != JAILHOUSE_MSG_SHUTDOWN_REQUEST)
		return false;
	jailhouse_send_reply_from_cell(comm_region, JAILHOUSE_MSG_REQUEST_APPROVED);
	comm_region->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	return true;
}

void inmate_main(void)
{
	u64 next = counter();
	u32 cpsr, cells;

	asm volatile("mrs %0, cpsr" : "=r"(cpsr));
	cells = jailhouse_call_arg1(JAILHOUSE_HC_HYPERVISOR_GET_INFO, JAILHOUSE_INFO_NUM_CELLS);
	while (1) {
		put_text("AArch32 alive, cpsr ");
		put_hex(cpsr & CPSR_MASKS_AND_MODE);
		put_text(", cells ");
		put_hex(cells);
		put_text(", debug ");
		put_hex(debug_id());
		put_text("\r\n");
		next += counter_frequency();
		while ((s64)(next - counter()) > 0)
			if (shutdown_requested())
				return;
	}
}
