# SPDX-License-Identifier: GPL-2.0-only
"""
Plays a whole session on an emulated machine: stock Linux, hypervisor, a cell, and back again.

    demo [--interactive] [arm64|arm|x86]
"""

import argparse
import subprocess
import sys

from . import jitter
from .build import root_cell_files
from .debian import LabError, say
from .kernels import fetch_busybox
from .machine import CommandFailed, Machine, MachineError
from .paths import BUILD, kernel_dir
from .plans import PLANS
from .qemu import BOARDS
from .rootcell import write_initramfs

SERIES = "6.12"
SYSFS = "/sys/devices/jailhouse"
SECONDS = 10
# At 10 Hz, with some room for a busy machine below the emulator.
ENOUGH = SECONDS * 10 * 8 // 10
NOT_PERMITTED = "Operation not permitted"


class Failed(Exception):
    """The session went other than it should."""


def _require(condition, reason):
    if not condition:
        raise Failed(reason)


def _show(label, line):
    print(f"{label:<10} | {line}", flush=True)


class Player:
    """Types the session at the root cell's shell."""

    def __init__(self, machine, plan):
        self.machine = machine
        self.plan = plan

    def refused(self, command):
        """The command has to end with EPERM; the tool's second line tells the person why."""
        output = self.machine.check(command, status=1)
        lines = output.strip().splitlines()
        _require(NOT_PERMITTED in output, f"{command}: not refused with EPERM")
        _require(len(lines) > 1, f"{command}: refused without a reason")

    def start(self, cell):
        """Load and start an inmate, and see it at work."""
        log = self.machine.logs[cell.console]
        since = log.mark()
        self.machine.check(cell.load(self.plan.arguments if cell is self.plan.cell else ""))
        self.machine.check(f"jailhouse cell start {cell.name}")
        self.machine.wait_for(log, cell.sign, since=since)

    def create(self, cell):
        self.machine.check(f"jailhouse cell create {self.plan.config(cell.name)}")
        self.start(cell)

    def state_is(self, cell, state, show):
        """Whether the list of cells shows the cell in a state."""
        cells = self.machine.check("jailhouse cell list", show=show)
        return any(line.split()[1:3] == [cell.name, state] for line in cells.splitlines())

    def see_lock(self, request):
        """As long as the cell has locked the configuration, a request that changes it is refused."""
        cell = self.plan.cell
        _require(self.state_is(cell, "running/locked", show=True), f"{cell.name} has not locked the configuration")
        self.refused(request)
        for _ in range(60):
            if self.state_is(cell, "running", show=False):
                return
            self.machine.sleep(0.5)
        raise Failed(f"{cell.name} keeps the configuration locked")

    def make_agree(self, request):
        """A request that the cell is asked about."""
        if self.plan.stubborn:
            self.refused(request)
        self.machine.check(request)

    def wait_for_ticks(self, seconds, enough):
        log = self.machine.logs[self.plan.cell.console]
        since = log.mark()
        self.machine.sleep(seconds)
        got = len(jitter.values(log.text()[since:]))
        _require(got >= enough, f"the inmate's timer fired {got} times in {seconds} s, expected about {seconds * 10}")

    def look(self):
        """What the root cell can know about the running cell."""
        cell = self.plan.cell
        _require(self.state_is(cell, "running", show=True), f"cell list does not show {cell.name} as running")
        self.machine.check(f"grep -H . {SYSFS}/cells/1/statistics/vmexits_*")
        self.machine.check(f"grep -H . {SYSFS}/mem_pool_used {SYSFS}/remap_pool_used")

    def cells(self):
        """All that happens between enable and disable."""
        cell, neighbour, stubborn = self.plan.cell, self.plan.neighbour, self.plan.stubborn
        self.create(cell)
        if stubborn:
            self.see_lock(f"jailhouse cell create {self.plan.config(neighbour.name)}")
            self.create(neighbour)
        self.wait_for_ticks(SECONDS, ENOUGH)
        self.look()
        self.make_agree(f"jailhouse cell shutdown {cell.name}")
        self.start(cell)
        if stubborn:
            self.see_lock(f"jailhouse cell destroy {neighbour.name}")
            self.machine.check(f"jailhouse cell destroy {neighbour.name}")
        self.wait_for_ticks(3, 10)
        self.make_agree(f"jailhouse cell destroy {cell.name}")

    def play(self):
        """The session, from the first command to the last."""
        machine = self.machine
        online = machine.check("cat /sys/devices/system/cpu/online")
        machine.check("insmod jailhouse.ko")
        machine.check(f"jailhouse enable {self.plan.system}.cell")
        machine.wait_for(machine.hypervisor, "Activating hypervisor")
        self.cells()
        machine.check("jailhouse disable")
        machine.check("rmmod jailhouse")
        _require(machine.check("cat /sys/devices/system/cpu/online") == online, "not every CPU came back to Linux")
        complaints = machine.complaints()
        _require(not complaints, f"Linux complained: {complaints[:1]}")


