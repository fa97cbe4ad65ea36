# SPDX-License-Identifier: GPL-2.0-only
"""From stock Linux to a running cell and back, on everything that is promised."""

import pytest
from machines import EACH_ARCH, EACH_KIND, arm, arm64, x86

COMBINATIONS = [
    arm64(3, "cortex-a57", "6.12", marks=()),
    arm64(2, "cortex-a57", "6.1"),
    arm64(2, "cortex-a72", "6.12"),
    arm64(3, "neoverse-n1", "6.1"),
    arm64(3, "max", "6.12"),
    arm(2, "cortex-a15", "6.12", marks=()),
    arm(3, "cortex-a15", "6.1"),
    arm(2, "cortex-a7", "6.1"),
    arm(3, "cortex-a7", "6.12"),
    x86("xapic", "6.12", marks=()),
    x86("xapic", "6.1"),
    x86("x2apic", "6.1"),
    x86("x2apic-linux", "6.12"),
    x86("events", "6.12"),
]


@pytest.mark.parametrize("machine", COMBINATIONS)
def test_life_of_a_cell(boot, machine):
    session = boot(**machine)
    cell = session.cell
    session.insmod()
    session.enable()
    assert session.check("cat /sys/devices/jailhouse/enabled").strip() == "1"
    assert session.check("cat /sys/devices/jailhouse/dma_faults").strip() == "0"
    assert session.check("cat /sys/devices/jailhouse/dma_fault_last").strip() == ""
    idle = session.figures()

    session.create()
    assert session.state(cell) == "shut down"
    session.expect_cpus_left(cell)
    assert session.figures()["mem_pool_used"] > idle["mem_pool_used"]
    session.load()
    session.start()
    assert session.state(cell) == "running"
    session.machine.wait_for(session.machine.inmate, "Timer fired, jitter: ")
    session.expect_ticking()

    session.shutdown()
    assert session.state(cell) == "shut down"
    assert session.ticks(1) == 0
    session.load()
    session.start()
    session.expect_ticking()

    session.destroy()
    assert cell not in session.cells()
    assert session.figures() == idle
    session.expect_linux_well()

    session.disable()
    assert session.check("cat /sys/devices/jailhouse/enabled").strip() == "0"
    session.check("rmmod jailhouse")
    session.expect_linux_well()


@pytest.mark.parametrize("machine", [
    arm64(3, series="6.1"), arm64(2), arm(3), x86("xapic", "6.1"), x86("x2apic"),
])
def test_two_cells_side_by_side(boot, machine):
    session = boot(**machine)
    neighbour = session.plan.neighbour
    session.insmod()
    session.enable()
    idle = session.figures()
    session.run_cell(session.plan.cell)
    session.run_cell(neighbour)
    session.expect_cpus_left(session.cell, neighbour.name)
    session.expect_ticking()
    session.destroy(neighbour.name)
    session.expect_ticking()
    session.destroy()
    assert session.figures() == idle
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("machine", EACH_KIND)
def test_linux_keeps_hotplug_while_enabled(boot, machine):
    session = boot(**machine)
    session.insmod()
    session.enable()
    session.run_cell(session.plan.cell)
    for _ in range(5):
        for cpu in session.cpus_to_toggle():
            session.check(f"echo 0 > /sys/devices/system/cpu/cpu{cpu}/online")
            session.check(f"echo 1 > /sys/devices/system/cpu/cpu{cpu}/online")
    session.expect_ticking()
    session.destroy()
    session.expect_linux_well()
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("machine", EACH_ARCH)
def test_console_and_dmesg(boot, machine):
    session = boot(**machine)
    session.insmod()
    session.enable()
    log = session.check("jailhouse console")
    assert "Initializing Jailhouse hypervisor" in log
    assert "Activating hypervisor" in log
    session.create()
    session.destroy()
    session.disable()
    dmesg = session.check("dmesg | grep -i jailhouse")
    for line in ("The Jailhouse is opening.", f'Created Jailhouse cell "{session.cell}"',
                 f'Destroyed Jailhouse cell "{session.cell}"', "The Jailhouse was closed."):
        assert line in dmesg


@pytest.mark.parametrize("machine", EACH_ARCH)
def test_reboot_disables_first(boot, machine):
    session = boot(**machine)
    session.insmod()
    session.enable()
    session.create()
    session.load()
    session.start()
    session.machine.send("reboot -f")
    session.machine.expect_end(30)
    assert "Shutting down hypervisor" in session.machine.hypervisor.text()
