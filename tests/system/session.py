# SPDX-License-Identifier: GPL-2.0-only
"""What the tests do over and over at the root cell's shell, with the checks that belong to it."""

import re

from lab import jitter
from lab.plans import PLANS, Cell

SYSFS = "/sys/devices/jailhouse"
FIGURES = ("mem_pool_size", "mem_pool_used", "remap_pool_size", "remap_pool_used")


def parse_cpus(text):
    """Numbers in a list such as 0-2,4."""
    ranges = [(part.split("-") * 2)[:2] for part in text.split(",")]
    return [cpu for low, high in ranges for cpu in range(int(low), int(high) + 1)]


class Session:
    """
    The root cell of a machine. plan: names of the configurations, of the cell with the timer and of its neighbour, as the
    demo uses them. Where a cell is not named, it is the timer's.
    """

    def __init__(self, machine):
        self.machine = machine
        self.plan = PLANS[machine.board.arch]
        self.cell = self.plan.cell.name
        self.system = f"{self.plan.system}{machine.board.variant}.cell"
        self.online = self.cpus_online()

    def check(self, command, timeout=60, status=0):
        return self.machine.check(command, timeout, status)

    def jailhouse(self, words, timeout=60):
        return self.check(f"jailhouse {words}", timeout)

    def insmod(self):
        self.check("insmod jailhouse.ko")

    def enable(self):
        """Enable, with a look at the hypervisor's console."""
        since = self.machine.hypervisor.mark()
        self.jailhouse(f"enable {self.system}")
        self.machine.wait_for(self.machine.hypervisor, "Activating hypervisor", since=since)

    def disable(self):
        self.jailhouse("disable")

    def create(self, cell=None):
        self.jailhouse(f"cell create {self.plan.config(cell or self.cell)}")

    def load(self, cell=None, image=None, arguments=""):
        self.check(Cell(cell or self.cell, image or self.plan.cell.image).load(arguments))

    def start(self, cell=None):
        self.jailhouse(f"cell start {cell or self.cell}")

    def run_cell(self, cell):
        """Create, load and start a cell of the plan, and wait until it is at work."""
        log = self.machine.logs[cell.console]
        since = log.mark()
        self.create(cell.name)
        self.load(cell.name, cell.image)
        self.start(cell.name)
        self.machine.wait_for(log, cell.sign, since=since)

    def _make_agree(self, request, cell):
        """A request that the cell is asked about; a stubborn one denies the first. What ran before, and how, is not known here."""
        command = f"jailhouse cell {request} {cell or self.cell}"
        status, output = self.machine.run(command)
        if status and cell in (None, self.cell) and self.plan.stubborn:
            assert "Operation not permitted" in output, output
            status, output = self.machine.run(command)
        assert status == 0, f"{command}: exit status {status}\n{output}"

    def shutdown(self, cell=None):
        self._make_agree("shutdown", cell)

    def destroy(self, cell=None):
        self._make_agree("destroy", cell)

    def cells(self):
        """Cells as "cell list" shows them: name -> (ID, state, assigned CPUs, failed CPUs)."""
        rows = [line for line in self.jailhouse("cell list").splitlines()[1:] if line.strip()]
        columns = ((0, 8), (8, 32), (32, 50), (50, 74), (74, 98))
        found = {}
        for row in rows:
            number, name, state, assigned, failed = (row[a:b].strip() for a, b in columns)
            found[name] = (int(number), state, assigned, failed)
        return found

    def state(self, cell):
        return self.cells()[cell][1]

    def wait_state(self, cell, wanted, seconds=10):
        """Wait until a cell is in a state."""
        state = None
        for _ in range(seconds * 5):
            state = self.state(cell)
            if state == wanted:
                return
            self.machine.sleep(0.2)
        raise AssertionError(f"cell {cell} is {state}, not {wanted}\n{self.machine.tail()}")

    def figures(self):
        """Sizes and use of the core's pools, as sysfs shows them."""
        output = self.check("cat " + " ".join(f"{SYSFS}/{name}" for name in FIGURES))
        return dict(zip(FIGURES, map(int, output.split())))

    def statistics(self, number):
        """Exit counters of a cell."""
        output = self.check(f"grep -H . {SYSFS}/cells/{number}/statistics/vmexits_*")
        return {name: int(value) for name, value in re.findall(r"vmexits_(\w+):(\d+)", output)}

    def cpus_online(self):
        return self.check("cat /sys/devices/system/cpu/online").strip()

    def expect_cpus_left(self, *cells):
        """Linux has all CPUs but those of the cells."""
        listed = self.cells()
        given = [cpu for cell in cells for cpu in parse_cpus(listed[cell][2])]
        left = parse_cpus(self.cpus_online())
        assert given, f"{cells} have no CPUs"
        assert sorted(given + left) == parse_cpus(self.online)

    def cpus_to_toggle(self):
        """CPUs that Linux has now and can do without; the first one it cannot."""
        return parse_cpus(self.cpus_online())[1:]

    def ticks(self, seconds, since=None):
        """Timer ticks that the inmate reports from now on within some seconds."""
        log = self.machine.inmate
        since = log.mark() if since is None else since
        self.machine.sleep(seconds)
        return len(jitter.values(log.text()[since:]))

    def expect_ticking(self, seconds=2, rate=10):
        """The timer demo keeps its rate, give or take what an emulator on a busy machine needs."""
        since = self.machine.inmate.mark()
        self.machine.sleep(seconds)
        self.expect_ticks(seconds, since, rate)

    def expect_ticks(self, seconds, since, rate=10):
        """The same for seconds that are over: since then."""
        got = len(jitter.values(self.machine.inmate.text()[since:]))
        wanted = seconds * rate
        assert wanted * 0.8 - 1 <= got <= wanted * 1.2 + 1, f"{got} ticks in {seconds:.1f} s, expected {wanted:.0f}"

    def refused(self, command, reason, error=None):
        """The command must fail, name the reason (a regular expression), and leave Linux well."""
        status, output = self.machine.run(command)
        assert status == 1, f"{command}: exit status {status}, expected 1\n{output}"
        assert re.search(reason, output, re.IGNORECASE), f"{command}: no {reason!r} in\n{output}"
        if error:
            assert error in output, f"{command}: no {error!r} in\n{output}"
        return output

    def expect_linux_well(self):
        """Linux has all its CPUs, schedules on each, keeps time, and has complained about nothing."""
        self.expect_linux_well_on(self.online)

    def expect_linux_well_on(self, cpus):
        """The same where some CPUs are in cells."""
        assert self.cpus_online() == cpus
        for cpu in parse_cpus(cpus):
            self.check(f"taskset -c {cpu} true", timeout=20)
        before = float(self.check("cut -d' ' -f1 /proc/uptime"))
        self.check("usleep 100000")
        assert float(self.check("cut -d' ' -f1 /proc/uptime")) > before
        complaints = self.machine.complaints()
        assert not complaints, complaints[:5]
