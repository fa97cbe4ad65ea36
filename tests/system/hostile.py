# SPDX-License-Identifier: GPL-2.0-only
"""
What becomes of the cell when inmates/tests/*/hostile.bin attacks (inmates/tests/README.md), and what nobody else may notice.

The attacker's cell has its console in the hypervisor's log, because inmate-demo is to keep the UART to itself: it runs all
the time and has to keep its 10 Hz.
"""

import re

import pytest
from conftest import boot_machine
from session import Session

CELL = "test-console"
READ_ONLY, DATA, RTC, RTC_ID, NO_DEVICE = 0x10000000, 0x10001000, 0x09010000, 0x09010FE0, 0x09040100

# name, or name:options where one attack needs them or is tried in several ways.
#
# The CPUs of these machines have addresses beyond 40 bits, so that no stage-1 fault comes before stage 2 (read-beyond).
# Of accesses that the syndrome does not describe, those of vector registers and exclusive ones are not emulated; and none
# that is unaligned, unless the region has IO_UNALIGNED, or that reaches beyond its region.
FAILS = f"""
read-outside write-outside jump-outside read-hypervisor write-hypervisor jump-hypervisor read-beyond
jump-comm walk-outside mmio-jump write-readonly:addr={READ_ONLY:#x} hvc-immediate
mmio-load-exclusive mmio-store-exclusive mmio-load-simd mmio-load-fp mmio-store-simd
mmio-unaligned mmio-unaligned-write mmio-straddle mmio-zero-block
mmio-unaligned:addr={RTC_ID:#x} mmio-straddle:addr={RTC + 0xa:#x}
""".split()

# mmio-clean-line does nothing here: the emulator has no caches. A CPU that has takes a stage-2 fault, and the cell fails.
FINISHES = f"""
gicd-foreign gicd-sweep gicr-foreign gicr-tables sgi-foreign timer-storm:seconds=2 sgi-storm:seconds=2 sgi-many
smc-unknown psci-bogus cpu-on-foreign hypercall-root-only hypercall-bogus hypercall-allowed cpu-suspend
el2-registers el2-instructions debug-registers impdef-registers eret-to-el2 cache-set-way caches-off undefined
mmio-load-post-index mmio-load-pre-index mmio-load-pair mmio-load-pair-post-index mmio-load-pair64 mmio-load-signed
mmio-load-signed-post-index mmio-load-acquire mmio-store-post-index mmio-store-pre-index mmio-store-pair
mmio-clean-line mmio-load-pair:addr={RTC:#x}
""".split()

# fault-loop: each fault leads to the next within EL1, as its vectors are not mapped at stage 1.
# cpu-off-last: a cell says itself that it has ended. It does not.
RUNS_ON = "fault-loop cpu-off-last irq-never-ends wfi-masked wfe-masked endless-loop never-answer answer-early".split()
ENDS = "system-off system-reset".split()
STATES = {"scribble-comm": "invalid", "claim-state": "invalid"}

# Width in bits, "write", address: whether the flags of the test cell's regions let it through.
WIDTHS = [
    (32, "", RTC, True),
    (8, "", RTC, False),
    (16, "", RTC, False),
    (64, "", RTC, False),
    (8, "write", RTC, False),
    (32, "", RTC_ID, True),
    (8, "", RTC_ID, True),
    (16, "", RTC_ID, False),
    (32, "write", RTC_ID, False),
    (8, "write", RTC_ID, False),
]

# Described by the syndrome, decoded, or carried out byte by byte.
BUS_ERRORS = [
    *[("mmio-width", f"width={bits}{write}") for bits in (8, 16, 32, 64) for write in ("", " write")],
    ("mmio-store-post-index", ""), ("mmio-store-pair", ""), ("mmio-unaligned", ""), ("mmio-unaligned-write", ""),
]


