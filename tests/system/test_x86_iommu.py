# SPDX-License-Identifier: GPL-2.0-only
"""Machines without an IOMMU, and configurations that do without one."""

import pytest
from config_blob import DMA, Blob
from conftest import products
from machines import x86

pytestmark = pytest.mark.full

SERIES = "6.12"
MACHINES = [x86("xapic", SERIES), x86("x2apic", SERIES)]


def without_unit(dma):
    """The system configuration without a unit. dma: whether regions may be used for DMA all the same."""
    blob = Blob(products(SERIES, "x86")["root/qemu-x86.cell"].read_bytes()).set_system("iommu_type", 0)
    return bytes(blob if dma else blob.clear_memory_flag(DMA))


def without_dma(cell):
    return bytes(Blob(products(SERIES, "x86")[f"root/{cell}.cell"].read_bytes()).clear_memory_flag(DMA))


@pytest.mark.parametrize("machine", MACHINES)
def test_refused_without_iommu(boot, machine):
    """A unit is configured that is not there; or none, but DMA is granted."""
    session = boot(**machine, iommu="", extra_files=[("root/dma.cell", without_unit(dma=True))])
    session.insmod()
    session.refused(f"jailhouse enable {session.system}", "IOMMU")
    session.refused("jailhouse enable dma.cell", "IOMMU")
    session.expect_linux_well()


@pytest.mark.parametrize("machine", MACHINES)
def test_works_without_iommu_if_no_dma_is_granted(boot, machine):
    """But it says loudly that devices may reach everything."""
    files = [("root/no-dma.cell", without_unit(dma=False)), ("root/cell.cell", without_dma("apic-demo"))]
    session = boot(**machine, iommu="", extra_files=files)
    session.insmod()
    session.jailhouse("enable no-dma.cell")
    session.machine.wait_for(session.machine.hypervisor, r"(?i)DMA.*not contained")
    session.jailhouse("cell create cell.cell")
    session.load()
    session.start()
    session.machine.wait_for(session.machine.inmate, "Timer fired")
    session.expect_ticking()
    session.destroy()
    session.disable()
    session.expect_linux_well()
