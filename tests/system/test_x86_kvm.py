# SPDX-License-Identifier: GPL-2.0-only
"""KVM that is loaded is noticed, whether it has switched SVM on yet or not."""

import pytest
from lab.kernels import kernel_module
from machines import x86

pytestmark = pytest.mark.full

# In the order in which they depend on each other.
KVM_MODULES = ("irqbypass", "kvm", "ccp", "kvm-amd")


@pytest.mark.parametrize("machine", [x86("x2apic", "6.1"), x86("x2apic", "6.12")])
def test_kvm_without_machines(boot, machine):
    """6.1's does nothing to the CPU before it has any."""
    files = [(f"root/{name}.ko", kernel_module("x86", machine["series"], name)) for name in KVM_MODULES]
    session = boot(**machine, extra_files=files)
    session.check(" && ".join(f"insmod {name}.ko" for name in KVM_MODULES))
    session.insmod()
    session.refused(f"jailhouse enable {session.system}", r"unload KVM \(kvm_amd\)", "Device or resource busy")
    session.check("rmmod kvm_amd")
    session.enable()
    session.disable()
    session.expect_linux_well()
