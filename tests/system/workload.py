# SPDX-License-Identifier: GPL-2.0-only
"""What keeps the root cell busy: it compiles, forks, and computes."""

import functools

import pytest
from lab.compiler import compiler_files
from lab.debian import LabError

# Something to compile: much of the same, without headers.
SOURCE = "".join(
    f"unsigned f{n}(unsigned x) {{ unsigned s = {n}, i; for (i = 0; i < x; i++) s = s * {n + 3} + (i ^ s >> 3); return s; }}\n"
    for n in range(400)
)
COMPILE = "tcc -c -o /tmp/work.o /root/work.c"
COMPILER = (
    f"(while {COMPILE} && cmp -s /tmp/work.o /tmp/first.o; do echo >> /tmp/compiled; done) & echo $! >> /tmp/workers"
)
# Forks, pipes, files and arithmetic on every CPU that Linux has.
WORKLOAD = (
    "(while :; do dd if=/dev/zero bs=64k count=16 2>/dev/null | gzip -1 | md5sum >/dev/null; ls -R /sys/class >/dev/null; "
    "done) & echo $! >> /tmp/workers"
)


@functools.lru_cache(maxsize=None)
def work_files(arch):
    """What the workload needs in the root cell."""
    try:
        return (*compiler_files(arch).items(), ("root/work.c", SOURCE))
    except LabError as error:
        pytest.fail(str(error), pytrace=False)


def start_workload(session, workers=2):
    session.check(f": > /tmp/compiled; {COMPILE} && mv /tmp/work.o /tmp/first.o")
    session.check(COMPILER)
    for _ in range(workers):
        session.check(WORKLOAD)


def stop_workload(session):
    """All of it was still at work, and the compiler's output always the same."""
    session.check("kill $(cat /tmp/workers)")
    session.check("rm /tmp/workers; wait 2>/dev/null; true")
    assert int(session.check("wc -l < /tmp/compiled")) > 0, "nothing was compiled"
