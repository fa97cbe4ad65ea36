# SPDX-License-Identifier: GPL-2.0-only
"""Hostile inmates on CPUs with x2APIC."""

import hostile
import hostile_x86
import pytest
from machines import X86

pytestmark = pytest.mark.full

arena = hostile.make_fixture("x2apic", hostile_x86.ATTACKS, arch="x86", series="6.12", **X86["x2apic"])


class TestHostile(hostile_x86.X86HostileTests):
    pass
