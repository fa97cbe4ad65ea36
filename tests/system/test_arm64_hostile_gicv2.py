# SPDX-License-Identifier: GPL-2.0-only
"""Hostile inmates on GICv2."""

import hostile
import pytest

pytestmark = pytest.mark.full

arena = hostile.make_fixture(gic=2, series="6.1")


class TestHostile(hostile.HostileTests):
    pass
