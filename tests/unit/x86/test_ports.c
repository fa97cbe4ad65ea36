// SPDX-License-Identifier: GPL-2.0-only
/* arch/x86/ports.c: which accesses to ports pass, trap, and are carried out. */
#include "guest.h"
#include <asm/x86.h>
#include <page_pool.h>
#include <setup.h>

struct jailhouse_system *system_config;

static u32 port_reads, port_writes, pci_accesses;
static u16 last_port;
static u32 last_value;

u32 fake_pio_read(u16 port, u32 size)
{
	assert_true(port == 0x64 && size == 1);
	port_reads++;
	return 0x1c;
}

void fake_pio_write(u16 port, u32 size, u32 value)
{
	assert_true((port == 0x64 || port == 0xcf9) && size == 1);
	port_writes++;
	last_value = value;
}

bool pci_port_access(struct cell *cell, u16 port, struct mmio_access *access)
{
	assert_ptr_equal(cell, this_cell());
	pci_accesses++;
	last_port = port;
	last_value = access->value;
	if (!access->is_write)
		access->value = 0x1122334455667788;
	return access->size != 2;
}

static const struct jailhouse_pio ports[] = { { 0x60, 8 }, { 0x3f8, 8 }, { 0xfff8, 8 }, { 5, 0 } };

static struct cell *set_up(const struct jailhouse_pio *list, u32 count)
{
	struct cell_parts parts = { .name = "cell", .cpus = 1, .pio = list, .num_pio = count };
	struct cell *cell = set_up_guest();

	system_config = make_system(&parts);
	cell->config = make_desc(&parts);
	assert_int_equal(x86_ports_init(cell), 0);
	port_reads = port_writes = pci_accesses = 0;
	return cell;
}

static bool access_port(u16 port, u8 size, bool in, u64 *rax)
{
	struct vcpu_io io = { .port = port, .size = size, .in = in };
	bool result;

	guest.regs.gpr[REG_RAX] = *rax;
	result = x86_handle_io(&guest.regs, &io);
	*rax = guest.regs.gpr[REG_RAX];
	return result;
}

static bool out(u16 port, u8 size, u64 value)
{
	return access_port(port, size, false, &value);
}

static void bitmap(void **state)
{
	struct cell *cell = set_up(ports, ARRAY_SIZE(ports));
	bool passes;
	u32 used;

	for (u32 port = 0; port < 8 * VCPU_PORT_PAGES * PAGE_SIZE; port++) {
		passes = (port >= 0x60 && port < 0x68 && port != 0x64) ||
			 (port >= 0x3f8 && port < 0x400) || (port >= 0xfff8 && port < 0x10000);
		assert_int_equal(!(cell->arch.ports[port / 8] & BIT(port % 8)), passes);
	}
	x86_ports_exit(cell);
	system_config->platform_info.x86.pm_timer_address = 0x608;
	assert_int_equal(x86_ports_init(cell), 0);
	assert_int_equal(cell->arch.ports[0x608 / 8], 0xf0);
	x86_ports_exit(cell);
	/* Once is enough: who failed to set up a cell frees what there is, and then the cell. */
	used = mem_pool.used;
	x86_ports_exit(cell);
	assert_int_equal(mem_pool.used, used);
	reset_pool(2);
	assert_int_equal(x86_ports_init(cell), -ENOMEM);
}

static int check(u16 base, u16 length)
{
	struct jailhouse_pio pio = { base, length };
	struct cell_parts parts = { .name = "cell", .pio = &pio, .num_pio = 1 };

	return x86_ports_check(make_desc(&parts));
}

static void configurations(void **state)
{
	assert_accepted(check(0, 0xcf8));
	assert_accepted(check(0xd00, 0xf300));
	assert_accepted(check(0xcfc, 0));
	assert_refused(check(0xd00, 0xf301), -EINVAL,
		       "0xd00-0x10000 of cell \"cell\" do not exist");
	assert_refused(check(0xffff, 0xffff), -EINVAL, "do not exist");
	assert_refused(check(0, 0xcf9), -EINVAL, "0xcf8-0xcff");
	assert_refused(check(0xcff, 1), -EINVAL, "0xcf8-0xcff");
	assert_refused(check(0, 0xffff), -EINVAL, "0xcf8-0xcff");
}

static void place_of_the_timer(void **state)
{
	static const u16 good[] = { 0, 0x608, 0xcf4, 0xd00, 0xffff };
	static const u16 bad[] = { 0xcf5, 0xcf8, 0xcfc, 0xcff };
	struct cell_parts parts = { .name = "cell" };
	struct jailhouse_system *system = make_system(&parts);

	for (u32 n = 0; n < ARRAY_SIZE(good); n++) {
		system->platform_info.x86.pm_timer_address = good[n];
		assert_accepted(x86_ports_check_system(system));
	}
	for (u32 n = 0; n < ARRAY_SIZE(bad); n++) {
		system->platform_info.x86.pm_timer_address = bad[n];
		assert_refused(x86_ports_check_system(system), -EINVAL, "PM timer");
	}
}

