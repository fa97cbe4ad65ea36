# SPDX-License-Identifier: GPL-2.0-only
"""Hostile inmates on GICv2."""

import hostile
import hostile_arm
import pytest

pytestmark = pytest.mark.full

arena = hostile.make_fixture("arm-gicv2", hostile_arm.ATTACKS, arch="arm", gic=2, series="6.12")


class TestHostile(hostile_arm.ArmHostileTests):
    pass
