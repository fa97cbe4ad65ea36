# SPDX-License-Identifier: GPL-2.0-only
"""Refusals on 32-bit Arm, with those that are its own. The board has the addresses of arm64's."""

import dataclasses

import pytest
import refusals
from test_arm64_refusals import FACTS as ARM64
from test_arm64_refusals import NOWHERE

pytestmark = pytest.mark.full

FACTS = dataclasses.replace(
    ARM64,
    arch="arm",
    number=1,
    more_systems={
        "gic-version": (lambda f: f.system().set_system("gic_version", 3), "GIC"),
        "gic-bogus": (lambda f: f.system().set_system("gic_version", 9), "GIC"),
        "gic-nowhere": (lambda f: f.system().set_system("gich_base", NOWHERE), "nothing answers at 0xb000000.*GICH"),
    },
)

session, enabled = refusals.make_fixtures(FACTS)


class TestRefusals(refusals.RefusalTests):
    facts = FACTS
