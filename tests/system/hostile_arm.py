# SPDX-License-Identifier: GPL-2.0-only
"""What the attacks of inmates/tests/arm come to. The board has the addresses of arm64's."""

import dataclasses

import hostile_arm64
import pytest
from hostile_arm64 import NO_DEVICE, READ_ONLY, RTC, RTC_ID

FAILS = f"""
read-outside write-outside jump-outside read-hypervisor write-hypervisor jump-hypervisor read-beyond
jump-comm walk-outside mmio-jump mmio-lose-tables mmio-load-pc write-readonly:addr={READ_ONLY:#x} hvc-immediate
mmio-unaligned mmio-unaligned-write mmio-straddle
mmio-unaligned:addr={RTC_ID:#x} mmio-straddle:addr={RTC + 0xa:#x}
""".split()

FINISHES = """
gicd-foreign gicd-sweep gicr-foreign gicr-tables sgi-foreign timer-storm:seconds=2 sgi-storm:seconds=2 sgi-many
smc-unknown psci-bogus cpu-on-foreign hypercall-root-only hypercall-bogus hypercall-allowed cpu-suspend
hyp-registers hyp-instructions other-coprocessors condition-fails enter-modes
banked-registers cache-set-way caches-off undefined
mmio-load-thumb mmio-load-thumb-it mmio-load-conditional mmio-load-signed mmio-store-thumb mmio-clean-line
""".split()

# Whether the syndrome describes accesses is up to the CPU; whether the core then decodes them, to the core. Registers: as arm64's.
FINISHES_OR_FAILS = f"""
debug-registers impdef-registers sweep-cp14 sweep-cp15
mmio-load-post-index mmio-load-pre-index mmio-load-scaled mmio-load-pair mmio-load-double mmio-load-multiple
mmio-load-signed-post-index mmio-load-exclusive mmio-load-swap mmio-load-fp mmio-load-thumb-wide
mmio-store-post-index mmio-store-pre-index mmio-store-pair mmio-store-double mmio-store-multiple mmio-store-exclusive
mmio-load-pair:addr={RTC:#x}
""".split()

# 64 bits are two accesses of 32.
BUS_ERRORS = [f"mmio-width:width={bits}{write}" for bits in (8, 16, 32, 64) for write in ("", " write")]

ATTACKS = dataclasses.replace(
    hostile_arm64.ATTACKS,
    fails=FAILS,
    finishes=FINISHES,
    finishes_or_fails=FINISHES_OR_FAILS,
    widths=tuple(width for width in hostile_arm64.ATTACKS.widths if width[0] != 64),
)

# What has to do with the interrupt controller. The rest is the same on any, and is tried on one.
GIC_ATTACKS = dataclasses.replace(
    ATTACKS,
    fails=("read-hypervisor", "mmio-straddle"),
    finishes=(*[name for name in FINISHES if name.startswith(("gic", "sgi", "timer"))], "hyp-registers", "cpu-suspend"),
    finishes_or_fails=("sweep-cp15", "mmio-load-double", "mmio-store-multiple"),
    runs_on=("irq-never-ends", "wfi-masked"),
    widths=((32, "", RTC, True),),
)


class ArmHostileTests(hostile_arm64.Arm64HostileTests):
    """Those of arm64, with another table."""

    attacks = ATTACKS

    @pytest.mark.parametrize("attack", BUS_ERRORS)
    def test_bus_error(self, arena, attack):
        arena.expect(f"{attack} addr={NO_DEVICE:#x}", "failed")
        assert "FATAL: bus error: " in arena.printed()
