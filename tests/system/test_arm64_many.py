# SPDX-License-Identifier: GPL-2.0-only
"""As many CPUs and cells as 4 MiB of reserved memory must be enough for: 16 and 8."""

import pytest
from config_blob import ROOTSHARED, Blob
from conftest import products

pytestmark = [pytest.mark.full, pytest.mark.alone]

CPUS = 16
CELLS = 8
RAM = 0x78000000
RAM_SIZE = 0x10000


def system_blob(files):
    blob = Blob(files["root/qemu-arm64.cell"].read_bytes())
    assert blob.get_system("hv_size") == 4 << 20
    return bytes(blob.set_cpus((1 << CPUS) - 1))


def cell_blob(files, number):
    blob = Blob(files["root/qemu-arm64-inmate-demo.cell"].read_bytes())
    blob.set_cell("name", f"cell{number}".encode())
    blob.set_cpus(1 << (CPUS - 1 - number))
    blob.set_memory(blob.find_memory(0x7FA00000), phys=RAM + number * RAM_SIZE)
    # All of them print to one UART.
    uart = blob.find_memory(0x3EFF2000)
    blob.set_memory(uart, flags=blob.get_memory(uart, "flags") | ROOTSHARED)
    return bytes(blob.set_cell("num_irqchips", 0))


def test_16_cpus_and_8_cells(boot):
    files = products("6.12")
    extra = [("root/many.cell", system_blob(files))]
    extra += [(f"root/cell{number}.cell", cell_blob(files, number)) for number in range(CELLS)]
    session = boot(cpus=CPUS, cpu="cortex-a72", extra_files=extra)
    session.insmod()
    session.jailhouse("enable many.cell", timeout=120)
    idle = session.figures()
    for number in range(CELLS):
        session.jailhouse(f"cell create cell{number}.cell", timeout=120)
        session.load(f"cell{number}", "gic-demo.bin")
        session.start(f"cell{number}")
    full = session.figures()
    assert full["mem_pool_used"] < full["mem_pool_size"] // 2, full
    cells = session.cells()
    assert [cells[f"cell{number}"][1:3] for number in range(CELLS)] == [
        ("running", str(CPUS - 1 - number)) for number in range(CELLS)
    ]
    for number in range(CELLS):
        statistics = session.statistics(cells[f"cell{number}"][0])
        assert statistics["virt_irq"] > 0, f"cell{number} has no interrupts: {statistics}"
    for number in range(CELLS):
        session.jailhouse(f"cell destroy cell{number}", timeout=120)
    assert session.figures() == idle
    session.disable()
    # Not its complaints: 16 CPUs on two may stall while Linux boots.
    assert session.cpus_online() == session.online
