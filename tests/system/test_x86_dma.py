# SPDX-License-Identifier: GPL-2.0-only
"""
What devices reach by DMA: their own cell's memory and nothing else, be it a cell's device or Linux's. Faults are reported
where the IOMMU tells of them.
"""

import re

import pytest
from conftest import boot_machine
from machines import x86
from session import SYSFS, Session

pytestmark = pytest.mark.full

EDU, E1000E = "00:04.0", "00:02.0"
HYPERVISOR = 0x3A000000
# The RAM of apic-demo, where neither code nor stack is; RAM for inmates that no cell has, for the root cell to look into.
CELL_RAM, SPARE, SPARE_TARGET = 0x3A6F0000, 0x3E000000, 0x3E001000
NOTHING = 0x100000000  # behind all memory
PATTERN, OTHER_PATTERN = 0x1122334455667788, 0xA5A5A5A5A5A5A5A5
LEN = 64

# QEMU, docs/specs/edu: registers, and the address of its buffer, which only DMA reaches.
REGISTERS, BUFFER = 0xFEA00000, 0x40000
SOURCE, TARGET, COUNT, COMMAND = (REGISTERS + offset for offset in (0x80, 0x88, 0x90, 0x98))
START, TO_MEMORY = 1, 2

MACHINES = [x86("xapic", "6.1"), x86("x2apic", "6.12"), x86("events", "6.12")]


class Devices(Session):
    """A root cell that looks into memory and drives the edu by hand."""

    # Whether the IOMMU logs what it blocks; all block it.
    reports = False

    def fill(self, address, value, length=LEN):
        self.check("; ".join(f"devmem {address + offset:#x} 64 {value:#x}" for offset in range(0, length, 8)))

    def look(self, address, length=LEN):
        """The values there, each once."""
        words = self.check("; ".join(f"devmem {address + offset:#x} 64" for offset in range(0, length, 8)))
        return {int(word, 16) for word in words.split()}

    def take_edu(self):
        """Let it be bus master; it comes back from a cell with that off."""
        folder = f"/sys/bus/pci/devices/0000:{EDU}"
        self.check(f"printf '\\006' | dd of={folder}/config bs=1 seek=4 count=1 conv=notrunc 2>/dev/null")

    def _transfer(self, source, target, command):
        registers = ((SOURCE, source), (TARGET, target), (COUNT, LEN), (COMMAND, START | command))
        pokes = "; ".join(f"devmem {register:#x} 64 {value:#x}" for register, value in registers)
        self.check(f"{pokes}; while [ $(($(devmem {COMMAND:#x} 64) & {START})) = 1 ]; do usleep 20000; done", timeout=20)

    def copy(self, source, target):
        """Have the edu copy memory."""
        self._transfer(source, BUFFER, 0)
        self._transfer(BUFFER, target, TO_MEMORY)

    def attack(self, name, options=""):
        """One attack in a cell of its own, which must finish; what it printed."""
        log = self.machine.inmate2
        self.create("test")
        self.load("test", "hostile.bin", f"test={name} {options}".strip())
        since = log.mark()
        self.start("test")
        try:
            self.machine.wait_for(log, f"FINISHED {name} wrong=0", since=since)
        finally:
            self.destroy("test")
        return log.text()[since:]

    def faults(self):
        return int(self.check(f"cat {SYSFS}/dma_faults"))

    def expect_fault(self, device, before):
        """
        The guilty one is named on the hypervisor's console and in sysfs, if the IOMMU reports at all. QEMU's says neither
        where the fault was nor, of a write, that it was one.
        """
        if not self.reports:
            assert self.faults() == 0
            return
        assert self.faults() > before
        last = self.check(f"cat {SYSFS}/dma_fault_last")
        assert re.fullmatch(rf"{device} 0x[0-9a-f]+ (read|write)\n", last), last
        self.machine.wait_for(self.machine.hypervisor, rf"IOMMU: device {device}: blocked (read|write) at 0x")


@pytest.fixture(scope="module", params=MACHINES)
def session(request):
    name = re.sub(r"\W+", "-", f"{request.param['series']}-{request.param['qemu']}")
    with boot_machine(f"dma-x86-{name}", **request.param) as machine:
        found = Devices(machine)
        found.reports = "dma-remap=on" in machine.board.iommu
        found.insmod()
        found.enable()
        yield found
        found.disable()
        found.expect_linux_well()


def test_cell_reaches_its_own_memory(session):
    before = session.faults()
    session.attack("dma-inside")
    assert session.faults() == before


def test_cell_does_not_read(session):
    session.fill(SPARE, PATTERN, 256)
    before = session.faults()
    assert "bytes that are not 0: 0\n" in session.attack("dma-read-outside", f"addr={SPARE:#x}")
    session.expect_fault(EDU, before)
    assert "bytes that are not 0: 0\n" in session.attack("dma-read-outside", f"addr={HYPERVISOR:#x}")


