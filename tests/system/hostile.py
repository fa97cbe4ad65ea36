# SPDX-License-Identifier: GPL-2.0-only
"""
What becomes of the cell when inmates/tests/*/hostile.bin attacks (inmates/tests/README.md), and what nobody else may notice.

The attacker prints to a console of its own, because the timer's cell is to keep its UART to itself: it runs all the time and
has to keep its 10 Hz.
"""

import dataclasses
import re
import time

import pytest
from conftest import boot_machine
from session import Session


@dataclasses.dataclass(frozen=True)
class Attacks:
    """
    What an architecture's attacks come to. An attack is a name, or name:options where it is tried in several ways. cell: the
    attacker's; console: where it prints, as the board names it.
    """

    cell: str
    console: str
    fails: tuple
    finishes: tuple
    runs_on: tuple
    # What is up to the hypervisor's rules, or to the CPU.
    finishes_or_fails: tuple = ()
    # Those that end the whole machine, as the cell sees it.
    ends: tuple = ()
    # Attack -> state that the cell then seems to be in.
    states: dict = dataclasses.field(default_factory=lambda: {"scribble-comm": "invalid", "claim-state": "invalid"})
    # Width in bits, "write" or nothing, address, whether the flags of the cell's regions let it through.
    widths: tuple = ()


def split(attack):
    name, _, options = attack.partition(":")
    return name, options


class Arena:
    """A machine with the timer's cell running, for one attack after the other."""

    def __init__(self, session, attacks):
        self.session = session
        self.cell = attacks.cell
        self.log = session.machine.logs[attacks.console]
        session.insmod()
        session.enable()
        self.start_bystander()
        self.idle = session.figures()
        self.online = session.cpus_online()
        self.since = 0
        self.began = self.ticks_since = 0
        self.hurt = False

    def start_bystander(self):
        self.session.run_cell(self.session.plan.cell)

    def repair(self):
        """After a test that failed: its cell may still be there, and the timer's may be dead."""
        if self.cell in self.session.cells():
            self.session.destroy(self.cell)
        if self.hurt:
            self.session.destroy()
            self.start_bystander()
            self.hurt = False

    def begin(self, name, options=""):
        """Create the attacker's cell and let it begin."""
        self.repair()
        self.since = self.log.mark()
        self.began, self.ticks_since = time.monotonic(), self.session.machine.inmate.mark()
        self.session.create(self.cell)
        self.session.load(self.cell, "hostile.bin", f"test={name} {options}".strip())
        self.session.start(self.cell)

    def printed(self):
        """What the attacker printed, and the core about it."""
        return self.log.text()[self.since:]

    def outcome(self, name, seconds=20):
        """"finished" or the state that the cell ended in, "running" if nothing happens."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            match = re.search(rf"FINISHED {name} wrong=(\d+)", self.printed())
            if match:
                return "finished" if match.group(1) == "0" else "finished with differences"
            state = self.session.state(self.cell)
            if state != "running":
                return state
            self.session.machine.sleep(0.1)
        return "running"

    def end(self):
        """Destroy the cell; neither Linux nor the timer's cell may have noticed anything."""
        session = self.session
        self.hurt = True
        session.destroy(self.cell)
        assert session.figures() == self.idle
        assert session.cpus_online() == self.online
        assert session.state(session.cell) == "running"
        session.expect_ticks(time.monotonic() - self.began, self.ticks_since)
        session.machine.wait_for(session.machine.inmate, "Timer fired", since=session.machine.inmate.mark(), timeout=3)
        self.hurt = False

    def expect(self, attack, *outcomes):
        """One attack with one of the outcomes; the cell can be made anew afterwards."""
        name, options = split(attack)
        self.begin(name, options)
        got = self.outcome(name, 2 if "running" in outcomes else 20)
        printed = self.printed()
        assert got in outcomes, f"{name}: {got}, expected {' or '.join(outcomes)}\n{printed}"
        self.end()


def make_fixture(name, attacks, **machine):
    """The arena as a fixture of a test module."""

    @pytest.fixture(scope="module")
    def arena():
        with boot_machine(f"hostile-{name}", **machine) as running:
            session = Session(running)
            found = Arena(session, attacks)
            yield found
            session.destroy()
            session.disable()
            session.expect_linux_well()

    return arena


# Test parameter -> the table that it goes through.
TABLES = {
    "failing": "fails", "finishing": "finishes", "undecided": "finishes_or_fails", "running": "runs_on",
    "ending": "ends", "claiming": "states", "width": "widths",
}


def identify(value):
    """Name of a test; pytest makes one up itself for what is neither an attack nor a width."""
    return "-".join(map(str, filter(None, value))) if isinstance(value, tuple) else None


class HostileTests:
    """The tests of a module; each has them for its own attacks."""

    attacks = None

    def pytest_generate_tests(self, metafunc):
        for parameter, table in TABLES.items():
            if parameter in metafunc.fixturenames:
                metafunc.parametrize(parameter, list(getattr(self.attacks, table)), ids=identify)

    def test_fails(self, arena, failing):
        arena.expect(failing, "failed")

    def test_finishes(self, arena, finishing):
        arena.expect(finishing, "finished")

    def test_runs_on(self, arena, running):
        arena.expect(running, "running")

    def test_state_that_changes_all_the_time(self, arena):
        """Which state is read is a race that the cell makes on purpose; but never one that there is not, or that is not its."""
        arena.begin("flicker-state")
        seen = set()
        for _ in range(20):
            seen.add(arena.session.state(arena.cell))
            arena.session.machine.sleep(0.05)
        assert seen <= {"running", "running/locked", "shut down", "failed", "Comm ABI mismatch", "invalid"}
        assert len(seen) > 1
        assert arena.session.cells()[arena.cell][3] == "", "a CPU is listed as failed"
        arena.end()

    def test_claims_a_state(self, arena, claiming):
        arena.begin(claiming)
        arena.session.wait_state(arena.cell, self.attacks.states[claiming])
        arena.end()

    def test_width_of_sub_page_access(self, arena, width):
        bits, write, address, allowed = width
        attack = f"mmio-width:addr={address:#x} width={bits} {write}"
        arena.expect(attack, "finished" if allowed else "failed")

    def test_shutdown_that_nobody_answers(self, arena):
        """The message's timeout ends the wait, in favour of the one who asks."""
        arena.begin("never-answer")
        arena.session.machine.sleep(1)
        arena.session.machine.run(f"jailhouse cell shutdown {arena.cell}", timeout=20)
        arena.end()

    def test_locked_configuration(self, arena):
        session = arena.session
        arena.begin("lock", "seconds=6")
        session.wait_state(arena.cell, "running/locked")
        session.refused(f"jailhouse cell create {session.plan.config(session.plan.neighbour.name)}", "locked|CPU")
        image = session.plan.cell.image
        session.refused(f"jailhouse cell load {arena.cell} {image}", "is running", "Device or resource busy")
        session.refused(f"jailhouse cell destroy {session.cell}", "locked", "Operation not permitted")
        session.wait_state(arena.cell, "running")
        arena.end()


class UndecidedTests(HostileTests):
    """Those of attacks that may end in either way, too."""

    def test_finishes_or_fails(self, arena, undecided):
        arena.expect(undecided, "finished", "failed")
