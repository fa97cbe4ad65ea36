# SPDX-License-Identifier: GPL-2.0-only
"""
Configuration blobs: what the build makes of sources in tests/host/configs, against the same configurations
written out byte by byte here, from the description of the format and not from our headers.
"""

import pathlib
import shutil
import struct
import subprocess

import pytest

TOP = pathlib.Path(__file__).resolve().parents[2]
SOURCES = TOP / "tests/host/configs"
PREFIX = {"x86": "", "arm": "arm-linux-gnueabihf-", "arm64": "aarch64-linux-gnu-"}


def h(text):
    return bytes.fromhex(text)


def console(address, size, kind, flags, divider=0, gate_nr=0, clock_reg=0):
    return struct.pack("<QIHHIIQ", address, size, kind, flags, divider, gate_nr, clock_reg)


def memory(phys, virt, size, flags):
    return struct.pack("<QQQQ", phys, virt, size, flags)


def irqchip(address, number, base, *bitmap):
    return struct.pack("<QII4I", address, number, base, *bitmap)


def desc(signature, name, counts, arch=0, revision=0, ident=0, flags=0, vpci=0, reset=0, timeout=0, con=bytes(32)):
    """counts: CPU set size, then memory, cache, irqchips, pio, devices, capabilities, stream IDs."""
    head = struct.pack("<5sBH32sII", signature, arch, revision, name, ident, flags)
    return head + struct.pack("<8IIQQ", *counts, vpci, reset, timeout) + con


def shmem_net(start, flags0, flags1):
    return (
        memory(start, start, 0x1000, 0x81)
        + bytes(32)
        + memory(start + 0x1000, start + 0x1000, 0x7F000, flags0)
        + memory(start + 0x80000, start + 0x80000, 0x7F000, flags1)
    )


def x86_system():
    iommus = h("01000000 0000d8fe00000000 00400000 0800 40 60 d3290000 00000000")
    iommus += h("02000000 0000d9fe00000000 00100000 000000000000000000000000")
    iommus += bytes(6 * 28)
    return b"".join(
        [
            b"JHSYS" + h("00 0e00 01000000"),
            memory(0x3A000000, 0, 0x600000, 0),
            console(0x3F8, 8, 2, 4, 1, 2, 3),
            h("000000b000000000 ff 01 3412"),
            iommus,
            h("0806 02 00 00010000 009f2400 40420f00"),
            bytes(28),  # the rest of the union
            desc(b"", b"Root", (8, 6, 2, 1, 2, 2, 3, 0)),
            h("0f00000000000000"),
            shmem_net(0x3F000000, 0x83, 0x81),
            memory(0, 0, 0x3A000000, 0xF),
            memory(0xFED00000, 0xFED00100, 0x40, 0xF8171),
            h("00000000 02000000 03 00 0000"),
            h("02000000 04000000 02 00 0100"),
            h("0000c0fe00000000 00ff0000 00000000 18000000 00000000 00000080 00000000"),
            h("0000 f80c") + h("000d 00f3"),
            h("01 01 4523 fa00 00f0ffff 00000000 80ffffff ffffffff e0ffffff 01f0ffff"),
            h("0100 0200 01 01 0500 0010 0000b8fe00000000 00000000 00 00 0000"),
            h("03 00 0000 7800 00f0ffff 00f0ffff 00000000 00000000 00000000 00000000"),
            h("0000 0000 00 02 1000 0000 0000000000000000 07000000 01 02 0100"),
            h("0100 c800 0800 0100"),
            h("1100 7000 0c00 0000"),
            h("0180 0001 4000 0000"),
        ]
    )


