# SPDX-License-Identifier: GPL-2.0-only
"""Hostile inmates on GICv3."""

import hostile
import hostile_arm64
import pytest

pytestmark = pytest.mark.full

arena = hostile.make_fixture("gicv3", hostile_arm64.ATTACKS, arch="arm64", gic=3, series="6.12")


class TestHostile(hostile_arm64.Arm64HostileTests):
    pass
