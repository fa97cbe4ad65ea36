# SPDX-License-Identifier: GPL-2.0-only
"""The source tree as the checks see it."""

import functools
import shutil
import subprocess

import pytest
from lab.build import source_files
from lab.paths import TOP


@functools.lru_cache(maxsize=None)
def sources(*suffixes):
    """Paths relative to the top, of files with one of the suffixes (of all files without any)."""
    return sorted(name for name in source_files() if not suffixes or name.endswith(suffixes))


def need(*programs):
    """Skip the test if a program is missing."""
    for program in programs:
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")


def run(*command, **options):
    """Run a command in the source tree; fail with its output if it fails."""
    done = subprocess.run(
        command, cwd=options.pop("cwd", TOP), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        **options,
    )
    if done.returncode:
        pytest.fail(f"{' '.join(map(str, command))}\n{done.stdout[-6000:]}", pytrace=False)
    return done.stdout


@functools.lru_cache(maxsize=None)
def bare_flags(arch, compiler):
    """Flags that the build uses for bare-metal code, from the makefiles themselves."""
    makefile = f"""TOP := {TOP}
include {TOP}/scripts/make/common.mk
print:
\t@echo $(BARE_CFLAGS) $(BARE_CFLAGS_$(ARCH))
"""
    output = run("make", "-s", "-f", "-", f"ARCH={arch}", f"CC={compiler}", "print", input=makefile)
    return [flag for flag in output.split() if flag not in ("-MMD", "-MP")]
