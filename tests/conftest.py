# SPDX-License-Identifier: GPL-2.0-only
"""Shared by all tests: the lab's modules, --quick, and files in the order in which they are wanted."""

import sys
from collections import Counter
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "scripts"))


def pytest_addoption(parser):
    parser.addoption("--quick", action="store_true", help="leave out what takes long")


def pytest_collection_modifyitems(config, items):
    """
    Leave out long tests on request. What fails fast comes first, what needs the whole host last. Before that, files with
    few tests: those with many keep one machine for all of them, for which the last ones would have to wait.
    """
    if config.getoption("--quick"):
        dropped = [item for item in items if item.get_closest_marker("full")]
        items[:] = [item for item in items if item not in dropped]
        config.hook.pytest_deselected(items=dropped)
    tests = Counter(item.path for item in items)

    def place(item):
        host = "tests/host/" in item.path.as_posix()
        return bool(item.get_closest_marker("alone")), not host, 0 if host else -tests[item.path]

    items.sort(key=place)
