# SPDX-License-Identifier: GPL-2.0-only
"""Accesses of cells to the hypervisor's test device, which have to be decoded."""

import pytest
from config_blob import Blob
from conftest import products
from machines import arm64, x86

pytestmark = pytest.mark.full

OPTIONS = ("TEST_DEVICE",)
FLAG = 2  # JAILHOUSE_CELL_TEST_DEVICE
CELL = "test"
DEVICE = 0x80001000  # arm64


def boot_with_cell(boot, machine, options):
    """A session with the hypervisor enabled, and the test cell's configuration with the flag beside it."""
    session = boot(**machine, options=options)
    name = session.plan.config(CELL)
    blob = Blob(products(machine["series"], machine["arch"], options)[f"root/{name}"].read_bytes())
    blob.set_cell("flags", FLAG)
    session.machine.write_file(f"/root/{name}", bytes(blob))
    session.insmod()
    session.enable()
    return session


def run(session, image, sign, arguments=""):
    """What the inmate prints until it says that it has finished."""
    log = session.machine.logs[session.plan.test_console]
    since = log.mark()
    session.create(CELL)
    session.load(CELL, image, arguments)
    session.start(CELL)
    session.machine.wait_for(log, sign, since=since)
    return log.text()[since:]


@pytest.mark.parametrize("machine", [x86("xapic"), x86("x2apic")])
def test_x86(boot, machine):
    """Each width and addressing form, in 64-bit and 32-bit code."""
    session = boot_with_cell(boot, machine, OPTIONS)
    for image in ("mmio-access.bin", "mmio-access-32.bin"):
        text = run(session, image, r"FINISHED mmio-access wrong=\d+")
        assert "wrong=0\n" in text and "WRONG" not in text, text
        assert text.count("CHECK mmio-access") > 50, text
        session.destroy(CELL)
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("machine", [arm64()])
def test_arm64(boot, machine):
    session = boot_with_cell(boot, machine, OPTIONS)
    value = 0x1122334455667788
    for offset, width in ((0, 64), (0x38, 64), (0x3c, 32), (0x3e, 16), (0x3f, 8)):
        arguments = f"addr={DEVICE + offset:#x} width={width} write={value:#x}"
        text = run(session, "mmio-access.bin", "FINISHED mmio-access", arguments)
        assert f"value {value % (1 << width):#x}\n" in text, text
        session.destroy(CELL)
    # Behind its registers there is nothing.
    session.create(CELL)
    session.load(CELL, "mmio-access.bin", f"addr={DEVICE + 0x40:#x} width=8")
    session.start(CELL)
    session.wait_state(CELL, "failed")
    session.destroy(CELL)
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("machine", [arm64(), x86()])
def test_not_built_in(boot, machine):
    session = boot_with_cell(boot, machine, ())
    session.refused(f"jailhouse cell create {session.plan.config(CELL)}", 'cell "test" asks for the test device')
    session.disable()
    session.expect_linux_well()
