# SPDX-License-Identifier: GPL-2.0-only
"""Cells with more than one CPU, in AArch32, never asked, or never giving in."""

import pytest
from config_blob import Blob
from conftest import products
from lab.plans import PLANS
from machines import EACH_KIND, arm, arm64, x86

pytestmark = pytest.mark.full

# Attacks of a cell with two CPUs, all to finish without differences. cpu= is the second CPU, on Arm.
SMP_FINISHES = {
    "arm64": "smp-on-off smp-on-twice smp-work smp-ipi".split(),
    "arm": "smp-on-off smp-on-twice smp-work smp-ipi".split(),
    "x86": "smp-start-again smp-start-running smp-ipi smp-nmi smp-init-storm".split(),
}


def start_cell(session, cell, image, arguments=""):
    """Console of the test cells, and where in it this one begins."""
    log = session.machine.logs[session.plan.test_console]
    session.create(cell)
    session.load(cell, image, arguments)
    since = log.mark()
    session.start(cell)
    return log, since


@pytest.mark.parametrize("machine", EACH_KIND)
def test_two_cpus(boot, machine):
    session = boot(**machine)
    session.insmod()
    session.enable()
    idle = session.figures()
    for name in SMP_FINISHES[machine["arch"]]:
        log, since = start_cell(session, "test-2cpus", "hostile.bin", f"test={name} cpu=2")
        session.machine.wait_for(log, f"FINISHED {name} wrong=0", since=since)
        session.destroy("test-2cpus")
        assert session.figures() == idle
    start_cell(session, "test-2cpus", "hostile.bin", "test=smp-bad-entry cpu=2")
    session.wait_state("test-2cpus", "failed")
    assert session.cells()["test-2cpus"][3], "no CPU is listed as failed"
    session.destroy("test-2cpus")
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("machine", [arm64(3, "cortex-a57"), arm64(2, "cortex-a72")])
def test_aarch32(boot, machine):
    session = boot(**machine)
    session.insmod()
    session.enable()
    log, since = start_cell(session, "test-aarch32", "aarch32.bin")
    session.machine.wait_for(log, r"AArch32 alive, cpsr 000001d3, cells 0*2, debug 0*\b", since=since)
    session.shutdown("test-aarch32")
    session.destroy("test-aarch32")
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("machine", [arm64(), arm(), x86()])
@pytest.mark.parametrize("attack", ["refuse-shutdown", "answer-nonsense"])
def test_cell_that_does_not_give_in(boot, machine, attack):
    session = boot(**machine)
    session.insmod()
    session.enable()
    log, since = start_cell(session, "test", "hostile.bin", f"test={attack}")
    session.machine.wait_for(log, f"attack {attack}", since=since)
    session.refused("jailhouse cell load test hostile.bin", "is running: shut it down first", "Device or resource busy")
    for request in ("shutdown", "destroy"):
        session.refused(f"jailhouse cell {request} test", "refuses", "Operation not permitted")
    session.refused("jailhouse disable", "cell", "Device or resource busy")
    assert session.state("test") == "running"
    session.expect_cpus_left("test")
    session.expect_linux_well_on(session.cpus_online())


@pytest.mark.parametrize("machine", [arm64(series="6.1"), x86()])
def test_waiting_for_ever_can_be_interrupted(boot, machine):
    """Without a timeout the wait ends with the cell's answer or by a signal; Linux's watchdog has no reason to bark."""
    plan = PLANS[machine["arch"]]
    original = products(machine["series"], machine["arch"])[f"root/{plan.config('test')}"]
    patient = bytes(Blob(original.read_bytes()).set_cell("msg_reply_timeout", 0))
    session = boot(**machine, extra_files=((f"root/{plan.config('test-patient')}", patient),))
    session.insmod()
    session.enable()
    idle = session.figures()
    log = session.machine.logs[plan.test_console]
    session.create("test-patient")
    session.load("test", "hostile.bin", "test=never-answer seconds=25")
    since = log.mark()
    session.start("test")
    session.machine.wait_for(log, "attack never-answer", since=since)
    # A soft lockup is then reported after two seconds.
    session.check("echo 1 > /proc/sys/kernel/watchdog_thresh")
    used = session.figures()
    for count, request in enumerate(("destroy", "shutdown", "start"), 1):
        status, output = session.machine.run(f"timeout -s INT 4 jailhouse cell {request} test")
        assert status != 0, output
        assert session.check("dmesg | grep -c 'interrupted while waiting'").strip() == str(count)
        assert session.state("test") == "running"
        assert session.figures() == used
    session.destroy("test")
    assert "FINISHED never-answer" in log.text()[since:]
    assert session.figures() == idle
    session.disable()
    session.check("echo 10 > /proc/sys/kernel/watchdog_thresh")
    session.expect_linux_well()


@pytest.mark.parametrize("machine", [arm64(), arm(), x86()])
def test_passive_cell_is_never_asked(boot, machine):
    session = boot(**machine)
    session.insmod()
    session.enable()
    start_cell(session, "test-passive", "hostile.bin", "test=refuse-shutdown")
    session.shutdown("test-passive")
    session.destroy("test-passive")
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("machine", [x86("xapic", "6.1"), x86("x2apic")])
def test_timer_that_does_not_give_in_at_once(boot, machine):
    """apic-demo denies the first request, whichever it is, and gives in to the second."""
    session = boot(**machine)
    session.insmod()
    session.enable()
    for request in ("shutdown", "destroy"):
        session.run_cell(session.plan.cell)
        session.refused(f"jailhouse cell {request} {session.cell}", "refuses", "Operation not permitted")
        session.expect_ticking(1)
        session.check(f"jailhouse cell {request} {session.cell}")
        if request == "shutdown":
            assert session.ticks(1) == 0
            session.destroy()
    session.disable()
    session.expect_linux_well()