class Arena:
    """A machine with inmate-demo running, for one attack after the other."""

    def __init__(self, session):
        self.session = session
        self.log = session.machine.hypervisor
        session.insmod()
        session.enable()
        self.start_bystander()
        self.idle = session.figures()
        self.online = session.cpus_online()
        self.since = 0
        self.hurt = False

    def start_bystander(self):
        self.session.create()
        self.session.load()
        self.session.start()

    def repair(self):
        """After a test that failed: its cell may still be there, and inmate-demo may be dead."""
        if CELL in self.session.cells():
            self.session.destroy(CELL)
        if self.hurt:
            self.session.destroy()
            self.start_bystander()
            self.hurt = False

    def begin(self, name, options=""):
        """Create the attacker's cell and let it begin."""
        self.repair()
        self.since = self.log.mark()
        self.session.create(CELL)
        self.session.load(CELL, "hostile.bin", f"test={name} {options}".strip())
        self.session.start(CELL)

    def printed(self):
        """What the attacker printed, and the core about it; but the core's line on the start may interrupt it."""
        return self.log.text()[self.since:].replace(f'Started cell "{CELL}"\n', "")

    def outcome(self, name, seconds=20):
        """"finished" or the state that the cell ended in, "running" if nothing happens."""
        for _ in range(seconds * 2):
            match = re.search(rf"FINISHED {name} wrong=(\d+)", self.printed())
            if match:
                return "finished" if match.group(1) == "0" else "finished with differences"
            state = self.session.state(CELL)
            if state != "running":
                return state
            self.session.machine.sleep(0.4)
        return "running"

    def end(self):
        """Destroy the cell; neither Linux nor inmate-demo may have noticed anything."""
        session = self.session
        self.hurt = True
        session.destroy(CELL)
        assert session.figures() == self.idle
        assert session.cpus_online() == self.online
        assert session.state("inmate-demo") == "running"
        session.expect_ticking(1)
        self.hurt = False

    def expect(self, name, options, outcome):
        """One attack with its outcome; the cell can be made anew afterwards."""
        self.begin(name, options)
        got = self.outcome(name, 4 if outcome == "running" else 20)
        assert got == outcome, f"{name}: {got}, expected {outcome}\n{self.printed()}"
        self.end()


def make_fixture(gic, series):
    """The arena as a fixture of a test module."""

    @pytest.fixture(scope="module")
    def arena():
        with boot_machine(f"hostile-gicv{gic}", gic=gic, series=series) as machine:
            session = Session(machine)
            found = Arena(session)
            yield found
            session.destroy()
            session.disable()
            session.expect_linux_well()

    return arena


def split(entry):
    name, _, options = entry.partition(":")
    return name, options


class HostileTests:
    """The tests of a module; each has them for its own kind of interrupt controller."""

    @pytest.mark.parametrize("entry", FAILS)
    def test_fails(self, arena, entry):
        arena.expect(*split(entry), "failed")

    @pytest.mark.parametrize("entry", FINISHES)
    def test_finishes(self, arena, entry):
        arena.expect(*split(entry), "finished")

    @pytest.mark.parametrize("name", RUNS_ON)
    def test_runs_on(self, arena, name):
        arena.expect(name, "", "running")

    @pytest.mark.parametrize("name", ENDS)
    def test_ends_only_itself(self, arena, name):
        arena.expect(name, "", "shut down")

    def test_state_that_changes_all_the_time(self, arena):
        """Which state is read is a race that the cell makes on purpose; but never one that there is not, or that is not its."""
        arena.begin("flicker-state")
        seen = set()
        for _ in range(20):
            seen.add(arena.session.state(CELL))
            arena.session.machine.sleep(0.05)
        assert seen <= {"running", "running/locked", "shut down", "failed", "Comm ABI mismatch", "invalid"}
        assert len(seen) > 1
        assert arena.session.cells()[CELL][3] == "", "a CPU is listed as failed"
        arena.end()

    @pytest.mark.parametrize("name", STATES)
    def test_claims_a_state(self, arena, name):
        arena.begin(name)
        arena.session.wait_state(CELL, STATES[name])
        arena.end()

    @pytest.mark.parametrize("bits,write,address,allowed", WIDTHS)
    def test_width_of_sub_page_access(self, arena, bits, write, address, allowed):
        options = f"addr={address:#x} width={bits} {write}"
        arena.expect("mmio-width", options, "finished" if allowed else "failed")

    @pytest.mark.parametrize("name,options", BUS_ERRORS)
    def test_bus_error(self, arena, name, options):
        """Guarded accesses that are allowed, but no device answers."""
        arena.expect(name, f"addr={NO_DEVICE:#x} {options}", "failed")
        assert "FATAL: bus error: " in arena.printed()

    def test_bus_error_of_linux(self, arena):
        """On the page that the root cell shares with the test cell the core does it for Linux."""
        arena.begin("none")
        status, output = arena.session.machine.run(f"devmem {NO_DEVICE + 0x100:#x} 32")
        assert status != 0 and "Bus error" in output, (status, output)
        assert "FATAL" not in arena.printed()
        arena.end()

    def test_shutdown_that_nobody_answers(self, arena):
        """The message's timeout ends the wait, in favour of the one who asks."""
        arena.begin("never-answer")
        arena.session.machine.sleep(1)
        arena.session.machine.run(f"jailhouse cell shutdown {CELL}", timeout=20)
        arena.end()

    def test_locked_configuration(self, arena):
        arena.begin("lock", "seconds=6")
        arena.session.wait_state(CELL, "running/locked")
        arena.session.refused("jailhouse cell create qemu-arm64-uart-demo.cell", "locked|CPU")
        arena.session.refused(f"jailhouse cell load {CELL} gic-demo.bin", "is running", "Device or resource busy")
        arena.session.refused("jailhouse cell destroy inmate-demo", "locked", "Operation not permitted")
        arena.session.wait_state(CELL, "running")
        arena.end()