def prepare(arch):
    """Fetch and build all there is to fetch and build; the board to run."""
    busybox = fetch_busybox(arch)
    files = root_cell_files(arch, SERIES)
    folder = BUILD / "demo" / arch
    folder.mkdir(parents=True, exist_ok=True)
    write_initramfs(folder / "root.cpio.gz", busybox, files)
    return BOARDS[arch](kernel=kernel_dir(arch, SERIES) / "vmlinuz", initrd=folder / "root.cpio.gz"), folder


def run_session(board, folder, plan):
    """Play the session; the verdict is None or the reason why it failed."""
    say(f"booting Linux {SERIES} in the root cell-to-be; logs in {folder}")
    try:
        with Machine(board, folder, on_line=_show) as machine:
            Player(machine, plan).play()
    except Failed as failure:
        return str(failure)
    except (MachineError, CommandFailed) as failure:
        print(failure)
        return str(failure).split("\n", maxsplit=1)[0]
    return None


def report(folder, plan):
    """Draw the jitter that the inmate measured."""
    print("\nJitter of the inmate's 10 Hz timer (an emulator's, not a real machine's):\n")
    text = (folder / f"{plan.cell.console}.log").read_text("utf-8", "replace")
    for line in jitter.histogram(jitter.values(text)):
        print(f"  {line}")
    print()


def interactive(board, folder, plan):
    """Leave the person at the root cell's shell."""
    board.cmdline += " lab=interactive"
    cell = plan.cell
    logs = {name: folder / f"{name}.log" for name in board.consoles}
    print(
        f"\nThe root cell's shell follows. Its files are in /root. Try:\n"
        f"  insmod jailhouse.ko; jailhouse enable {plan.system}.cell\n"
        f"  jailhouse cell create {plan.config(cell.name)}\n"
        f"  {cell.load()}; jailhouse cell start {cell.name}\n"
        f"The other consoles, in another terminal:\n"
        f"  tail -f {' '.join(map(str, logs.values()))}\n"
        f"To leave: poweroff, or Ctrl-A x.\n"
    )
    return subprocess.run(board.command(["-serial", "mon:stdio"], logs), check=False).returncode


def main():
    parser = argparse.ArgumentParser(prog="scripts/demo", description="Play a session on an emulated machine.")
    parser.add_argument("--interactive", action="store_true", help="give me the root cell's shell instead")
    parser.add_argument("arch", nargs="?", default="arm64", choices=sorted(PLANS))
    arguments = parser.parse_args()
    name, plan = f"demo {arguments.arch}", PLANS[arguments.arch]
    try:
        board, folder = prepare(arguments.arch)
        if arguments.interactive:
            return interactive(board, folder, plan)
        reason = run_session(board, folder, plan)
        report(folder, plan)
    except (LabError, OSError) as error:
        reason = str(error)
        print(reason, file=sys.stderr)
        reason = reason.split("\n", maxsplit=1)[0]
    except KeyboardInterrupt:
        reason = "interrupted"
    print(f"{name}: FAIL: {reason}" if reason else f"{name}: PASS")
    return 1 if reason else 0


if __name__ == "__main__":
    sys.exit(main())
