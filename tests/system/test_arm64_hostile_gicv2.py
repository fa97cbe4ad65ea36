# SPDX-License-Identifier: GPL-2.0-only
"""Hostile inmates on GICv2."""

import hostile
import hostile_arm64
import pytest

pytestmark = pytest.mark.full

arena = hostile.make_fixture("gicv2", hostile_arm64.ATTACKS, arch="arm64", gic=2, series="6.1")


class TestHostile(hostile_arm64.Arm64HostileTests):
    pass