def arm64_system():
    iommus = h("03000000 0000050900000000 00000200 000000000000000000000000")
    iommus += h("04000000 0000f83000000000 00100000 0000003600000000 00000400")
    iommus += h("05000000 000080fd00000000 00000200 000000000000000000000000")
    iommus += bytes(5 * 28)
    return b"".join(
        [
            b"JHSYS" + h("02 0e00 00000000"),
            memory(0x87FC00000, 0, 0x400000, 0),
            console(0xFF130000, 0x1000, 10, 0x3003, 0, 0x307, 0xE615014C),
            h("000000fc00000000 00 01 0100"),
            iommus,
            h("19 03 0000 000001f900000000 00f002f900000000 000004f900000000 00f006f900000000 000008f901000000"),
            desc(b"", b"0123456789012345678901234567890", (16, 1, 0, 2, 0, 1, 0, 3), vpci=104),
            h("0f00000000000000 0000000000000080"),
            memory(0xFD000000, 0xFD000000, 0x3000000, 0x13),
            irqchip(0xF9010000, 0, 32, *[0xFFFFFFFF] * 4),
            irqchip(0xF9010000, 0, 160, 0xFFFFFFFF, 0, 0x12345678, 0),
            h("03 00 0100 0000 0000ffff 00000000 00000000 00000000 00000000 00000000"),
            h("0000 0000 00 00 0000 0000 0000000000000000 00000000 00 03 03c0"),
            h("78563412 7008 0f00 ff7f ff7f"),
        ]
    )


def arm_cell():
    uart = console(0x01C28000, 0x400, 9, 3, 13, 16, 0x01C2006C)
    return b"".join(
        [
            desc(
                b"JHCLL",
                b"linux-demo",
                (8, 5, 0, 1, 0, 1, 0, 0),
                arch=1,
                revision=14,
                ident=0x11223344,
                flags=0xC0000007,
                vpci=123,
                reset=0x1122334455667788,
                timeout=0x99AABBCCDDEEFF00,
                con=uart,
            ),
            h("0200000000000000"),
            shmem_net(0x7BF00000, 0x81, 0x83),
            memory(0x01C28000, 0x01C28000, 0x400, 0x40013),
            irqchip(0x01C81000, 0, 32, 2, 0, 0, 0x08000000),
            h("02 00 0000 0000 0000ffff 0000ffff 00000000 00000000 00000000 00000000"),
            h("0000 0000 00 00 0000 0000 0000000000000000 00000000 00 00 0040"),
        ]
    )


EXPECTED = {"x86-system": x86_system, "arm64-system": arm64_system, "arm-cell": arm_cell}


def build(name, compiler, folder):
    """Build a source the way that a board support package's configurations are built."""
    arch = name.split("-")[0]
    if not shutil.which(PREFIX[arch] + "objcopy"):
        pytest.skip(f"no binutils for {arch}")
    shutil.copy(SOURCES / f"{name}.c", folder)
    command = ["make", "-C", TOP / "configs", f"CONFIGS_DIR={folder}", f"ARCH={arch}", f"CROSS_COMPILE={PREFIX[arch]}"]
    if compiler == "clang":
        command.append("CC=clang")
    subprocess.run(command, check=True)
    return (folder / f"{name}.cell").read_bytes()


def first_difference(a, b):
    return next((n for n, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("name", EXPECTED)
def test_blob(name, compiler, tmp_path):
    blob, expected = build(name, compiler, tmp_path), EXPECTED[name]()
    assert blob == expected, f"differs from offset {first_difference(blob, expected)}; {len(blob)}, {len(expected)}"


def test_static_object(tmp_path):
    source = (SOURCES / "arm-cell.c").read_text().replace("\nstruct {", "\nstatic struct {", 1)
    (tmp_path / "arm-cell.c").write_text(source)
    command = ["make", "-C", TOP / "configs", f"CONFIGS_DIR={tmp_path}", "ARCH=arm"]
    subprocess.run(command + ["CROSS_COMPILE=arm-linux-gnueabihf-"], check=True)
    assert (tmp_path / "arm-cell.cell").read_bytes() == arm_cell()


def test_blob_of_foreign_architecture(tmp_path):
    """Configurations do not depend on the compiler's target: x86's source gives the same bytes on arm64."""
    shutil.copy(SOURCES / "x86-system.c", tmp_path)
    command = ["make", "-C", TOP / "configs", f"CONFIGS_DIR={tmp_path}", "ARCH=arm64"]
    subprocess.run(command + ["CROSS_COMPILE=aarch64-linux-gnu-"], check=True)
    assert (tmp_path / "x86-system.cell").read_bytes() == x86_system()
