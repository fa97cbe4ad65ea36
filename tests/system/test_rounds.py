# SPDX-License-Identifier: GPL-2.0-only
"""Cells and the hypervisor come and go many times, beside a busy Linux, and leave nothing behind."""

import pytest
from machines import EACH_ARCH, arm, arm64, x86
from workload import start_workload, stop_workload, work_files

pytestmark = pytest.mark.full


@pytest.mark.parametrize("machine", [
    arm64(3, "cortex-a72", "6.12"), arm(2), x86("x2apic", "6.12"), x86("xapic", "6.1"),
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
def test_created_right_after_the_cpus_went_off(boot, machine):
    """The driver switches them off and asks for the cell at once: the core may not have served the first yet."""
    session = boot(**machine, extra_files=work_files(machine["arch"]))
    cell = "test-2cpus"
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
