# SPDX-License-Identifier: GPL-2.0-only
"""
QEMU as installed, or of another Debian suite beside it.

Other versions are unpacked below build/lab with all libraries that they need, down to the C library, and run
by their own loader: nothing of the system is touched or used.
"""

import functools
import re
import shutil
import subprocess

from .debian import LabError, Suite, one_at_a_time, say
from .kernels import host_arch
from .paths import LAB

PROGRAM = {"arm64": "qemu-system-aarch64", "arm": "qemu-system-arm", "x86": "qemu-system-x86_64"}
PACKAGE = {"arm64": "qemu-system-arm", "arm": "qemu-system-arm", "x86": "qemu-system-x86"}
# Version -> suite that has it, or a newer one of the same kind.
SUITES = {"7.2": "bookworm", "10.0": "trixie", "11.1": "sid"}
# Of what the package depends on, directly or not: what the emulator itself reads.
WANTED = re.compile(r"lib(?!c-bin|pam-)|qemu-|seabios$|ipxe-qemu$|zlib1g$")


@functools.lru_cache(maxsize=None)
def system_version(arch):
    """Version of the installed QEMU, such as "7.2"; empty if there is none."""
    program = shutil.which(PROGRAM[arch])
    if not program:
        return ""
    text = subprocess.run([program, "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout
    return re.search(r"version (\d+\.\d+)", text).group(1)


@one_at_a_time
def fetch_emulator(arch, version):
    """Unpack a version of QEMU with its libraries; the folder."""
    root = LAB / f"qemu-{version}" / arch
    if (root / "complete").exists():
        return root
    if version not in SUITES:
        raise LabError(f"no suite is known that has QEMU {version}")
    suite = Suite(SUITES[version], host_arch())
    say(f"QEMU {version} for {arch} ({suite.name})")
    shutil.rmtree(root, ignore_errors=True)
    for package in suite.closure(PACKAGE[arch]):
        if WANTED.match(package):
            suite.unpack(package, root)
    (root / "complete").touch()
    return root


def _libraries(root):
    """Folders with libraries below an unpacked Debian, including those that an installed one would link to."""
    folders = {path.parent for path in root.glob("**/*.so*")}
    return ":".join(str(folder) for folder in sorted(folders))


def emulator(arch, version=None):
    """The words that start QEMU. version: as in SUITES, or None for the system's."""
    if version in (None, system_version(arch)):
        return [PROGRAM[arch]]
    root = fetch_emulator(arch, version)
    loader = next(iter(sorted(root.glob("**/ld-linux-*.so.*"))), None)
    if not loader:
        raise LabError(f"QEMU {version} for {arch} came without the C library")
    modules = next(iter(root.glob("usr/lib/*-linux-*/qemu")), root)
    return [
        *("env", f"QEMU_MODULE_DIR={modules}"),
        *(str(loader), "--library-path", _libraries(root), str(root / "usr/bin" / PROGRAM[arch])),
        *("-L", str(root / "usr/share/qemu"), "-L", str(root / "usr/share/seabios")),
        *("-L", str(root / "usr/lib/ipxe/qemu")),
    ]
