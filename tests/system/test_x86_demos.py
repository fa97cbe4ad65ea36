# SPDX-License-Identifier: GPL-2.0-only
"""Each demo of x86, and the test inmates that check themselves, at work in its cell and shut down by request."""

import re

import pytest
from conftest import boot_machine
from lab.plans import Cell
from machines import x86
from session import Session

pytestmark = pytest.mark.full

# Cell with the inmate, and its options.
INMATES = [
    (Cell("ioapic-demo", "ioapic-demo.bin", "inmate2", r"Interrupts: [2-9]"), ""),
    (Cell("ioapic-demo", "ioapic-demo.bin", "inmate2", r"Interrupts: \d\d"), "source=uart"),
    (Cell("pci-demo", "pci-demo.bin", sign=r"Interrupts: 2"), ""),
    (Cell("e1000-demo", "e1000-demo.bin", sign=r"ARP requests sent: \d+, answered: [1-9]"), ""),
    (Cell("smp-demo", "smp-demo.bin", sign=r"IPIs sent and taken: 2, answered: 2"), ""),
    (Cell("32-bit-demo", "32-bit-demo.bin", sign=r"Hello 2 from 32 bit"), ""),
    (Cell("apic-demo", "cache-timings.bin", sign=r"Cycles min: +\d+ avg: +\d+ max: +\d+"), "rounds=100"),
    (Cell("tiny-demo", "tiny-demo.bin", "inmate2", r"Hello"), ""),
    (Cell("test", "sse-demo.bin", "inmate2", r"CHECK sse-demo rounds: \d+, wrong: 0"), "rounds=20"),
    (Cell("test", "mmio-access.bin", "inmate2", r"FINISHED mmio-access wrong=0"), ""),
    (Cell("test", "mmio-access-32.bin", "inmate2", r"FINISHED mmio-access wrong=0"), ""),
]


@pytest.fixture(scope="module", params=[x86("xapic", "6.12"), x86("x2apic", "6.1")])
def session(request):
    name = re.sub(r"\W+", "-", f"{request.param['series']}-{request.param['qemu']}")
    with boot_machine(f"demos-x86-{name}", **request.param) as machine:
        found = Session(machine)
        found.insmod()
        found.enable()
        yield found
        found.disable()
        found.expect_linux_well()


@pytest.mark.parametrize("cell, options", INMATES, ids=lambda value: getattr(value, "image", value or None))
def test_inmate(session, cell, options):
    idle = session.figures()
    log = session.machine.logs[cell.console]
    session.create(cell.name)
    try:
        session.load(cell.name, cell.image, options)
        since = log.mark()
        session.start(cell.name)
        session.machine.wait_for(log, cell.sign, since=since)
        session.shutdown(cell.name)
        assert session.state(cell.name) == "shut down"
        assert "WRONG" not in log.text()[since:]
    finally:
        session.destroy(cell.name)
    assert session.figures() == idle
