# SPDX-License-Identifier: GPL-2.0-only
"""Refusals on arm64, with those that are its own."""

import pytest
import refusals

pytestmark = pytest.mark.full

# Between the devices of this board: bus errors.
NOWHERE = 0x0B000000
FACTS = refusals.Facts(
    arch="arm64",
    number=2,
    other_number=0,
    other_name="x86",
    firmware="jailhouse.bin",
    hv_start=0x7FC00000,
    hv_size=0x400000,
    region=0x40000000,
    linux=0x50000000,
    cell_ram=0x7FA00000,
    cell_ram_size=0x10000,
    spare=0x7F000000,
    controller=0x08000000,
    more_systems={
        "gic-version": (lambda f: f.system().set_system("gic_version", 2), "GIC"),
        "gic-bogus": (lambda f: f.system().set_system("gic_version", 9), "GIC"),
        "gic-nowhere": (lambda f: f.system().set_system("gicr_base", NOWHERE), "nothing answers at 0xb000000.*GICR"),
    },
    more_cells={},
)

session, enabled = refusals.make_fixtures(FACTS)


class TestRefusals(refusals.RefusalTests):
    facts = FACTS