static void keyboard_controller(void **state)
{
	u64 rax = 0xffffffff12345678;

	set_up(ports, ARRAY_SIZE(ports));
	assert_true(access_port(0x64, 1, true, &rax));
	assert_int_equal(rax, 0xffffffff1234561c);
	for (u32 command = 0; command < 256; command++)
		assert_true(out(0x64, 1, 0xabcd00 | command));
	/* All but 0xd1 and 0xf0 to 0xff, which may reset the machine. */
	assert_int_equal(port_writes, 256 - 17);
	assert_int_equal(last_value, 0xef);
	assert_int_equal(guest.violations, 0);
	/* Of the ports around it too: no. */
	assert_false(out(0x64, 2, 0));
	assert_false(out(0x63, 2, 0));
	assert_int_equal(guest.violations, 2);
	set_up(ports + 1, 1);
	assert_false(out(0x64, 1, 0x20));
	assert_string_equal(guest.violation, "write of port 0x64, size 1");
	assert_int_equal(port_writes, 0);
}

/** The machine is reset by the root cell only, and only while it is alone. */
static void resets(void **state)
{
	set_up(ports, ARRAY_SIZE(ports));
	num_cells = 1;
	assert_true(out(0x64, 1, 0xfe));
	assert_false(out(0xcf9, 1, 6));
	assert_int_equal(guest.violations, 1);
	assert_int_equal(port_writes, 0);
	root_cell.config = this_cell()->config;
	this_public()->cell = &root_cell;
	num_cells = 2;
	assert_true(out(0x64, 1, 0xfe));
	assert_true(out(0xcf9, 1, 6));
	assert_int_equal(port_writes, 0);
	num_cells = 1;
	assert_true(out(0x64, 1, 0xfe));
	assert_true(out(0xcf9, 1, 6));
	assert_int_equal(port_writes, 2);
	assert_int_equal(last_value, 6);
	assert_false(out(0xcf9, 2, 6)); /* not that register */
	assert_int_equal(port_writes, 2);
	assert_int_equal(pci_accesses, 1);
}

static void pci(void **state)
{
	u64 rax = ~0ULL;

	set_up(NULL, 0);
	assert_true(access_port(0xcfc, 4, true, &rax));
	assert_int_equal(rax, 0x55667788); /* the upper half is cleared */
	rax = ~0ULL;
	assert_true(access_port(0xcff, 1, true, &rax));
	assert_int_equal(rax, 0xffffffffffffff88);
	assert_true(out(0xcf8, 4, 0x1234567880001000));
	assert_int_equal(last_port, 0xcf8);
	assert_int_equal(last_value, 0x80001000);
	assert_int_equal(pci_accesses, 3);
	assert_false(out(0xcfc, 2, 0)); /* as it says */
	pci_accesses = 0;
	assert_false(out(0xcf7, 2, 0));
	assert_false(out(0xcfd, 4, 0));
	assert_false(out(0xcff, 2, 0));
	assert_int_equal(pci_accesses, 0);
}

static void denied(void **state)
{
	u64 rax = 0x1111111111111111;
	struct vcpu_io string = { .port = 0x3f8, .size = 1, .string = true };

	set_up(ports, ARRAY_SIZE(ports));
	assert_false(access_port(0x70, 2, true, &rax));
	assert_int_equal(rax, 0x1111111111111111);
	assert_string_equal(guest.violation, "read of port 0x70, size 2");
	assert_false(x86_handle_io(&guest.regs, &string));
	assert_string_equal(guest.violation, "string access to port 0x3f8");
	assert_int_equal(guest.violations, 2);
	/* The root cell finds nothing there. */
	root_cell.config = this_cell()->config;
	this_public()->cell = &root_cell;
	assert_true(access_port(0x70, 2, true, &rax));
	assert_int_equal(rax, 0x111111111111ffff);
	assert_true(access_port(0xffff, 4, true, &rax));
	assert_int_equal(rax, 0xffffffff);
	assert_true(out(0x70, 1, 0));
	assert_int_equal(guest.violations, 2);
	assert_int_equal(port_reads + port_writes, 0);
	assert_int_equal(this_public()->stats[JAILHOUSE_CPU_STAT_VMEXITS_PIO], 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rule_test(bitmap),
		rule_test(configurations),
		rule_test(place_of_the_timer),
		rule_test(keyboard_controller),
		rule_test(pci),
		rule_test(resets),
		rule_test(denied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
