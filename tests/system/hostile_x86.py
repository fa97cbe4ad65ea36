# SPDX-License-Identifier: GPL-2.0-only
"""What the attacks of inmates/tests/x86 come to in the cell "test" (configs/x86/qemu-x86-test.c), which prints to COM4."""

import dataclasses

from hostile import Attacks, HostileTests

READ_ONLY, NARROW, NARROW_READ_ONLY = 0x10000000, 0x10003000, 0x10003800
# RAM for inmates that no cell has: the root cell's, and one that it can look into.
SPARE = 0x3E000000
PATTERN = 0x12345678

# cr3-bad, cr4-bad, cr4-mode: QEMU takes a write of reserved bits for an invalid guest (exit -1), and lets PAE be cleared, whereupon
# nothing is mapped any more. A CPU refuses all of that by an exception in the inmate, which then finishes.
# fault-loop: in the end its stack has overwritten what exceptions need, so that there is a triple fault.
# mmio-stale-code: a CPU that hands over the instruction's bytes would spare the core the look-up.
# Of instructions that access guarded memory, those that do more than move are not emulated.
FAILS = f"""
read-outside write-outside jump-outside read-hypervisor write-hypervisor jump-hypervisor read-beyond
read-xapic write-xapic read-iommu read-flash read-straddle jump-comm walk-outside
write-readonly:addr={READ_ONLY:#x} walk-readonly:addr={READ_ONLY:#x}
port-pic port-pit port-keyboard-reset port-rtc port-fast-reset port-hard-reset port-smi port-com1 port-com2
port-power-off port-fw-cfg port-any port-beyond-uart port-before-uart port-wrap port-string-foreign port-string-pci
port-pci-straddle port-pci-straddle-end
mmio-add mmio-locked-or mmio-exchange mmio-compare-exchange mmio-exchange-add mmio-increment mmio-bit-set mmio-shift
mmio-compare mmio-test mmio-push mmio-set-byte mmio-sgdt mmio-sse-load mmio-sse-store mmio-x87-store
mmio-jump mmio-straddle mmio-page-straddle mmio-page-straddle-before mmio-stale-code
triple-fault fault-loop stack-outside cr3-bad cr4-bad cr4-mode
""".split()

# What the core does not grant of MSRs and instructions, is a fault in the inmate; messages to others are dropped.
# mmio-rep-down leaves the region for RAM of the cell, and ends there.
FINISHES = """
port-string-allowed
msr-sweep msr-read msr-write msr-efer-svme msr-efer-reserved msr-apic-off msr-apic-xapic msr-apic-move
msr-mtrr-off msr-mtrr-range msr-smm msr-host-save msr-vm-cr msr-tsc
ipi-fixed-foreign ipi-lowest-foreign ipi-nmi-foreign ipi-init-foreign ipi-sipi-foreign ipi-smi-foreign ipi-extint-foreign
ipi-reserved-foreign ipi-takeover-foreign ipi-fixed-all ipi-nmi-all ipi-init-all ipi-sipi-all ipi-smi-all
ipi-foreign-storm:seconds=2 ipi-bad-vectors ipi-exception-vectors ipi-reserved-bits ipi-nmi-self
ipi-storm:seconds=2 timer-storm:seconds=2
apic-sweep apic-local-modes
cr0-allowed cr0-bad cr0-unprotected caches-off xsetbv-bad debug-registers single-step wbinvd invd rdpmc monitor
undefined cpuid-sweep
svm-vmrun svm-vmrun-hypervisor svm-vmload svm-vmload-hypervisor svm-vmsave svm-vmsave-hypervisor svm-stgi svm-clgi
svm-invlpga svm-skinit mwait-masked vmx-getsec smm-rsm vmx-hypercall
mmio-prefixes mmio-prefix-flood mmio-rep-stos mmio-rep-movs mmio-rep-down mmio-unaligned mmio-unaligned-write
pci-list pci-foreign pci-own-registers pci-move-bar pci-odd-ports pci-mapped
msi-foreign msi-broadcast msi-indices msi-modes msi-address
dma-inside dma-read-outside dma-write-outside dma-write-comm dma-write-straddle dma-master-off
dma-send-outside dma-send-hypervisor dma-receive-outside dma-receive-hypervisor dma-receive-readonly dma-rings-outside
hypercall-root-only hypercall-bogus hypercall-allowed
""".split()

# ipi-logical-all: "all" is the sender as well, whom its INIT stops.
RUNS_ON = """
ipi-init-self ipi-logical-all irq-never-ends hlt-masked endless-loop never-answer answer-early
""".split()

ATTACKS = Attacks(
    cell="test",
    console="inmate2",
    fails=FAILS,
    finishes=FINISHES,
    runs_on=RUNS_ON,
    widths=(
        (32, "", NARROW, True),
        (8, "", NARROW, False),
        (16, "", NARROW, False),
        (64, "", NARROW, False),
        (8, "write", NARROW, False),
        (8, "", NARROW_READ_ONLY, True),
        (64, "", NARROW_READ_ONLY, True),
        (16, "", NARROW_READ_ONLY, False),
        (32, "", NARROW_READ_ONLY, False),
        (8, "write", NARROW_READ_ONLY, False),
        (64, "write", NARROW_READ_ONLY, False),
    ),
)

# What has to do with the local APIC, the messages to it, or MSRs. The rest is the same with any, and is tried with one.
XAPIC_ATTACKS = dataclasses.replace(
    ATTACKS,
    fails=("read-xapic", "write-xapic", "read-hypervisor", "port-pic", "mmio-straddle"),
    finishes=(
        *[name for name in FINISHES if name.startswith(("apic", "ipi", "msi", "msr", "timer"))],
        *"svm-vmrun pci-foreign hypercall-root-only cpuid-sweep".split(),
    ),
    runs_on=("ipi-init-self", "ipi-logical-all", "irq-never-ends", "hlt-masked"),
    widths=((32, "", NARROW, True),),
)


def write_spare(session):
    for offset in (0, 252):
        session.check(f"devmem {SPARE + offset:#x} 32 {PATTERN:#x}")


def read_spare(session):
    return [int(session.check(f"devmem {SPARE + offset:#x} 32"), 16) for offset in (0, 252)]


class X86HostileTests(HostileTests):
    """The tests of all architectures with these attacks, and those of memory that Linux can look into."""

    attacks = ATTACKS

    def test_dma_does_not_read(self, arena):
        write_spare(arena.session)
        arena.begin("dma-read-outside", f"addr={SPARE:#x}")
        assert arena.outcome("dma-read-outside") == "finished"
        assert "bytes that are not 0: 0\n" in arena.printed()
        arena.end()

    def test_dma_does_not_write(self, arena):
        for attack in ("dma-write-outside", "dma-receive-outside", "msi-address"):
            write_spare(arena.session)
            arena.begin(attack, f"addr={SPARE:#x}")
            assert arena.outcome(attack) == "finished"
            assert read_spare(arena.session) == [PATTERN, PATTERN]
            arena.end()

    def test_attackers_cpu_starts_others(self, arena):
        """Linux takes errors in the local APIC of the CPU that it runs on for a start that failed."""
        arena.begin("apic-sweep")
        assert arena.outcome("apic-sweep") == "finished"
        cpu = arena.session.cells()[arena.cell][2]
        arena.end()
        for value in (0, 1):
            arena.session.check(f"taskset -c {cpu} sh -c 'echo {value} > /sys/devices/system/cpu/cpu1/online'")
        assert arena.session.cpus_online() == arena.online
