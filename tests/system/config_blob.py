# SPDX-License-Identifier: GPL-2.0-only
"""
Edits configuration blobs, by the published format's numbers rather than by our headers: cell descriptor (132 bytes; in a
system configuration at 356), CPU set, memory regions (32 bytes each), caches, interrupt controllers (28).
"""

import struct

SYSTEM_PREFIX = 356
# Field -> offset and struct format, from the start of each part.
SYSTEM = {
    "signature": (0, "5s"), "architecture": (5, "B"), "revision": (6, "<H"), "flags": (8, "<I"),
    "hv_start": (12, "<Q"), "hv_size": (28, "<Q"), "gic_version": (313, "B"), "maintenance_irq": (312, "B"),
}
CELL = {
    "signature": (0, "5s"), "architecture": (5, "B"), "revision": (6, "<H"), "name": (8, "32s"), "id": (40, "<I"),
    "flags": (44, "<I"), "cpu_set_size": (48, "<I"), "num_memory_regions": (52, "<I"), "num_cache_regions": (56, "<I"),
    "num_irqchips": (60, "<I"), "num_pio_regions": (64, "<I"), "num_pci_devices": (68, "<I"), "num_pci_caps": (72, "<I"),
    "num_stream_ids": (76, "<I"), "vpci_irq_base": (80, "<I"), "cpu_reset_address": (84, "<Q"),
    "msg_reply_timeout": (92, "<Q"),
}
CELL_SIZE = 132
MEMORY = {"phys": (0, "<Q"), "virt": (8, "<Q"), "size": (16, "<Q"), "flags": (24, "<Q")}
MEMORY_SIZE = 32

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

    def _memory(self, index):
        return self._cell + CELL_SIZE + self.get_cell("cpu_set_size") + index * MEMORY_SIZE

    def set_memory(self, index, **values):
        for name, value in values.items():
            self._put(self._memory(index), MEMORY[name], value)
        return self

    def get_memory(self, index, name):
        return self._get(self._memory(index), MEMORY[name])

    def add_memory(self, phys, virt, size, flags):
        """Append a memory region."""
        count = self.get_cell("num_memory_regions")
        at = self._memory(count)
        self.data[at:at] = struct.pack("<QQQQ", phys, virt, size, flags)
        return self.set_cell("num_memory_regions", count + 1)

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
