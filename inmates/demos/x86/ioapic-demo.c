// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counts the interrupts of an IO-APIC pin that belongs to the cell, and prints their number each second.
 *
 * Options: source=pm-timer: the PM timer's overflow, each 2.3 s, as an ACPI interrupt (default).
 *                 The cell needs the ports of ACPI's PM1 event block, 8 below the PM timer.
 *          source=uart: the transmitter of the console, an 8250 on ports.
 *          source=none: whatever else drives the pin.
 *          pin= (default 9 with pm-timer, else 3), level for a level-triggered pin.
 */
#include <inmate.h>
#include <asm/pio.h>

CMDLINE_BUFFER(256);

#define PIN_VECTOR 48

/* ACPI 6, 4.8.3.1: PM1 event block */
#define PM1_TO_PM_TIMER  8
#define PM1_STATUS       0
#define PM1_ENABLE       2
#define PM1_TIMER        (1 << 0)
#define ACPI_DEFAULT_PIN 9

/* PC16550D */
#define UART_IER         1
#define IER_TX_EMPTY     (1 << 1)
#define UART_IIR         2
#define UART_MCR         4
#define MCR_OUT2         (1 << 3) /* connects the interrupt line in a PC */
#define UART_DEFAULT_PIN 3

struct source {
	const char *name;
	unsigned int pin;
	void (*start)(void);
	void (*acknowledge)(void);
	void (*stop)(void);
};

static const struct source *source;
static volatile unsigned int interrupts;
static u16 old_enable;

static u16 pm1_port(void)
{
	return comm_region->pm_timer_address - PM1_TO_PM_TIMER;
}

static void pm_timer_start(void)
{
	old_enable = inw(pm1_port() + PM1_ENABLE);
	outw(PM1_TIMER, pm1_port() + PM1_STATUS);
	outw(PM1_TIMER, pm1_port() + PM1_ENABLE);
}

static void pm_timer_acknowledge(void)
{
	outw(PM1_TIMER, pm1_port() + PM1_STATUS);
}

static void pm_timer_stop(void)
{
	outw(old_enable, pm1_port() + PM1_ENABLE);
}

static void uart_start(void)
{
	u16 port = comm_region->console.address;

	outb(MCR_OUT2, port + UART_MCR);
	outb(IER_TX_EMPTY, port + UART_IER);
}

static void uart_acknowledge(void)
{
	inb(comm_region->console.address + UART_IIR);
}

static void uart_stop(void)
{
	outb(0, comm_region->console.address + UART_IER);
}

static void do_nothing(void)
{
}

static const struct source sources[] = {
	{ "pm-timer", ACPI_DEFAULT_PIN, pm_timer_start, pm_timer_acknowledge, pm_timer_stop },
	{ "uart", UART_DEFAULT_PIN, uart_start, uart_acknowledge, uart_stop },
	{ "none", UART_DEFAULT_PIN, do_nothing, do_nothing, do_nothing },
};

static const struct source *find_source(const char *name)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(sources); n++)
		if (strcmp(sources[n].name, name) == 0)
			return &sources[n];
	return &sources[0];
}

static void handle_irq(unsigned int irq)
{
	if (irq != PIN_VECTOR)
		return;
	interrupts++;
	source->acknowledge();
}

static void serve_ms(unsigned int ms)
{
	while (ms-- > 0) {
		if (comm_handle_message(true)) {
			source->stop();
			printk("Stopped by request\n");
			comm_shut_down();
		}
		delay_us(1000);
	}
}

void inmate_main(void)
{
	char name[16];
	unsigned int pin;
	bool level;

	source = find_source(cmdline_parse_str("source", name, sizeof(name), "pm-timer"));
	pin = cmdline_parse_int("pin", source->pin);
	level = cmdline_parse_bool("level", pin == ACPI_DEFAULT_PIN);
	printk("Interrupts of pin %u, %s-triggered, source %s\n", pin, level ? "level" : "edge",
	       source->name);
	irq_enable(PIN_VECTOR);
	irq_init(handle_irq);
	ioapic_init();
	ioapic_pin_set_vector(pin, level ? TRIGGER_LEVEL_ACTIVE_HIGH : TRIGGER_EDGE, PIN_VECTOR);
	source->start();
	while (1) {
		printk("Interrupts: %u\n", interrupts);
		serve_ms(1000);
	}
}
