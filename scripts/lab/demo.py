# SPDX-License-Identifier: GPL-2.0-only
"""
Plays a whole session on an emulated machine: stock Linux, hypervisor, a cell, and back again.

    demo [--interactive] [arm64]
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
from .qemu import Board
from .rootcell import write_initramfs

SERIES = "6.12"
SYSFS = "/sys/devices/jailhouse"
CELL = "inmate-demo"
SECONDS = 10
# At 10 Hz, with some room for a busy machine below the emulator.
ENOUGH = SECONDS * 10 * 8 // 10


class Failed(Exception):
    """The session went other than it should."""


def _require(condition, reason):
    if not condition:
        raise Failed(reason)


def _show(label, line):
    print(f"{label:<10} | {line}", flush=True)


def _wait_for_ticks(machine, seconds, enough):
    since = machine.inmate.mark()
    machine.sleep(seconds)
    got = len(jitter.values(machine.inmate.text()[since:]))
    _require(got >= enough, f"the inmate's timer fired {got} times in {seconds} s, expected about {seconds * 10}")


def _start(machine):
    """Load and start the inmate, and see it at work."""
    machine.check(f"jailhouse cell load {CELL} gic-demo.bin")
    machine.check(f"jailhouse cell start {CELL}")


def _look(machine):
    """What the root cell can know about the running cell."""
    cells = machine.check("jailhouse cell list")
    row = next((line for line in cells.splitlines() if CELL in line), "")
    _require("running" in row, f"cell list does not show {CELL} as running")
    machine.check(f"grep -H . {SYSFS}/cells/1/statistics/vmexits_*")
    machine.check(f"grep -H . {SYSFS}/mem_pool_used {SYSFS}/remap_pool_used")


def play(machine):
    """The session, from the first command to the last."""
    online = machine.check("cat /sys/devices/system/cpu/online")
    machine.check("insmod jailhouse.ko")
    machine.check("jailhouse enable qemu-arm64.cell")
    machine.wait_for(machine.hypervisor, "Activating hypervisor")
    machine.check("jailhouse cell create qemu-arm64-inmate-demo.cell")
    _start(machine)
    _wait_for_ticks(machine, SECONDS, ENOUGH)
    _look(machine)
    machine.check(f"jailhouse cell shutdown {CELL}")
    _start(machine)
    _wait_for_ticks(machine, 3, 10)
    machine.check(f"jailhouse cell destroy {CELL}")
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
    return Board(kernel=kernel_dir(arch, SERIES) / "vmlinuz", initrd=folder / "root.cpio.gz"), folder


def run_session(board, folder):
    """Play the session; the verdict is None or the reason why it failed."""
    say(f"booting Linux {SERIES} in the root cell-to-be; logs in {folder}")
    try:
        with Machine(board, folder, on_line=_show) as machine:
            play(machine)
    except Failed as failure:
        return str(failure)
    except (MachineError, CommandFailed) as failure:
        print(failure)
        return str(failure).split("\n", maxsplit=1)[0]
    return None


def report(folder):
    """Draw the jitter that the inmate measured."""
    print("\nJitter of the inmate's 10 Hz timer (an emulator's, not a real machine's):\n")
    for line in jitter.histogram(jitter.values((folder / "inmate.log").read_text("utf-8", "replace"))):
        print(f"  {line}")
    print()


def interactive(board, folder):
    """Leave the person at the root cell's shell."""
    board.cmdline += " lab=interactive"
    print(
        f"\nThe root cell's shell follows. Its files are in /root. Try:\n"
        f"  insmod jailhouse.ko; jailhouse enable qemu-arm64.cell\n"
        f"  jailhouse cell create qemu-arm64-inmate-demo.cell\n"
        f"  jailhouse cell load {CELL} gic-demo.bin; jailhouse cell start {CELL}\n"
        f"The other consoles, in another terminal:\n"
        f"  tail -f {folder}/hypervisor.log {folder}/inmate.log\n"
        f"To leave: poweroff, or Ctrl-A x.\n"
    )
    command = board.command(["-serial", "mon:stdio"], folder / "hypervisor.log", folder / "inmate.log")
    return subprocess.run(command, check=False).returncode


def main():
    parser = argparse.ArgumentParser(prog="scripts/demo", description="Play a session on an emulated machine.")
    parser.add_argument("--interactive", action="store_true", help="give me the root cell's shell instead")
    parser.add_argument("arch", nargs="?", default="arm64", choices=["arm64"])
    arguments = parser.parse_args()
    name = f"demo {arguments.arch}"
    try:
        board, folder = prepare(arguments.arch)
        if arguments.interactive:
            return interactive(board, folder)
        reason = run_session(board, folder)
        report(folder)
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
