# SPDX-License-Identifier: GPL-2.0-only
"""A network card of the root cell, with DMA and MSI-X, while hypervisor and cells come and go."""

import re

import pytest
from machines import x86

pytestmark = pytest.mark.full

HOST = "10.0.2.2"
ROUNDS = 20


def bring_up(session):
    """Load the driver and wait until the link is there."""
    session.check("insmod e1000e.ko && ifconfig eth0 10.0.2.15 up")
    session.check(f"until ping -c 1 -W 1 {HOST} >/dev/null; do sleep 0.2; done", timeout=30)


def received(session):
    return int(session.check("cat /sys/class/net/eth0/statistics/rx_packets"))


def start_flood(session):
    """The next packet goes out as soon as the answer to the last is there."""
    session.check(f"ping -A -q {HOST} > /tmp/ping & echo $! > /tmp/pinger")


def stop_flood(session):
    """Packets sent and answered."""
    session.check("kill -INT $(cat /tmp/pinger); wait $(cat /tmp/pinger); true")
    summary = session.check("cat /tmp/ping")
    return tuple(map(int, re.search(r"(\d+) packets transmitted, (\d+) packets received", summary).groups()))


def expect_traffic(session):
    before = received(session)
    session.machine.sleep(0.5)
    assert received(session) > before, "no packet arrives any more"


@pytest.mark.parametrize("machine", [x86("xapic", "6.1"), x86("x2apic", "6.12"), x86("x2apic-linux", "6.12"), x86("events", "6.12")])
def test_traffic_goes_on(boot, machine):
    session = boot(**machine)
    session.insmod()
    bring_up(session)
    start_flood(session)
    session.enable()
    expect_traffic(session)
    for _ in range(ROUNDS):
        session.create()
        session.destroy()
        expect_traffic(session)
    session.disable()
    expect_traffic(session)
    sent, answered = stop_flood(session)
    assert sent - answered <= sent // 100, f"{answered} of {sent} packets were answered"
    session.expect_linux_well()


@pytest.mark.parametrize("machine", [x86("xapic", "6.12"), x86("x2apic", "6.1")])
def test_driver_comes_and_goes_while_enabled(boot, machine):
    """Its MSI-X vectors are set up while the core watches the table."""
    session = boot(**machine)
    session.insmod()
    session.enable()
    for _ in range(3):
        bring_up(session)
        session.check(f"ping -c 3 {HOST}")
        session.check("ifconfig eth0 down; rmmod e1000e")
    session.disable()
    bring_up(session)
    session.expect_linux_well()
