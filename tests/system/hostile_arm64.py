# SPDX-License-Identifier: GPL-2.0-only
"""What the attacks of inmates/tests/arm64 come to. The attacker prints by hypercall, to the hypervisor's log."""

import re

import pytest
from hostile import Attacks, UndecidedTests

READ_ONLY, RTC, RTC_ID, NO_DEVICE = 0x10000000, 0x09010000, 0x09010FE0, 0x09040100

# The CPUs of these machines have addresses beyond 40 bits, so that no stage-1 fault comes before stage 2 (read-beyond).
# Of accesses that the syndrome does not describe, those of vector registers and exclusive ones are not emulated; and none
# that is unaligned, unless the region has IO_UNALIGNED, or that reaches beyond its region.
FAILS = f"""
read-outside write-outside jump-outside read-hypervisor write-hypervisor jump-hypervisor read-beyond
jump-comm walk-outside mmio-jump mmio-lose-tables write-readonly:addr={READ_ONLY:#x} hvc-immediate
mmio-load-exclusive mmio-store-exclusive mmio-load-simd mmio-load-fp mmio-store-simd
mmio-unaligned mmio-unaligned-write mmio-straddle mmio-zero-block
mmio-unaligned:addr={RTC_ID:#x} mmio-straddle:addr={RTC + 0xa:#x}
""".split()

# mmio-clean-line does nothing here: the emulator has no caches. A CPU that has takes a stage-2 fault, and the cell fails.
FINISHES = f"""
gicd-foreign gicd-sweep gicr-foreign gicr-tables sgi-foreign timer-storm:seconds=2 sgi-storm:seconds=2 sgi-many
smc-unknown psci-bogus cpu-on-foreign hypercall-root-only hypercall-bogus hypercall-allowed cpu-suspend
el2-registers el2-instructions eret-to-el2 cache-set-way caches-off undefined
mmio-load-post-index mmio-load-pre-index mmio-load-pair mmio-load-pair-post-index mmio-load-pair64 mmio-load-signed
mmio-load-signed-post-index mmio-load-acquire mmio-store-post-index mmio-store-pre-index mmio-store-pair
mmio-clean-line mmio-load-pair:addr={RTC:#x}
""".split()

# A CPU that has these registers traps them, and the cell fails: QEMU 10 does. To QEMU 7.2 they are undefined.
FINISHES_OR_FAILS = ("debug-registers", "impdef-registers")

# fault-loop: each fault leads to the next within EL1, as its vectors are not mapped at stage 1.
# cpu-off-last: a cell says itself that it has ended. It does not.
RUNS_ON = "fault-loop cpu-off-last irq-never-ends wfi-masked wfe-masked endless-loop never-answer answer-early".split()

# Described by the syndrome, decoded, or carried out byte by byte.
BUS_ERRORS = [
    *[f"mmio-width:width={bits}{write}" for bits in (8, 16, 32, 64) for write in ("", " write")],
    *"mmio-store-post-index: mmio-store-pair: mmio-unaligned: mmio-unaligned-write:".split(),
]

ATTACKS = Attacks(
    cell="test-console",
    console="hypervisor",
    fails=FAILS,
    finishes=FINISHES,
    finishes_or_fails=FINISHES_OR_FAILS,
    runs_on=RUNS_ON,
    ends=("system-off", "system-reset"),
    widths=(
        (32, "", RTC, True),
        (8, "", RTC, False),
        (16, "", RTC, False),
        (64, "", RTC, False),
        (8, "write", RTC, False),
        (32, "", RTC_ID, True),
        (8, "", RTC_ID, True),
        (16, "", RTC_ID, False),
        (32, "write", RTC_ID, False),
        (8, "write", RTC_ID, False),
    ),
)


class Arm64HostileTests(UndecidedTests):
    """Those of all, of PSCI, and of buses that report errors."""

    attacks = ATTACKS

    def test_ends_only_itself(self, arena, ending):
        arena.expect(ending, "shut down")

    @pytest.mark.parametrize("attack", BUS_ERRORS)
    def test_bus_error(self, arena, attack):
        """Guarded accesses that are allowed, but no device answers."""
        arena.expect(f"{attack} addr={NO_DEVICE:#x}", "failed")
        assert "FATAL: bus error: " in arena.printed()

    def test_pin_comes_back_as_lent(self, arena):
        """Linux sets an interrupt's priority when it boots, and never again: what the next cell finds is what Linux has."""
        figures = []
        for _ in range(2):
            arena.begin("gicd-own")
            assert arena.outcome("gicd-own") == "finished"
            figures.append(re.findall(r"(?:found|left) priority 0x(\w+) triggers 0x(\w+)", arena.printed()))
            arena.end()
        (found, left), again = figures
        assert int(left[0], 16) > int(found[0], 16) and left[1] != found[1]
        assert again == [found, left]

    def test_bus_error_of_linux(self, arena):
        """On the page that the root cell shares with the test cell the core does it for Linux."""
        arena.begin("none")
        status, output = arena.session.machine.run(f"devmem {NO_DEVICE + 0x100:#x} 32")
        assert status != 0 and "Bus error" in output, (status, output)
        assert "FATAL" not in arena.printed()
        arena.end()
