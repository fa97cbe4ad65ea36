# SPDX-License-Identifier: GPL-2.0-only
"""The unit tests in C, which have a makefile of their own."""

import os
import re

import pytest
import tree
from lab.paths import TOP


def test_unit_tests_in_c():
    if not (TOP / "tests/unit/Makefile").exists():
        pytest.skip("there are no unit tests in C yet")
    tree.need("gcc", "make")
    output = tree.run("make", f"-j{os.cpu_count()}", "-C", "tests/unit", "check", timeout=600)
    passed = sum(int(number) for number in re.findall(r"PASSED *\] *(\d+) test", output))
    print(f"{passed} tests in C passed")
    assert "FAILED" not in output
