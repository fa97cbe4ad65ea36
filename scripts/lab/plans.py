# SPDX-License-Identifier: GPL-2.0-only
"""What the demo shows on each architecture."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Cell:
    """
    A cell with its image. console: where the inmate prints, as the board names it. sign: what it prints once it is at work.
    """

    name: str
    image: str
    console: str = "inmate"
    sign: str = "Timer fired"

    def load(self, arguments=""):
        """Command that loads the image, and arguments to where all our inmates look for them."""
        words = f' -s "{arguments}" -a 0x1000' if arguments else ""
        return f"jailhouse cell load {self.name} {self.image}{words}"


@dataclasses.dataclass(frozen=True)
class Plan:
    """
    system: name of the system configuration, and the beginning of those of cells that only tests use; prefix: the beginning of
    all others. cell: the one with the timer; arguments: its
    own, in the demo. neighbour: a cell beside it. stubborn: the timer denies the first shutdown request after each start, and
    with the arguments locks the configuration for a while; only then the demo needs the neighbour. test_console: of the cells
    that only tests use.
    """

    system: str
    cell: Cell
    neighbour: Cell
    prefix: str = ""
    arguments: str = ""
    stubborn: bool = False
    test_console: str = "inmate"

    def config(self, name):
        """File of a cell's configuration."""
        return f"{self.system}-{name}.cell" if name.startswith("test") else f"{self.prefix}{name}.cell"


PLANS = {
    "arm64": Plan(
        "qemu-arm64",
        Cell("inmate-demo", "gic-demo.bin"),
        Cell("uart-demo", "uart-demo.bin", sign="Hello"),
        prefix="qemu-arm64-",
    ),
    "arm": Plan(
        "qemu-arm",
        Cell("inmate-demo", "gic-demo.bin"),
        Cell("uart-demo", "uart-demo.bin", sign="Hello"),
        prefix="qemu-arm-",
    ),
    "x86": Plan(
        "qemu-x86",
        Cell("apic-demo", "apic-demo.bin"),
        Cell("tiny-demo", "tiny-demo.bin", console="inmate2", sign="Hello"),
        arguments="lock lock-seconds=4",
        stubborn=True,
        test_console="inmate2",
    ),
}
