# SPDX-License-Identifier: GPL-2.0-only
"""A cell beside a busy Linux keeps its time."""

import pytest
from machines import EACH_KIND
from workload import start_workload, stop_workload, work_files

pytestmark = [pytest.mark.full, pytest.mark.alone]


def toggle_cpu(session, cpu):
    """Switch a CPU off and on all the time."""
    online = f"/sys/devices/system/cpu/cpu{cpu}/online"
    session.check(f"(while :; do echo 0 > {online}; echo 1 > {online}; sleep 1; done) & echo $! >> /tmp/workers")


@pytest.mark.parametrize("machine", EACH_KIND)
def test_cell_keeps_10_hz_beside_a_busy_linux(boot, machine):
    session = boot(**machine, extra_files=work_files(machine["arch"]))
    session.insmod()
    session.enable()
    session.run_cell(session.plan.cell)
    start_workload(session, workers=1)
    cpu = session.cpus_to_toggle()[0]
    toggle_cpu(session, cpu)
    session.machine.sleep(2)
    ticks = session.ticks(10)
    stop_workload(session)
    assert 90 <= ticks <= 110, f"{ticks} ticks in 10 s"
    assert "too early" not in session.machine.inmate.text()
    session.check(f"echo 1 > /sys/devices/system/cpu/cpu{cpu}/online; true")
    session.destroy()
    session.disable()
    session.expect_linux_well()
