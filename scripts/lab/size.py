# SPDX-License-Identifier: GPL-2.0-only
"""
How big the core is: a table with a column for each architecture.

    size [--no-run] [ARCH...]

Source lines are those without blanks and comments. Memory is that of the demo's machine with 4 CPUs: the core, an area for
each CPU, and pages of its pool.
"""

import argparse
import re
import struct
import subprocess
import sys

from .build import CROSS_COMPILE, Tree, root_cell_files
from .debian import LabError
from .demo import prepare
from .machine import CommandFailed, Machine, MachineError
from .paths import BUILD, TOP
from .plans import PLANS

BLANK_OR_COMMENT = re.compile(r"^\s*($|//|/\*|\*( |/|$))")
# Folders beside core/ and include/, and the source of the one UART that the boards of the lab have.
FOLDERS = {"arm64": ("arch/arm64", "arch/arm-common"), "arm": ("arch/arm", "arch/arm-common"), "x86": ("arch/x86", "pci")}
UART = ("uart.c", "drivers.h", "8250.c")
# include/jailhouse/image.h: the signature; image_size, core_size, percpu_size
HEADER = struct.Struct("<8s3I")
PAGE = 4096


def architectures():
    """Those that have a core."""
    return [arch for arch in FOLDERS if (TOP / "hypervisor/arch" / arch / "entry.S").exists()]


def count(names):
    """Source lines of files."""
    lines = (line for name in names for line in (TOP / name).read_text("utf-8").splitlines())
    return sum(not BLANK_OR_COMMENT.match(line) for line in lines)


def lines(arch):
    """Source lines: core, architecture, one UART, all three; headers that the folders share, and the other UARTs."""
    output = subprocess.run(["git", "ls-files", "hypervisor"], cwd=TOP, stdout=subprocess.PIPE, text=True, check=True).stdout
    names = [name for name in output.split() if name.endswith((".c", ".h", ".S"))]

    def below(*folders):
        return [name for name in names if name.startswith(tuple(f"hypervisor/{folder}/" for folder in folders))]

    uarts = below("uart")
    one = [name for name in uarts if name.endswith(tuple(f"/{part}" for part in UART))]
    parts = [count(group) for group in (below("core"), below(*FOLDERS[arch]), one)]
    return [*parts, sum(parts), count(below("include")), count(uarts) - count(one)]


def sections(tree):
    """Bytes of text (with constants), data and bss."""
    command = [f"{CROSS_COMPILE[tree.arch]}size", tree.root / "hypervisor" / f"obj-{tree.arch}" / "hypervisor.elf"]
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [int(word) for word in output.splitlines()[1].split()[:3]]


def fixed_memory(tree, cpus):
    """Bytes that the core and its areas for CPUs take."""
    image = next(iter(sorted((tree.root / "hypervisor").glob("jailhouse*.bin")))).read_bytes()
    _, _, core, percpu = HEADER.unpack_from(image)
    return core + cpus * percpu


def pool_pages(arch):
    """Pages of the pool that are used after enable, and with the demo's cell running; and the number of CPUs."""
    board, _ = prepare(arch)
    cell = PLANS[arch].cell

    with Machine(board, BUILD / "size" / arch) as machine:

        def used():
            return int(machine.check("cat /sys/devices/jailhouse/mem_pool_used"))

        machine.check("insmod jailhouse.ko")
        machine.check(f"jailhouse enable {PLANS[arch].system}{board.variant}.cell")
        before = used()
        machine.check(f"jailhouse cell create {PLANS[arch].config(cell.name)}")
        machine.check(cell.load())
        machine.check(f"jailhouse cell start {cell.name}")
        return before, used(), board.cpus


def column(arch, run):
    """The figures of an architecture, as text."""
    tree = Tree(arch)
    if run:
        root_cell_files(arch, tree.series)
    else:
        tree.make("firmware")
    figures = [*lines(arch), *sections(tree)]
    texts = [f"{figure:,}" for figure in figures]
    if run:
        before, after, cpus = pool_pages(arch)
        fixed = fixed_memory(tree, cpus)
        texts += [f"{(fixed + pages * PAGE) // 1024:,}" for pages in (before, after)]
    return texts


ROWS = (
    "source lines: core", "architecture (x86: with PCI)", "one UART", "these three", "common headers", "other UARTs",
    "text and constants, bytes", "data, bytes", "bss, bytes", "memory after enable, KiB", "memory with the demo's cell, KiB",
)


def table(columns):
    """Markdown, aligned."""
    yield f"| {'':32} |" + "".join(f" {arch:>8} |" for arch in columns)
    yield f"|{'-' * 34}|" + "".join(f"{'-' * 9}:|" for _ in columns)
    for row, title in enumerate(ROWS[:max(map(len, columns.values()))]):
        yield f"| {title:32} |" + "".join(f" {texts[row]:>8} |" for texts in columns.values())


def main():
    parser = argparse.ArgumentParser(prog="scripts/size", description="Print how big the core is.")
    parser.add_argument("--no-run", action="store_true", help="leave out what a run on an emulated machine shows")
    parser.add_argument("arch", nargs="*", help=f"of {', '.join(FOLDERS)}; by default all that have a core")
    arguments = parser.parse_args()
    unknown = set(arguments.arch) - set(architectures())
    if unknown:
        parser.error(f"no core for {', '.join(sorted(unknown))}")
    try:
        columns = {arch: column(arch, not arguments.no_run) for arch in arguments.arch or architectures()}
    except (LabError, MachineError, CommandFailed, OSError) as error:
        sys.exit(f"size: {error}")
    print("\n".join(table(columns)))


if __name__ == "__main__":
    main()
