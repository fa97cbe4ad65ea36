# SPDX-License-Identifier: GPL-2.0-only
"""
QEMU command lines of the boards that configs/ describes.

The root cell has the board's first UART. Hypervisor and inmates write to 8250 UARTs of their own. A board
lists its consoles beside the root cell's, by the names under which machine.py keeps their logs.
"""

import dataclasses
import os
from pathlib import Path

from .emulator import emulator

# What Linux must be told on a board with 1 GB: where memory for cells begins, and not to use EL2 itself.
ARM64_KERNEL_LINE = "console=ttyAMA0 panic=-1 mem=768M kvm-arm.mode=none id_aa64mmfr1.vh=0"
# 32-bit kernels use HYP mode for nothing that they could be told not to.
# vmalloc: the memory of a module's initialisation goes some time after it, and with it all translations from there to
# the last address that became free, page by page: seconds of one CPU's time in an emulator, up to 30 with the usual 240M.
ARM_KERNEL_LINE = "console=ttyAMA0 panic=-1 mem=768M vmalloc=768M"
# The same on a PC: memory of hypervisor and cells, and not to use the IOMMU.
X86_KERNEL_LINE = "console=ttyS0 panic=-1 memmap=82M$0x3a000000 amd_iommu=off"

X86_CPU = "EPYC,+svm,+npt"
# Fields of a board whose CPUs have x2APIC. Linux does not use it, for it cannot remap interrupts,
X86_X2APIC = {"qemu": "10.0", "cpu": f"{X86_CPU},+x2apic"}
# unless it takes the machine for a virtual one of the only kind that QEMU can imitate without KVM.
X86_X2APIC_LINUX = {
    "qemu": "10.0", "cpu": f"{X86_CPU},+x2apic,-hypervisor", "extra": ("-smbios", "type=1,serial=VMware-1"),
}
# Fields of a board whose IOMMU reports what it blocks.
X86_IOMMU_EVENTS = {"qemu": "11.1", "iommu": "amd-iommu,intremap=on,dma-remap=on"}


@dataclasses.dataclass
class Board:
    """An emulated machine; every field may be changed before it starts. qemu: version, or None for the system's."""

    kernel: Path
    initrd: Path
    cpus: int = 4
    qemu: str = None
    machine_options: str = ""
    extra: tuple = ()

    consoles = ("hypervisor", "inmate")
    # End of the name of the system configuration for this kind of the board.
    variant = ""
    # What QEMU's monitor can say of the machine's state beside the CPUs' registers.
    state_commands = ()
    # Whether all threads of the emulator must share one CPU of the real machine.
    one_real_cpu = False

    def command(self, serial, logs, real_cpu=None):
        """
        Full command line. serial: words that connect the root cell's UART; logs: console -> path; real_cpu: for an
        emulator that must not use several, or None for any one.
        """
        machine, devices = self._machine(), self._devices(serial, logs)
        if self.machine_options:
            machine += f",{self.machine_options}"
        return [
            *(self._place(real_cpu) if self.one_real_cpu else []),
            *emulator(self.arch, self.qemu),
            *("-machine", machine, "-cpu", self.cpu, "-smp", str(self.cpus), "-m", "1G"),
            *("-no-reboot", "-display", "none", "-nodefaults"),
            *devices,
            *self.extra,
            *("-kernel", str(self.kernel), "-initrd", str(self.initrd), "-append", self.cmdline),
        ]

    @staticmethod
    def _place(real_cpu):
        cpu = min(os.sched_getaffinity(0)) if real_cpu is None else real_cpu
        return ["taskset", "--cpu-list", str(cpu)]


@dataclasses.dataclass
class VirtBoard(Board):
    """QEMU's virt. Each further UART is behind a PCI bridge, which gives it a page of the I/O window to itself."""

    gic: int = 3

    # How far addresses reach.
    highmem = "on"

    def _machine(self):
        return f"virt,virtualization=on,gic-version={self.gic},its=off,highmem={self.highmem}"

    def _devices(self, serial, logs):
        words = ["-net", "none", *serial]
        for slot, name in enumerate(self.consoles, 1):
            words += self._pci_serial(slot, name, logs[name])
        return words

    @staticmethod
    def _pci_serial(slot, name, log):
        """A UART at PCI I/O port slot * 0x1000. Bridges without MSI do without an ITS."""
        return [
            *("-chardev", f"file,id={name},path={log}"),
            *("-device", f"pci-bridge,id=bridge{slot},chassis_nr={slot},msi=off,shpc=off,addr={slot}"),
            *("-device", f"pci-serial,chardev={name},bus=bridge{slot},addr=1"),
        ]


@dataclasses.dataclass
class Arm64Board(VirtBoard):
    """With CPUs of 64 bits."""

    cpu: str = "cortex-a57"
    cmdline: str = ARM64_KERNEL_LINE

    arch = "arm64"

    @property
    def variant(self):
        return "-gicv2" if self.gic == 2 else ""


@dataclasses.dataclass
class ArmBoard(VirtBoard):
    """With CPUs of 32 bits, and nothing above 4 GiB."""

    cpu: str = "cortex-a15"
    cmdline: str = ARM_KERNEL_LINE
    gic: int = 2

    arch = "arm"
    highmem = "off"

    @property
    def variant(self):
        return "-gicv3" if self.gic == 3 else ""


@dataclasses.dataclass
class X86Board(Board):
    """
    QEMU's q35 with an AMD CPU and IOMMU, an e1000e in the emulator's user network, and QEMU's educational
    device, which can do DMA. Where the firmware places them, configs/x86 knows: leave none out. iommu may be empty.
    """

    cpu: str = X86_CPU
    cmdline: str = X86_KERNEL_LINE
    iommu: str = "amd-iommu,intremap=on"

    arch = "x86"
    consoles = ("hypervisor", "inmate", "inmate2")
    # QEMU loses changes of the first CPU's GIF, NMI mask and nested paging otherwise: FLDENV, FRSTOR, FXRSTOR and XRSTOR
    # on any CPU clear IGNNE in the same word of the first one by an AND that is not atomic (cpu_clear_ignne).
    one_real_cpu = True
    state_commands = ("info lapic 0", "info lapic 1", "info lapic 2", "info lapic 3", "info pic")

    def _machine(self):
        return "q35"

    def _devices(self, serial, logs):
        words = ["-accel", "tcg,thread=multi", *(["-device", self.iommu] if self.iommu else []), *serial]
        for name in self.consoles:
            words += ["-serial", f"file:{logs[name]}"]
        words += ["-netdev", "user,id=net", "-device", "e1000e,netdev=net,romfile=,addr=2"]
        # Without the mask it would wrap addresses at 256 MiB, and reach nobody else's memory whoever let it.
        return [*words, "-device", "edu,addr=4,dma_mask=0xffffffffffffffff"]


BOARDS = {"arm64": Arm64Board, "arm": ArmBoard, "x86": X86Board}
