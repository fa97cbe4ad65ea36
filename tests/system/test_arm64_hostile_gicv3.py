# SPDX-License-Identifier: GPL-2.0-only
"""Hostile inmates on GICv3."""

import hostile
import pytest

pytestmark = pytest.mark.full

arena = hostile.make_fixture(gic=3, series="6.12")


class TestHostile(hostile.HostileTests):
    pass
