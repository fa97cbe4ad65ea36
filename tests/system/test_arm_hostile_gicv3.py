# SPDX-License-Identifier: GPL-2.0-only
"""Hostile inmates on GICv3, as far as it makes a difference."""

import hostile
import hostile_arm
import pytest

pytestmark = pytest.mark.full

arena = hostile.make_fixture("arm-gicv3", hostile_arm.GIC_ATTACKS, arch="arm", gic=3, series="6.1")


class TestHostile(hostile.UndecidedTests):
    attacks = hostile_arm.GIC_ATTACKS
