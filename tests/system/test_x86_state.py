# SPDX-License-Identifier: GPL-2.0-only
"""What Linux has in its CPUs survives that the hypervisor comes and goes, whatever the kernel and the CPU have switched on."""

import re
import subprocess
from pathlib import Path

import pytest
from lab.build import CROSS_COMPILE
from lab.qemu import X86_CPU, X86_KERNEL_LINE
from machines import x86
from session import parse_cpus

pytestmark = pytest.mark.full

# APIC base, SYSENTER, PAT, MTRRs, EFER, SYSCALL, GS base, TSC_AUX, HWCR, VM_CR, VM_HSAVE_PA.
MSRS = [
    0x1B, 0x174, 0x175, 0x176, 0x277, 0x2FF, *range(0x200, 0x210), 0x250, 0x258, 0x259, *range(0x268, 0x270), 0xC0000080,
    0xC0000081, 0xC0000082, 0xC0000083, 0xC0000084, 0xC0000101, 0xC0000103, 0xC0010015, 0xC0010114, 0xC0010117,
]
# Those that Linux relies on must not even look different while the hypervisor is there.
VISIBLE_MSRS = [0x1B, 0x174, 0x175, 0x176, 0x277, 0xC0000081, 0xC0000082, 0xC0000083, 0xC0000084, 0xC0000101, 0xC0000103]


def read_msrs(session, numbers):
    """Text with one line for each CPU and MSR."""
    session.check(
        f"for cpu in {' '.join(map(str, parse_cpus(session.online)))}; do for msr in {' '.join(map(str, numbers))}; do "
        "echo $cpu $msr $(dd if=/dev/cpu/$cpu/msr iflag=skip_bytes bs=8 count=1 skip=$msr 2>/dev/null | od -A n -t x8); "
        "done; done > /tmp/msrs",
    )
    return session.check("cat /tmp/msrs")


@pytest.mark.parametrize("machine", [x86("xapic", "6.1"), x86("x2apic", "6.12"), x86("x2apic-linux", "6.12")])
def test_msrs(boot, machine):
    session = boot(**machine)
    session.check("insmod msr.ko")
    session.insmod()
    before, visible = read_msrs(session, MSRS), read_msrs(session, VISIBLE_MSRS)
    assert re.search(rf"^0 {0x277} \w*0106", before, re.MULTILINE), before
    session.enable()
    assert read_msrs(session, VISIBLE_MSRS) == visible
    session.create()
    session.destroy()
    session.disable()
    assert read_msrs(session, MSRS) == before
    session.expect_linux_well()


@pytest.mark.parametrize("machine", [x86("xapic", "6.12"), x86("x2apic", "6.1")])
def test_floating_point_and_time(boot, machine):
    """Every CPU calculates while the hypervisor comes and goes; all get the same result. The TSC stays the clock."""
    session = boot(**machine)
    session.insmod()
    program = "BEGIN { for (n = 1; n < 200000; n++) s += 1 / n; printf \"%.15g\\n\", s }"
    session.machine.write_file("/root/sum.awk", program.encode())
    for cpu in parse_cpus(session.online):
        session.check(
            f"(while [ ! -e /tmp/stop ]; do taskset -c {cpu} awk -f /root/sum.awk >> /tmp/sums; done) & echo $! >> /tmp/workers"
        )
    clock = session.check("cat /sys/devices/system/clocksource/clocksource0/current_clocksource")
    for _ in range(5):
        session.enable()
        session.machine.sleep(1)
        session.disable()
    session.check("touch /tmp/stop; wait $(cat /tmp/workers); true", timeout=120)
    sums = session.check("sort -u /tmp/sums").split()
    assert len(sums) == 1, sums
    assert session.check("cat /sys/devices/system/clocksource/clocksource0/current_clocksource") == clock
    session.expect_linux_well()


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    program = tmp_path_factory.mktemp("busy") / "busy"
    source = Path(__file__).with_name("x86_busy.S")
    subprocess.run([f"{CROSS_COMPILE['x86']}gcc", "-nostdlib", "-static", "-o", program, source], check=True)
    return program


@pytest.mark.parametrize("machine", [x86("x2apic", "6.12")])
def test_many_exits_beside_busy_fpus(boot, busy, machine):
    """
    The first CPU exits as often as it can while all others load FPU state. With an emulator that loses changes of the
    first CPU's flags meanwhile (lab/qemu.py) the root cell stops.
    """
    session = boot(**machine, extra_files=(("bin/busy", busy),))
    session.insmod()
    session.enable()
    for cpu in parse_cpus(session.online)[1:]:
        session.check(f"taskset -c {cpu} busy & echo $! >> /tmp/workers")
    before = session.statistics(0)["total"]
    session.check("taskset -c 0 busy exits & echo $! >> /tmp/workers")
    session.machine.sleep(10)
    session.check("kill $(cat /tmp/workers)")
    assert session.statistics(0)["total"] - before > 100000
    session.expect_linux_well()
    session.disable()


KERNELS_AND_CPUS = {
    "page-table-isolation": {"cmdline": f"{X86_KERNEL_LINE} pti=on"},
    "no-kaslr": {"cmdline": f"{X86_KERNEL_LINE} nokaslr"},
    "5-level-paging": {"cpu": f"{X86_CPU},+la57"},
    "no-smep-smap": {"cpu": f"{X86_CPU},-smep,-smap"},
    "no-xsave": {"cmdline": f"{X86_KERNEL_LINE} noxsave"},
    "no-avx": {"cpu": f"{X86_CPU},-avx,-avx2,-xsave"},
    "max": {"cpu": "max"},
}


@pytest.mark.parametrize("name", KERNELS_AND_CPUS)
@pytest.mark.parametrize("machine", [x86("xapic", "6.1")])
def test_life_of_a_cell(boot, machine, name):
    session = boot(**machine | KERNELS_AND_CPUS[name])
    session.insmod()
    session.enable()
    session.run_cell(session.plan.cell)
    session.expect_ticking()
    session.destroy()
    session.disable()
    session.check("rmmod jailhouse")
    session.expect_linux_well()
