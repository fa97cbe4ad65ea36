# SPDX-License-Identifier: GPL-2.0-only
"""
The machines that tests run on: fields of a board (lab/qemu.py), the kernel's series, and a name for the test's parameter.

Tests that are the same on all architectures take such a machine as their parameter "machine" and hand it to boot().
"""

import pytest
from lab.qemu import X86_IOMMU_EVENTS, X86_X2APIC, X86_X2APIC_LINUX

full = pytest.mark.full


def arm64(gic=3, cpu="cortex-a57", series="6.12", marks=full):
    fields = {"arch": "arm64", "gic": gic, "cpu": cpu, "series": series}
    return pytest.param(fields, id=f"arm64-gicv{gic}-{cpu}-{series}", marks=marks)


def arm(gic=2, cpu="cortex-a15", series="6.12", marks=full):
    fields = {"arch": "arm", "gic": gic, "cpu": cpu, "series": series}
    return pytest.param(fields, id=f"arm-gicv{gic}-{cpu}-{series}", marks=marks)


# Kinds of PCs. Without x2APIC the core translates what cells do with it.
X86 = {
    "xapic": {"qemu": "7.2"},
    "x2apic": X86_X2APIC,
    "x2apic-linux": X86_X2APIC_LINUX,
    "events": X86_IOMMU_EVENTS,
}


def x86(kind="x2apic", series="6.12", marks=full):
    return pytest.param({"arch": "x86", "series": series, **X86[kind]}, id=f"x86-{kind}-{series}", marks=marks)


# Each kind of interrupt controller once; each architecture once.
EACH_KIND = [arm64(gic=2), arm64(gic=3), arm(), x86("xapic"), x86("x2apic")]
EACH_ARCH = [arm64(), arm(), x86()]
