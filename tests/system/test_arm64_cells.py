# SPDX-License-Identifier: GPL-2.0-only
"""Cells with more than one CPU, in AArch32, never asked, or never giving in."""

import pytest
from config_blob import Blob
from conftest import products

pytestmark = pytest.mark.full

SMP_FINISHES = "smp-on-off smp-on-twice smp-work smp-ipi".split()


def start_cell(session, cell, image, arguments=""):
    session.create(cell)
    session.load(cell, image, arguments)
    since = session.machine.inmate.mark()
    session.start(cell)
    return since


@pytest.mark.parametrize("gic", [2, 3])
def test_two_cpus(boot, gic):
    session = boot(gic=gic)
    session.insmod()
    session.enable()
    idle = session.figures()
    for name in SMP_FINISHES:
        since = start_cell(session, "test-2cpus", "hostile.bin", f"test={name} cpu=2")
        session.machine.wait_for(session.machine.inmate, f"FINISHED {name} wrong=0", since=since)
        session.destroy("test-2cpus")
        assert session.figures() == idle
    start_cell(session, "test-2cpus", "hostile.bin", "test=smp-bad-entry cpu=2")
    session.wait_state("test-2cpus", "failed")
    assert session.cells()["test-2cpus"][3], "no CPU is listed as failed"
    session.destroy("test-2cpus")
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("gic,cpu", [(3, "cortex-a57"), (2, "cortex-a72")])
def test_aarch32(boot, gic, cpu):
    session = boot(gic=gic, cpu=cpu)
    session.insmod()
    session.enable()
    start_cell(session, "test-aarch32", "aarch32.bin")
    session.machine.wait_for(session.machine.inmate, r"AArch32 alive, cpsr 000001d3, cells 0*2")
    session.shutdown("test-aarch32")
    session.destroy("test-aarch32")
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("attack", ["refuse-shutdown", "answer-nonsense"])
def test_cell_that_does_not_give_in(boot, attack):
    session = boot()
    session.insmod()
    session.enable()
    since = start_cell(session, "test", "hostile.bin", f"test={attack}")
    session.machine.wait_for(session.machine.inmate, f"attack {attack}", since=since)
    session.refused("jailhouse cell load test hostile.bin", "is running: shut it down first", "Device or resource busy")
    for request in ("shutdown", "destroy"):
        session.refused(f"jailhouse cell {request} test", "refuses", "Operation not permitted")
    session.refused("jailhouse disable", "cell", "Device or resource busy")
    assert session.state("test") == "running"
    session.expect_linux_well_on("0-1,3")


@pytest.mark.parametrize("series", ["6.1", "6.12"])
def test_waiting_for_ever_can_be_interrupted(boot, series):
    """Without a timeout the wait ends with the cell's answer or by a signal; Linux's watchdog has no reason to bark."""
    blob = Blob(products(series)["root/qemu-arm64-test.cell"].read_bytes()).set_cell("msg_reply_timeout", 0)
    session = boot(series=series, extra_files=(("root/qemu-arm64-test-patient.cell", bytes(blob)),))
    session.insmod()
    session.enable()
    idle = session.figures()
    session.create("test-patient")
    session.load("test", "hostile.bin", "test=never-answer seconds=25")
    since = session.machine.inmate.mark()
    session.start("test")
    session.machine.wait_for(session.machine.inmate, "attack never-answer", since=since)
    # A soft lockup is then reported after two seconds.
    session.check("echo 1 > /proc/sys/kernel/watchdog_thresh")
    used = session.figures()
    for request in ("destroy", "shutdown", "start"):
        status, output = session.machine.run(f"timeout -s INT 4 jailhouse cell {request} test")
        assert status != 0, output
        assert session.check("dmesg | grep -c 'interrupted while waiting'").strip() == str(
            ("destroy", "shutdown", "start").index(request) + 1)
        assert session.state("test") == "running"
        assert session.figures() == used
    session.destroy("test")
    assert "FINISHED never-answer" in session.machine.inmate.text()[since:]
    assert session.figures() == idle
    session.disable()
    session.check("echo 10 > /proc/sys/kernel/watchdog_thresh")
    session.expect_linux_well()


def test_passive_cell_is_never_asked(boot):
    session = boot()
    session.insmod()
    session.enable()
    start_cell(session, "test-passive", "hostile.bin", "test=refuse-shutdown")
    session.shutdown("test-passive")
    session.destroy("test-passive")
    session.disable()
    session.expect_linux_well()
