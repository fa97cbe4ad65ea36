# SPDX-License-Identifier: GPL-2.0-only
"""As many cells as there are CPUs but one, in the memory that the hypervisor has: 7 of 8."""

import pytest
from config_blob import Blob
from conftest import products
from machines import x86

pytestmark = pytest.mark.full

CPUS = 8
CELLS = CPUS - 1
RAM = 0x3E000000
RAM_SIZE = 0x100000
SERIES = "6.12"


def system_blob(files):
    blob = Blob(files["root/qemu-x86.cell"].read_bytes())
    assert blob.get_system("hv_size") == 6 << 20
    return bytes(blob.set_cpus((1 << CPUS) - 1))


def cell_blob(files, number):
    """Only the first one has a UART."""
    blob = Blob(files["root/apic-demo.cell"].read_bytes())
    blob.set_cell("name", f"cell{number}".encode())
    blob.set_cpus(1 << (CPUS - 1 - number))
    blob.set_memory(blob.find_memory(0x3A600000), phys=RAM + number * RAM_SIZE)
    return bytes(blob.set_cell("num_pio_regions", 0) if number else blob)


@pytest.mark.parametrize("machine", [x86("xapic", SERIES)])
def test_8_cpus_and_7_cells(boot, machine):
    files = products(SERIES, "x86")
    extra = [("root/many.cell", system_blob(files))]
    extra += [(f"root/cell{number}.cell", cell_blob(files, number)) for number in range(CELLS)]
    session = boot(cpus=CPUS, extra_files=extra, **machine)
    session.insmod()
    session.jailhouse("enable many.cell", timeout=120)
    idle = session.figures()
    for number in range(CELLS):
        session.jailhouse(f"cell create cell{number}.cell", timeout=120)
        session.load(f"cell{number}", "apic-demo.bin", "con-type=none" if number else "")
        session.start(f"cell{number}")
    full = session.figures()
    assert full["mem_pool_used"] < full["mem_pool_size"] // 2, full
    cells = session.cells()
    assert [cells[f"cell{number}"][1:3] for number in range(CELLS)] == [
        ("running", str(CPUS - 1 - number)) for number in range(CELLS)
    ]
    assert session.cpus_online() == "0"
    session.machine.wait_for(session.machine.inmate, "Timer fired", count=10)
    for number in range(CELLS):
        # Each sets its timer, and ends its interrupts.
        statistics = session.statistics(cells[f"cell{number}"][0])
        assert statistics["msr_other"] > 0, f"cell{number} does not work: {statistics}"
    for number in range(CELLS):
        # The first request is denied.
        session.machine.run(f"jailhouse cell destroy cell{number}", timeout=120)
        session.jailhouse(f"cell destroy cell{number}", timeout=120)
    assert session.figures() == idle
    session.disable()
    # Not its complaints: 8 CPUs on two may stall while Linux boots.
    assert session.cpus_online() == session.online
