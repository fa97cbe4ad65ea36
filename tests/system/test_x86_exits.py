# SPDX-License-Identifier: GPL-2.0-only
"""In steady state a cell does not enter the core."""

import pytest
from machines import x86

pytestmark = pytest.mark.full

SECONDS = 10


def exits(session):
    """Entries of the timer's cell into the core, while it ticks; by kind."""
    session.insmod()
    session.enable()
    session.run_cell(session.plan.cell)
    number = session.cells()[session.cell][0]
    before = session.statistics(number)
    session.expect_ticking(SECONDS)
    after = session.statistics(number)
    return {name: after[name] - before[name] for name in after}


@pytest.mark.parametrize("machine", [x86("x2apic", "6.1"), x86("x2apic", "6.12"), x86("x2apic-linux")])
def test_none_with_x2apic(boot, machine):
    session = boot(**machine)
    counted = exits(session)
    assert not any(counted.values()), counted
    session.destroy()
    session.disable()
    session.expect_linux_well()


@pytest.mark.parametrize("machine", [x86("xapic", "6.1"), x86("xapic", "6.12")])
def test_how_many_without_x2apic(boot, machine):
    """The core translates what the cell does with its local APIC: a few accesses for each tick."""
    session = boot(**machine)
    counted = {name: count for name, count in exits(session).items() if count}
    print(f"exits in {SECONDS} s with a timer of 10 Hz: {counted}")
    assert set(counted) <= {"total", "msr_other", "msr_x2apic_icr"}, counted
    assert 0 < counted["total"] <= 5 * 10 * SECONDS
    session.destroy()
    session.disable()
    session.expect_linux_well()
