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
        for path in _paths():
            slot = _lock(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if slot:
                return slot
        time.sleep(0.2)


def acquire(alone=False):
    """
    Wait for a free slot, or for all of them, and return an ExitStack that frees what was taken. All are
    taken in one order and whoever has just one never waits for another: no deadlock.
    """
    stack = contextlib.ExitStack()
    if alone:
        for path in _paths():
            stack.enter_context(_lock(path, fcntl.LOCK_EX))
    else:
        stack.enter_context(_any())
    return stack
