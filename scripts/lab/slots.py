# SPDX-License-Identifier: GPL-2.0-only
"""
Bounds the number of emulated machines that run at once, across processes.

Emulated CPUs that wait for a share of the real ones make timing tests fail for no reason of ours.
LAB_SLOTS (lock files, colon-separated) replaces the two default slots.
"""

import fcntl
import os
import time

from .debian import LabError
from .paths import LAB


def _paths():
    named = os.environ.get("LAB_SLOTS")
    if named:
        return named.split(":")
    LAB.mkdir(parents=True, exist_ok=True)
    return [str(LAB / "slot1.lock"), str(LAB / "slot2.lock")]


def acquire(timeout=1800):
    """Wait for a free slot; closing the returned file frees it."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        for path in _paths():
            slot = open(path, "a", encoding="ascii")  # pylint: disable=consider-using-with
            try:
                fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return slot
            except BlockingIOError:
                slot.close()
        time.sleep(0.2)
    raise LabError(f"no emulated machine became free within {timeout} s")
