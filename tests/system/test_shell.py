# SPDX-License-Identifier: GPL-2.0-only
"""What all other tests rely on."""

import pytest
from machines import x86

pytestmark = pytest.mark.full


@pytest.mark.parametrize("machine", [x86("xapic", "6.1")])
def test_answers_come_while_background_jobs_end(boot, machine):
    """Each sends a signal that interrupts the shell, perhaps while it says that the command has ended."""
    session = boot(**machine)
    for number in range(60):
        delays = " ".join(str(number % 10 * 1000 + 200 * n) for n in range(20))
        session.check(f"for n in {delays}; do usleep $n & done; usleep 2000", timeout=10)
