# SPDX-License-Identifier: GPL-2.0-only
"""Shared by all tests: the lab's modules, --quick, and files in the order in which they are wanted."""

import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "scripts"))


def pytest_addoption(parser):
    parser.addoption("--quick", action="store_true", help="leave out what takes long")


def pytest_collection_modifyitems(config, items):
    """Leave out long tests on request; what fails fast comes first, what needs the whole host last."""
    if config.getoption("--quick"):
        dropped = [item for item in items if item.get_closest_marker("full")]
        items[:] = [item for item in items if item not in dropped]
        config.hook.pytest_deselected(items=dropped)
    items.sort(key=lambda item: (bool(item.get_closest_marker("alone")), "tests/host/" not in item.path.as_posix()))
