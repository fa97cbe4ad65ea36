# SPDX-License-Identifier: GPL-2.0-only
"""
Bounds the number of emulated machines that run at once, across processes.

Emulated CPUs that wait for a share of the real ones make timing tests fail for no reason of ours.
LAB_SLOTS (lock files, colon-separated) replaces the two default slots.
"""

import contextlib
import fcntl
import os
import time

from .paths import LAB


def _paths():
    named = os.environ.get("LAB_SLOTS")
    if named:
        return named.split(":")
    LAB.mkdir(parents=True, exist_ok=True)
    return [str(LAB / "slot1.lock"), str(LAB / "slot2.lock")]


def _lock(path, flags):
    slot = open(path, "a", encoding="ascii")  # pylint: disable=consider-using-with
    try:
        fcntl.flock(slot, flags)
        return slot
    except BlockingIOError:
        slot.close()
        return None


def _any():
    while True:
        for number, path in enumerate(_paths()):
            slot = _lock(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if slot:
                return number, slot
        time.sleep(0.2)


def _cpu(number):
    """One of the CPUs that this process may use: different slots get different ones, as far as there are enough."""
    cpus = sorted(os.sched_getaffinity(0))
    return cpus[number % len(cpus)]


def acquire(alone=False):
    """
    Wait for a free slot, or for all of them. Returns an ExitStack that frees what was taken, and the CPU
    to run on for whoever must not use several. All are taken in one order and whoever has just one never
    waits for another: no deadlock.
    """
    stack, number = contextlib.ExitStack(), 0
    if alone:
        for path in _paths():
            stack.enter_context(_lock(path, fcntl.LOCK_EX))
    else:
        number, slot = _any()
        stack.enter_context(slot)
    return stack, _cpu(number)
