# SPDX-License-Identifier: GPL-2.0-only
"""A kernel that runs at EL2 itself is refused with advice, not with a panic."""

import pytest
from lab.qemu import ARM64_KERNEL_LINE

pytestmark = pytest.mark.full


@pytest.mark.parametrize("cpu,series", [("neoverse-n1", "6.1"), ("max", "6.12")])
def test_kernel_at_el2_is_refused(boot, cpu, series):
    line = ARM64_KERNEL_LINE.replace("id_aa64mmfr1.vh=0", "").replace("kvm-arm.mode=none", "")
    session = boot(cpu=cpu, series=series, cmdline=line)
    session.insmod()
    session.refused(f"jailhouse enable {session.system}", r"id_aa64mmfr1\.vh=0|kvm-arm\.mode")
    session.check("rmmod jailhouse")
    session.expect_linux_well()