@pytest.mark.parametrize("attack, device", [("dma-write-outside", EDU), ("dma-receive-outside", E1000E)])
def test_cell_does_not_write(session, attack, device):
    session.fill(SPARE, PATTERN, 256)
    before = session.faults()
    session.attack(attack, f"addr={SPARE:#x}")
    assert session.look(SPARE, 256) == {PATTERN}
    session.expect_fault(device, before)
    session.attack(attack, f"addr={HYPERVISOR:#x}")


@pytest.mark.parametrize("round_", range(3))
def test_fault_is_reported_without_being_asked_for(session, round_):
    """
    The IOMMU interrupts the core once for each time that Linux looks. All commands are typed before the attack begins, which
    waits a second for that; of the interrupt itself Linux must not hear.
    """
    log = session.machine.hypervisor
    session.create("test")
    session.load("test", "hostile.bin", f"test=dma-write-outside addr={SPARE:#x} delay=1")
    finished = session.machine.inmate2.mark()
    session.start("test")
    since = log.mark()
    session.machine.wait_for(session.machine.inmate2, "FINISHED dma-write-outside", since=finished)
    session.machine.sleep(0.5)
    reported = re.findall(rf"IOMMU: device {EDU}: blocked", log.text()[since:])
    session.destroy("test")
    assert len(reported) >= 1 if session.reports else not reported
    assert "NMI" not in session.check("dmesg | tail -n 20")


def test_cell_does_not_forge_messages(session):
    """
    Neither by its device's registers nor by its DMA; Linux would complain of a vector that nobody uses. Of the latter QEMU says
    where it ended, in the midst of what the shell writes.
    """
    for attack in ("msi-foreign", "msi-written"):
        session.attack(attack)
    assert "No irq handler" not in session.check("dmesg")
    session.machine.tail()
    assert "failed to remap interrupt" in (session.machine.folder / "root.log").read_text("utf-8", "replace")


def test_linux_reaches_its_own_memory(session):
    session.take_edu()
    session.fill(SPARE, PATTERN)
    session.fill(SPARE_TARGET, 0)
    before = session.faults()
    session.copy(SPARE, SPARE_TARGET)
    assert session.look(SPARE_TARGET) == {PATTERN}
    assert session.faults() == before


def test_linux_does_not_reach_the_hypervisor(session):
    session.take_edu()
    session.fill(SPARE, PATTERN)
    before = session.faults()
    session.copy(HYPERVISOR, SPARE_TARGET)
    assert session.look(SPARE_TARGET) == {0}
    session.expect_fault(EDU, before)
    before = session.faults()
    session.copy(SPARE, HYPERVISOR)
    session.expect_fault(EDU, before)
    session.disable()
    # What the image begins with.
    assert session.look(HYPERVISOR, 8) != {PATTERN}
    session.enable()


def test_faults_while_the_hypervisor_goes(session):
    """
    The edu's DMA, which ends in nothing, begins 100 ms after it is told: before, during or after disable. Whenever that is, Linux
    does not hear of the IOMMU's interrupt.
    """
    before = len(re.findall(rf"IOMMU: device {EDU}", session.machine.hypervisor.text()))
    for delay in range(0, 100, 5 if session.reports else 50):
        session.take_edu()
        registers = ((SOURCE, BUFFER), (TARGET, NOTHING), (COUNT, LEN), (COMMAND, START | TO_MEMORY))
        pokes = "; ".join(f"devmem {register:#x} 64 {value:#x}" for register, value in registers)
        session.check(f"{pokes}; usleep {delay * 1000}; jailhouse disable; sleep 0.2")
        session.enable()
    reported = len(re.findall(rf"IOMMU: device {EDU}", session.machine.hypervisor.text())) - before
    assert reported > 0 if session.reports else reported == 0
    session.expect_linux_well()
    assert "NMI" not in session.check("dmesg | tail -n 60")


def test_linux_does_not_reach_a_cell(session):
    """As long as the cell is there: before and afterwards the same memory is Linux's."""
    session.take_edu()
    session.fill(SPARE, PATTERN)
    session.copy(SPARE, CELL_RAM)
    assert session.look(CELL_RAM) == {PATTERN}
    session.run_cell(session.plan.cell)
    before = session.faults()
    session.copy(CELL_RAM, SPARE_TARGET)
    assert session.look(SPARE_TARGET) == {0}
    session.expect_fault(EDU, before)
    session.fill(SPARE, OTHER_PATTERN)
    session.copy(SPARE, CELL_RAM)
    session.expect_ticking(1)
    session.destroy()
    assert session.look(CELL_RAM) == {PATTERN}
    session.copy(SPARE, CELL_RAM)
    assert session.look(CELL_RAM) == {OTHER_PATTERN}
