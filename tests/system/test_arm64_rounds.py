# SPDX-License-Identifier: GPL-2.0-only
"""Cells and the hypervisor come and go many times, beside a busy Linux, and leave nothing behind."""

import functools

import pytest
from lab.compiler import compiler_files
from lab.debian import LabError

pytestmark = pytest.mark.full

# Something to compile: much of the same, without headers.
SOURCE = "".join(
    f"unsigned f{n}(unsigned x) {{ unsigned s = {n}, i; for (i = 0; i < x; i++) s = s * {n + 3} + (i ^ s >> 3); return s; }}\n"
    for n in range(400)
)
COMPILE = "tcc -c -o /tmp/work.o /root/work.c"
COMPILER = (
    f"(while {COMPILE} && cmp -s /tmp/work.o /tmp/first.o; do echo >> /tmp/compiled; done) & echo $! >> /tmp/workers"
)
# Forks, pipes, files and arithmetic on every CPU that Linux has.
WORKLOAD = (
    "(while :; do dd if=/dev/zero bs=64k count=16 2>/dev/null | gzip -1 | md5sum >/dev/null; ls -R /sys/class >/dev/null; "
    "done) & echo $! >> /tmp/workers"
)
CPU_TOGGLER = (
    "(while :; do echo 0 > /sys/devices/system/cpu/cpu1/online; echo 1 > /sys/devices/system/cpu/cpu1/online; sleep 1; "
    "done) & echo $! >> /tmp/workers"
)


@functools.lru_cache(maxsize=None)
def work_files():
    """What the workload needs in the root cell."""
    try:
        return (*compiler_files("arm64").items(), ("root/work.c", SOURCE))
    except LabError as error:
        pytest.fail(str(error), pytrace=False)


def start_workload(session, workers=2):
    session.check(f": > /tmp/compiled; {COMPILE} && mv /tmp/work.o /tmp/first.o")
    session.check(COMPILER)
    for _ in range(workers):
        session.check(WORKLOAD)


def stop_workload(session):
    """All of it was still at work, and the compiler's output always the same."""
    session.check("kill $(cat /tmp/workers)")
    session.check("rm /tmp/workers; wait 2>/dev/null; true")
    assert int(session.check("wc -l < /tmp/compiled")) > 0, "nothing was compiled"


@pytest.mark.parametrize("gic,cpu,series", [(3, "cortex-a57", "6.12"), (2, "cortex-a72", "6.1")])
def test_50_cells(boot, gic, cpu, series):
    session = boot(gic=gic, cpu=cpu, series=series, extra_files=work_files())
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
    stop_workload(session)
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("gic,cell", [(3, "inmate-demo"), (2, "test-2cpus")])
def test_created_right_after_the_cpus_went_off(boot, gic, cell):
    """The driver switches them off and asks for the cell at once: the core may not have served the first yet."""
    session = boot(gic=gic, extra_files=work_files())
    session.insmod()
    session.enable()
    idle = session.figures()
    start_workload(session)
    rounds = f"jailhouse cell create qemu-arm64-{cell}.cell && jailhouse cell destroy {cell} || break"
    session.check(f"n=0; while [ $n -lt 20 ]; do {rounds}; n=$((n + 1)); done; echo $n rounds; [ $n = 20 ]", timeout=120)
    stop_workload(session)
    assert session.figures() == idle
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("gic,series", [(3, "6.1"), (2, "6.12")])
def test_10_times_enabled(boot, gic, series):
    session = boot(gic=gic, series=series, extra_files=work_files())
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
    stop_workload(session)
    session.check("rmmod jailhouse")
    session.expect_linux_well()


@pytest.mark.parametrize("gic", [2, 3])
def test_cell_keeps_10_hz_beside_a_busy_linux(boot, gic):
    session = boot(gic=gic, alone=True, extra_files=work_files())
    session.insmod()
    session.enable()
    session.create()
    session.load()
    session.start()
    start_workload(session, workers=1)
    session.check(CPU_TOGGLER)
    session.machine.sleep(2)
    ticks = session.ticks(20)
    stop_workload(session)
    assert 180 <= ticks <= 220, f"{ticks} ticks in 20 s"
    assert "too early" not in session.machine.inmate.text()
    session.check("echo 1 > /sys/devices/system/cpu/cpu1/online; true")
    session.destroy()
    session.disable()
    session.expect_linux_well()
