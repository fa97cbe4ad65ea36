# SPDX-License-Identifier: GPL-2.0-only
"""Cells and the hypervisor come and go many times, beside a busy Linux, and leave nothing behind."""

import functools

import pytest
from lab.compiler import compiler_files
from lab.debian import LabError
from machines import EACH_ARCH, EACH_KIND, arm, arm64, x86

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


@functools.lru_cache(maxsize=None)
def work_files(arch):
    """What the workload needs in the root cell."""
    try:
        return (*compiler_files(arch).items(), ("root/work.c", SOURCE))
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


def toggle_cpu(session, cpu):
    """Switch a CPU off and on all the time."""
    online = f"/sys/devices/system/cpu/cpu{cpu}/online"
    session.check(f"(while :; do echo 0 > {online}; echo 1 > {online}; sleep 1; done) & echo $! >> /tmp/workers")


@pytest.mark.parametrize("machine", [
    arm64(3, "cortex-a57", "6.12"), arm64(2, "cortex-a72", "6.1"), arm(2), x86("x2apic", "6.12"), x86("xapic", "6.1"),
])
def test_50_cells(boot, machine):
    session = boot(**machine, extra_files=work_files(machine["arch"]))
    session.insmod()
    session.enable()
    idle = session.figures()
    start_workload(session)
    for number in range(50):
        session.run_cell(session.plan.cell)
        session.destroy()
        assert session.figures() == idle, f"round {number}"
        assert session.cpus_online() == session.online, f"round {number}"
    stop_workload(session)
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("machine", EACH_ARCH)
@pytest.mark.parametrize("cpus", [2])
def test_created_right_after_the_cpus_went_off(boot, machine, cpus):
    """The driver switches them off and asks for the cell at once: the core may not have served the first yet."""
    session = boot(**machine, extra_files=work_files(machine["arch"]))
    cell = session.cell if cpus == 1 else "test-2cpus"
    session.insmod()
    session.enable()
    idle = session.figures()
    start_workload(session)
    rounds = f"jailhouse cell create {session.plan.config(cell)} && jailhouse cell destroy {cell} || break"
    session.check(f"n=0; while [ $n -lt 20 ]; do {rounds}; n=$((n + 1)); done; echo $n rounds; [ $n = 20 ]", timeout=120)
    stop_workload(session)
    assert session.figures() == idle
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("machine", [
    arm64(3, series="6.1"), arm64(2), arm(3, series="6.1"), x86("xapic"), x86("x2apic-linux"),
])
def test_10_times_enabled(boot, machine):
    session = boot(**machine, extra_files=work_files(machine["arch"]))
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


@pytest.mark.parametrize("machine", EACH_KIND)
def test_cell_keeps_10_hz_beside_a_busy_linux(boot, machine):
    session = boot(**machine, alone=True, extra_files=work_files(machine["arch"]))
    session.insmod()
    session.enable()
    session.run_cell(session.plan.cell)
    start_workload(session, workers=1)
    cpu = session.cpus_to_toggle()[0]
    toggle_cpu(session, cpu)
    session.machine.sleep(2)
    ticks = session.ticks(20)
    stop_workload(session)
    assert 180 <= ticks <= 220, f"{ticks} ticks in 20 s"
    assert "too early" not in session.machine.inmate.text()
    session.check(f"echo 1 > /sys/devices/system/cpu/cpu{cpu}/online; true")
    session.destroy()
    session.disable()
    session.expect_linux_well()
