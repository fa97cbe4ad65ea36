# SPDX-License-Identifier: GPL-2.0-only
"""The hypervisor's console on a frame buffer: what a person would read on the screen."""

import textwrap

import pytest
from config_blob import Blob
from conftest import products
from machines import x86
from screen import CELL_HEIGHT, CELL_WIDTH, Picture, take_picture

pytestmark = pytest.mark.full

# For textwrap: cut lines, and nothing else.
AS_IT_IS = {"break_on_hyphens": False, "drop_whitespace": False, "replace_whitespace": False, "expand_tabs": False}
EFIFB = 1
MMIO = 1
FULL_HD = 4
# Registers of QEMU's display (its docs/specs/standard-vga) in the second memory BAR: 16 bits each, from 0x500 on.
DISPLAY = "0000:00:05.0"
XRES, YRES, BPP, ENABLE = 0x502, 0x504, 0x506, 0x508
ENABLED_LINEAR = 0x41
SIZES = {"1024x768": (1024, 768, 0), "1920x1080": (1920, 1080, FULL_HD)}


def set_mode(session, width, height):
    """What the firmware of a real machine does before Linux starts; where the frame buffer is."""
    bars = session.check(f"cut -d' ' -f1 /sys/bus/pci/devices/{DISPLAY}/resource").split()
    session.check(f"echo 1 > /sys/bus/pci/devices/{DISPLAY}/enable")
    for register, value in ((ENABLE, 0), (XRES, width), (YRES, height), (BPP, 32), (ENABLE, ENABLED_LINEAR)):
        session.check(f"devmem {int(bars[2], 16) + register:#x} 16 {value}")
    return int(bars[0], 16)


def configuration(session, machine, address, flags):
    """The system's configuration with the frame buffer as its console, cleared when it is opened."""
    files = products(machine["series"], "x86")
    blob = Blob(files[f"root/{session.system}"].read_bytes())
    values = {"address": address, "size": 0, "type": EFIFB, "flags": flags, "divider": 1}
    for name, value in values.items():
        blob.set_system(f"console_{name}", value)
    return bytes(blob)


def rows_after(lines, count):
    """
    What is to be seen after these lines: text goes on at the top, the rows where the next line goes and below it are empty.
    """
    rows = [""] * count
    for number in range(max(0, len(lines) - count + 2), len(lines)):
        rows[number % count] = lines[number].rstrip()
    return rows


@pytest.mark.parametrize("machine", [x86("xapic")])
@pytest.mark.parametrize("size", SIZES)
def test_text_on_the_screen(boot, machine, size, tmp_path):
    width, height, flags = SIZES[size]
    qmp = tmp_path / "qmp"
    extra = ("-device", "bochs-display,addr=5,romfile=", "-qmp", f"unix:{qmp},server=on,wait=off")
    session = boot(**machine, extra=extra)
    address = set_mode(session, width, height)
    session.machine.write_file(f"/root/{session.system}", configuration(session, machine, address, flags | MMIO))
    session.insmod()
    session.jailhouse(f"enable {session.system}")
    session.create()

    def said():
        """What the root cell reads of the same console, in rows as wide as the screen's."""
        text = session.jailhouse("console").replace("\r", "").rstrip("\n")
        return [row for line in text.split("\n") for row in textwrap.wrap(line, width // CELL_WIDTH, **AS_IT_IS) or [""]]

    def seen():
        take_picture(qmp, tmp_path / "screen.ppm")
        picture = Picture(tmp_path / "screen.ppm")
        assert (picture.width, picture.height) == (width, height)
        return picture.lines()

    count = height // CELL_HEIGHT
    assert "Activating hypervisor" in said() and len(said()) < count
    assert seen() == rows_after(said(), count)
    while len(said()) < count + 3:
        session.destroy()
        session.create()
    assert seen() == rows_after(said(), count)
    session.destroy()
    session.disable()
    session.expect_linux_well()
