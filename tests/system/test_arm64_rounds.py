# SPDX-License-Identifier: GPL-2.0-only
"""Cells and the hypervisor come and go many times, beside a busy Linux, and leave nothing behind."""

import pytest

pytestmark = pytest.mark.full

# Forks, pipes, files and arithmetic on every CPU that Linux has.
WORKLOAD = (
    "(while :; do dd if=/dev/zero bs=64k count=16 2>/dev/null | gzip -1 | md5sum >/dev/null; ls -R /sys/class >/dev/null; "
    "done) & echo $! >> /tmp/workers"
)
STOP = "kill $(cat /tmp/workers); rm /tmp/workers; wait 2>/dev/null; true"
CPU_TOGGLER = (
    "(while :; do echo 0 > /sys/devices/system/cpu/cpu1/online; echo 1 > /sys/devices/system/cpu/cpu1/online; sleep 1; "
    "done) & echo $! >> /tmp/workers"
)


def start_workload(session, workers=2):
    for _ in range(workers):
        session.check(WORKLOAD)


@pytest.mark.parametrize("gic,cpu,series", [(3, "cortex-a57", "6.12"), (2, "cortex-a72", "6.1")])
def test_50_cells(boot, gic, cpu, series):
    session = boot(gic=gic, cpu=cpu, series=series)
    session.insmod()
    session.enable()
    idle = session.figures()
    start_workload(session)
    for number in range(50):
        session.create()
        session.load()
        since = session.machine.inmate.mark()
        session.start()
        session.machine.wait_for(session.machine.inmate, "Timer fired", since=since)
        session.destroy()
        assert session.figures() == idle, f"round {number}"
        assert session.cpus_online() == session.online, f"round {number}"
    session.check(STOP)
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("gic,series", [(3, "6.1"), (2, "6.12")])
def test_10_times_enabled(boot, gic, series):
    session = boot(gic=gic, series=series)
    session.insmod()
    start_workload(session)
    figures = []
    for _ in range(10):
        session.enable()
        figures.append(session.figures())
        session.create()
        session.destroy()
        assert session.figures() == figures[-1]
        session.disable()
        assert session.cpus_online() == session.online
    assert all(one == figures[0] for one in figures)
    session.check(STOP)
    session.check("rmmod jailhouse")
    session.expect_linux_well()


@pytest.mark.parametrize("gic", [2, 3])
def test_cell_keeps_10_hz_beside_a_busy_linux(boot, gic):
    session = boot(gic=gic, alone=True)
    session.insmod()
    session.enable()
    session.create()
    session.load()
    session.start()
    start_workload(session, workers=1)
    session.check(CPU_TOGGLER)
    session.machine.sleep(2)
    ticks = session.ticks(20)
    session.check(STOP)
    assert 180 <= ticks <= 220, f"{ticks} ticks in 20 s"
    assert "too early" not in session.machine.inmate.text()
    session.check("echo 1 > /sys/devices/system/cpu/cpu1/online; true")
    session.destroy()
    session.disable()
    session.expect_linux_well()
