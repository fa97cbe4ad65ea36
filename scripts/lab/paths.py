# SPDX-License-Identifier: GPL-2.0-only
"""Where things are in the source tree and in build/."""

from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BUILD = TOP / "build"
LAB = BUILD / "lab"
APT = LAB / "apt"


def kernel_dir(arch, series):
    """Folder of one stock kernel: vmlinuz, headers/ (to build modules), modules/."""
    return LAB / arch / series


def busybox(arch):
    """Statically linked busybox of the guest's architecture."""
    return LAB / arch / "busybox"
