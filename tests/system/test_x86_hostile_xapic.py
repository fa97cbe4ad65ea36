# SPDX-License-Identifier: GPL-2.0-only
"""Hostile inmates on CPUs without x2APIC, as far as it makes a difference."""

import hostile
import hostile_x86
import pytest
from machines import X86

pytestmark = pytest.mark.full

arena = hostile.make_fixture("xapic", hostile_x86.XAPIC_ATTACKS, arch="x86", series="6.1", **X86["xapic"])


class TestHostile(hostile.HostileTests):
    attacks = hostile_x86.XAPIC_ATTACKS
