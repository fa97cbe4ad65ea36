# SPDX-License-Identifier: GPL-2.0-only
"""
Edits configuration blobs, by the published format's numbers rather than by our headers: cell descriptor (132 bytes; in a
system configuration at 356), CPU set, and then the arrays.
"""

import struct

SYSTEM_PREFIX = 356
IOMMU = 88
# Field -> offset and struct format, from the start of each part.
SYSTEM = {
    "signature": (0, "5s"), "architecture": (5, "B"), "revision": (6, "<H"), "flags": (8, "<I"),
    "console_address": (44, "<Q"), "console_size": (52, "<I"), "console_type": (56, "<H"), "console_flags": (58, "<H"),
    "console_divider": (60, "<I"),
    "hv_start": (12, "<Q"), "hv_size": (28, "<Q"), "gic_version": (313, "B"), "maintenance_irq": (312, "B"),
    "gich_base": (332, "<Q"), "gicr_base": (348, "<Q"),
    "mmconfig_base": (76, "<Q"), "mmconfig_end_bus": (84, "B"), "apic_mode": (314, "B"),
    "iommu_type": (IOMMU, "<I"), "iommu_base": (IOMMU + 4, "<Q"), "iommu_size": (IOMMU + 12, "<I"),
    "iommu_bdf": (IOMMU + 16, "<H"), "iommu_base_cap": (IOMMU + 18, "B"),
}
CELL = {
    "signature": (0, "5s"), "architecture": (5, "B"), "revision": (6, "<H"), "name": (8, "32s"), "id": (40, "<I"),
    "flags": (44, "<I"), "cpu_set_size": (48, "<I"), "num_memory_regions": (52, "<I"), "num_cache_regions": (56, "<I"),
    "num_irqchips": (60, "<I"), "num_pio_regions": (64, "<I"), "num_pci_devices": (68, "<I"), "num_pci_caps": (72, "<I"),
    "num_stream_ids": (76, "<I"), "vpci_irq_base": (80, "<I"), "cpu_reset_address": (84, "<Q"),
    "msg_reply_timeout": (92, "<Q"),
}
CELL_SIZE = 132
# Counter -> size of an element, in the order in which the arrays follow the CPU set.
ARRAYS = {
    "num_memory_regions": 32, "num_cache_regions": 12, "num_irqchips": 32, "num_pio_regions": 4, "num_pci_devices": 56,
    "num_pci_caps": 8, "num_stream_ids": 4,
}
MEMORY = {"phys": (0, "<Q"), "virt": (8, "<Q"), "size": (16, "<Q"), "flags": (24, "<Q")}
IRQCHIP = {"address": (0, "<Q"), "id": (8, "<I"), "pin_base": (12, "<I"), "pins": (16, "<I")}
PCI_DEVICE = {
    "type": (0, "B"), "iommu": (1, "B"), "domain": (2, "<H"), "bdf": (4, "<H"), "bar0": (6, "<I"), "caps_start": (30, "<H"),
    "num_caps": (32, "<H"), "msi_vectors": (34, "B"), "msix_vectors": (36, "<H"), "msix_size": (38, "<H"), "msix": (40, "<Q"),
}

READ, WRITE, EXECUTE, DMA, IO, COMM_REGION, LOADABLE, ROOTSHARED = (1 << bit for bit in range(8))


class Blob:
    """A configuration that can be changed field by field; bytes(blob) is the result."""

    def __init__(self, data):
        self.data = bytearray(data)
        self.system = self.data[:5] == b"JHSYS"
        assert self.system or self.data[:5] == b"JHCLL"
        self._cell = SYSTEM_PREFIX if self.system else 0

    def __bytes__(self):
        return bytes(self.data)

    def _put(self, base, field, value):
        offset, layout = field
        struct.pack_into(layout, self.data, base + offset, value)
        return self

    def _get(self, base, field):
        offset, layout = field
        return struct.unpack_from(layout, self.data, base + offset)[0]

    def set_system(self, name, value):
        return self._put(0, SYSTEM[name], value)

    def get_system(self, name):
        return self._get(0, SYSTEM[name])

    def set_cell(self, name, value):
        return self._put(self._cell, CELL[name], value)

    def get_cell(self, name):
        return self._get(self._cell, CELL[name])

    def set_head(self, name, value):
        """A field of the first 8 bytes, which both kinds of configuration have."""
        return self._put(0, SYSTEM[name], value)

    def _element(self, counter, index):
        """Where an element of an array is; index may be the count, for the end of the array."""
        at = self._cell + CELL_SIZE + self.get_cell("cpu_set_size")
        for name, size in ARRAYS.items():
            if name == counter:
                return at + index * size
            at += self.get_cell(name) * size
        raise KeyError(counter)

    def append(self, counter, element):
        """Append an element, as bytes, to the array with this counter."""
        assert len(element) == ARRAYS[counter]
        count = self.get_cell(counter)
        at = self._element(counter, count)
        self.data[at:at] = element
        return self.set_cell(counter, count + 1)

    def set_memory(self, index, **values):
        for name, value in values.items():
            self._put(self._element("num_memory_regions", index), MEMORY[name], value)
        return self

    def get_memory(self, index, name):
        return self._get(self._element("num_memory_regions", index), MEMORY[name])

    def add_memory(self, phys, virt, size, flags):
        return self.append("num_memory_regions", struct.pack("<QQQQ", phys, virt, size, flags))

    def clear_memory_flag(self, flag):
        """Take a flag from all memory regions."""
        for index in range(self.get_cell("num_memory_regions")):
            self.set_memory(index, flags=self.get_memory(index, "flags") & ~flag)
        return self

    def set_irqchip(self, index, **values):
        for name, value in values.items():
            self._put(self._element("num_irqchips", index), IRQCHIP[name], value)
        return self

    def add_irqchip(self, address, ident, pin_base, pins):
        return self.append("num_irqchips", struct.pack("<QII4I", address, ident, pin_base, pins, 0, 0, 0))

    def add_ports(self, base, length):
        return self.append("num_pio_regions", struct.pack("<HH", base, length))

    def add_device(self, bdf, **values):
        """Append a PCI device; fields that are not named are zero."""
        self.append("num_pci_devices", bytes(ARRAYS["num_pci_devices"]))
        return self.set_device(self.get_cell("num_pci_devices") - 1, **{"type": 1, "bdf": bdf, **values})

    def set_device(self, index, **values):
        for name, value in values.items():
            self._put(self._element("num_pci_devices", index), PCI_DEVICE[name], value)
        return self

    def find_memory(self, phys):
        """Index of the region that begins at a physical address."""
        for index in range(self.get_cell("num_memory_regions")):
            if self.get_memory(index, "phys") == phys:
                return index
        raise KeyError(hex(phys))

    def set_cpus(self, mask):
        size = self.get_cell("cpu_set_size")
        at = self._cell + CELL_SIZE
        self.data[at:at + size] = mask.to_bytes(size, "little")
        return self

    def cut(self, size):
        del self.data[size:]
        return self
