# SPDX-License-Identifier: GPL-2.0-only
"""
QEMU command lines of the boards that configs/ describes.

The root cell has the board's own UART. Hypervisor and inmate write to 8250 UARTs, each behind a PCI
bridge of its own, so that each has a page of the I/O window to itself (configs/arm64/qemu-arm64.c).
"""

import dataclasses
from pathlib import Path

# What Linux must be told on a board with 1 GB: where memory for cells begins, and not to use EL2 itself.
ARM64_KERNEL_LINE = "console=ttyAMA0 panic=-1 mem=768M kvm-arm.mode=none id_aa64mmfr1.vh=0"


@dataclasses.dataclass
class Board:
    """An emulated machine; every field may be changed before it starts."""

    kernel: Path
    initrd: Path
    gic: int = 3
    cpu: str = "cortex-a57"
    cpus: int = 4
    qemu: str = "qemu-system-aarch64"
    cmdline: str = ARM64_KERNEL_LINE
    machine_options: str = ""
    extra: tuple = ()

    def command(self, serial, hypervisor_log, inmate_log):
        """Full command line. serial: words that connect the root cell's UART."""
        machine = f"virt,virtualization=on,gic-version={self.gic},its=off"
        if self.machine_options:
            machine += f",{self.machine_options}"
        return [
            self.qemu,
            *("-machine", machine, "-cpu", self.cpu, "-smp", str(self.cpus), "-m", "1G"),
            *("-no-reboot", "-display", "none", "-nodefaults", "-net", "none"),
            *serial,
            *self._pci_serial(1, "hypervisor", hypervisor_log),
            *self._pci_serial(2, "inmate", inmate_log),
            *self.extra,
            *("-kernel", str(self.kernel), "-initrd", str(self.initrd), "-append", self.cmdline),
        ]

    @staticmethod
    def _pci_serial(slot, name, log):
        """A UART at PCI I/O port slot * 0x1000. Bridges without MSI do without an ITS."""
        return [
            *("-chardev", f"file,id={name},path={log}"),
            *("-device", f"pci-bridge,id=bridge{slot},chassis_nr={slot},msi=off,shpc=off,addr={slot}"),
            *("-device", f"pci-serial,chardev={name},bus=bridge{slot},addr=1"),
        ]
