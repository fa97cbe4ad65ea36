# SPDX-License-Identifier: GPL-2.0-only
"""Refusals on x86, with those that are its own."""

import pytest
import refusals
from config_blob import IO, READ, WRITE

pytestmark = pytest.mark.full

DEVICE = READ | WRITE | IO
MMCONFIG, IOAPIC, IOMMU, LOCAL_APIC = 0xB0000000, 0xFEC00000, 0xFED80000, 0xFEE00000
IOMMU_BDF, NO_BDF, E1000E_BDF, EDU_BDF = 0x08, 0xF0, 0x10, 0x20
ROOT_E1000E = 1


def region(address):
    """Gives Linux what the core keeps to itself."""
    return lambda f: f.system().add_memory(address, address, 0x1000, DEVICE)


SYSTEMS = {
    "ports-of-pci": (lambda f: f.system().add_ports(0xCF8, 8), "PCI|0xcf8"),
    "ports-around-pci": (lambda f: f.system().add_ports(0xC80, 0x100), "PCI|0xcf8|overlap"),
    "ports-wrap": (lambda f: f.system().add_ports(0xFFF0, 0x20), "port|wrap"),
    "local-apic": (region(LOCAL_APIC), "APIC"),
    "ioapic": (region(IOAPIC), "APIC"),
    "iommu-registers": (region(IOMMU), "IOMMU"),
    "mmconfig": (region(MMCONFIG), "PCI|MMCONFIG"),
    "iommu-type": (lambda f: f.system().set_system("iommu_type", 9), "IOMMU"),
    "iommu-unaligned": (lambda f: f.system().set_system("iommu_base", IOMMU + 0x800), "IOMMU"),
    "iommu-elsewhere": (lambda f: f.system().set_system("iommu_base", IOMMU + 0x10000), "IOMMU"),
    "iommu-bdf": (lambda f: f.system().set_system("iommu_bdf", E1000E_BDF), "IOMMU"),
    "dma-without-iommu": (lambda f: f.system().set_system("iommu_type", 0), "IOMMU|DMA"),
    "apic-mode": (lambda f: f.system().set_system("apic_mode", 7), "APIC mode"),
    "device-twice": (lambda f: f.system().add_device(E1000E_BDF), "00:02.0"),
    "device-caps": (lambda f: f.system().set_device(ROOT_E1000E, num_caps=100), "capabilit"),
    "device-type": (lambda f: f.system().set_device(ROOT_E1000E, type=77), "type"),
}

CELLS = {
    "ports-of-pci": (lambda f: f.cell().add_ports(0xCF8, 8), "PCI|0xcf8"),
    "ports-of-hypervisor": (lambda f: f.cell().add_ports(0x2F8, 8), "0x2f8|root cell"),
    "local-apic": (lambda f: f.second_ram(LOCAL_APIC, LOCAL_APIC, 0x1000), "APIC|not the root cell"),
    "over-local-apic": (lambda f: f.second_ram(f.spare, LOCAL_APIC, 0x1000), "APIC"),
    "iommu-registers": (lambda f: f.second_ram(IOMMU, IOMMU, 0x1000), "IOMMU|not the root cell"),
    "mmconfig": (lambda f: f.second_ram(MMCONFIG, MMCONFIG, 0x1000), "PCI|MMCONFIG|not the root cell"),
    "no-such-device": (lambda f: f.cell().add_device(NO_BDF), "00:1e.0"),
    "iommu-device": (lambda f: f.cell().add_device(IOMMU_BDF), "00:01.0"),
    "device-twice": (lambda f: f.cell().add_device(EDU_BDF).add_device(EDU_BDF), "00:04.0"),
    "device-caps": (lambda f: f.cell().add_device(EDU_BDF, num_caps=1), "capabilit"),
    "foreign-irqchip": (lambda f: f.cell().add_irqchip(0xFEC10000, 0xA0, 0, 1), "IO-APIC|interrupt|irqchip"),
    "no-such-pin": (lambda f: f.cell().add_irqchip(IOAPIC, 0xA0, 0, 1 << 30), "pin|interrupt"),
}

FACTS = refusals.Facts(
    arch="x86",
    number=0,
    other_number=2,
    other_name="arm64",
    firmware="jailhouse-amd.bin",
    hv_start=0x3A000000,
    hv_size=0x600000,
    region=0x00100000,
    linux=0x10000000,
    cell_ram=0x3A600000,
    cell_ram_size=0x100000,
    spare=0x3E000000,
    controller=IOAPIC,
    more_systems=SYSTEMS,
    more_cells=CELLS,
)

session, enabled = refusals.make_fixtures(FACTS, qemu="10.0")


class TestRefusals(refusals.RefusalTests):
    facts = FACTS
