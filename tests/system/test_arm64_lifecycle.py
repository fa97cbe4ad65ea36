# SPDX-License-Identifier: GPL-2.0-only
"""From stock Linux to a running cell and back, on every combination that is promised."""

import pytest

full = pytest.mark.full

COMBINATIONS = [
    pytest.param(3, "cortex-a57", "6.12"),
    pytest.param(2, "cortex-a57", "6.1", marks=full),
    pytest.param(3, "cortex-a57", "6.1", marks=full),
    pytest.param(3, "cortex-a72", "6.1", marks=full),
    pytest.param(2, "cortex-a72", "6.12", marks=full),
    pytest.param(3, "neoverse-n1", "6.12", marks=full),
    pytest.param(2, "neoverse-n1", "6.1", marks=full),
    pytest.param(3, "max", "6.12", marks=full),
    pytest.param(2, "max", "6.1", marks=full),
]


@pytest.mark.parametrize("gic,cpu,series", COMBINATIONS)
def test_life_of_a_cell(boot, gic, cpu, series):
    session = boot(gic=gic, cpu=cpu, series=series)
    session.insmod()
    session.enable()
    assert session.check("cat /sys/devices/jailhouse/enabled").strip() == "1"
    idle = session.figures()

    session.create()
    assert session.state("inmate-demo") == "shut down"
    assert session.cpus_online() == "0-2"
    assert session.figures()["mem_pool_used"] > idle["mem_pool_used"]
    session.load()
    session.start()
    assert session.state("inmate-demo") == "running"
    session.machine.wait_for(session.machine.inmate, "Timer fired, jitter: ")
    session.expect_ticking()
    assert session.cells()["inmate-demo"][2] == "3"

    session.shutdown()
    assert session.state("inmate-demo") == "shut down"
    assert session.ticks(1) == 0
    session.load()
    session.start()
    session.expect_ticking()

    session.destroy()
    assert "inmate-demo" not in session.cells()
    assert session.figures() == idle
    session.expect_linux_well()

    session.disable()
    assert session.check("cat /sys/devices/jailhouse/enabled").strip() == "0"
    session.check("rmmod jailhouse")
    session.expect_linux_well()


@full
@pytest.mark.parametrize("gic,series", [(3, "6.1"), (2, "6.12")])
def test_two_cells_side_by_side(boot, gic, series):
    session = boot(gic=gic, series=series)
    session.insmod()
    session.enable()
    idle = session.figures()
    session.create()
    session.load()
    session.start()
    session.create("uart-demo")
    session.load("uart-demo", "uart-demo.bin")
    session.start("uart-demo")
    assert session.cells()["inmate-demo"][2] != session.cells()["uart-demo"][2]
    session.machine.wait_for(session.machine.inmate, "Hello")
    session.expect_ticking()
    session.destroy("uart-demo")
    session.expect_ticking()
    session.destroy()
    assert session.figures() == idle
    session.disable()
    session.expect_linux_well()


@full
@pytest.mark.parametrize("gic", [2, 3])
def test_linux_keeps_hotplug_while_enabled(boot, gic):
    session = boot(gic=gic)
    session.insmod()
    session.enable()
    session.create()
    session.load()
    session.start()
    for _ in range(5):
        for cpu in (1, 2):
            session.check(f"echo 0 > /sys/devices/system/cpu/cpu{cpu}/online")
            session.check(f"echo 1 > /sys/devices/system/cpu/cpu{cpu}/online")
    session.expect_ticking()
    session.destroy()
    session.expect_linux_well()
    session.disable()
    session.expect_linux_well()


@full
def test_console_and_dmesg(boot):
    session = boot()
    session.insmod()
    session.enable()
    log = session.check("jailhouse console")
    assert "Initializing Jailhouse hypervisor" in log
    assert "Activating hypervisor" in log
    session.create()
    session.destroy()
    session.disable()
    dmesg = session.check("dmesg | grep -i jailhouse")
    for line in ("The Jailhouse is opening.", 'Created Jailhouse cell "inmate-demo"',
                 'Destroyed Jailhouse cell "inmate-demo"', "The Jailhouse was closed."):
        assert line in dmesg


@full
@pytest.mark.parametrize("gic", [2, 3])
def test_reboot_disables_first(boot, gic):
    session = boot(gic=gic)
    session.insmod()
    session.enable()
    session.create()
    session.load()
    session.start()
    session.machine.send("reboot -f")
    session.machine.expect_end(30)
    assert "Shutting down hypervisor" in session.machine.hypervisor.text()
