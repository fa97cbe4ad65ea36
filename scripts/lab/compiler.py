# SPDX-License-Identifier: GPL-2.0-only
"""A small C compiler for the root cell, so that Linux there has something to compile."""

from .debian import LabError, Suite, one_at_a_time
from .kernels import DEBIAN_ARCH, suite_of
from .paths import LAB

# Where tcc and the libraries that it needs expect to be, by the architecture's multiarch name.
MULTIARCH = {"arm64": "aarch64-linux-gnu", "arm": "arm-linux-gnueabihf", "x86": "x86_64-linux-gnu"}
LOADER = {"arm64": "lib/ld-linux-aarch64.so.1", "arm": "lib/ld-linux-armhf.so.3", "x86": "lib64/ld-linux-x86-64.so.2"}
LIBRARIES = ("libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2")


@one_at_a_time
def fetch_compiler(arch):
    """Have Debian's tcc unpacked; its folder."""
    root = LAB / arch / "tcc-root"
    done = root / "unpacked"
    if not done.exists():
        suite = Suite(suite_of("6.1"), DEBIAN_ARCH[arch])
        for package in ("libc6", "tcc"):
            suite.unpack(package, root)
        done.touch()
    return root


def compiler_files(arch):
    """Guest path -> file: bin/tcc compiles C without headers to objects."""
    root, folder = fetch_compiler(arch), f"lib/{MULTIARCH[arch]}"
    files = {f"{folder}/{name}": root / folder / name for name in LIBRARIES}
    files[LOADER[arch]] = root / folder / LOADER[arch].split("/")[-1]
    files["bin/tcc"] = root / "usr/bin/tcc"
    missing = [str(path) for path in files.values() if not path.is_file()]
    if missing:
        raise LabError(f"Debian's tcc or libc6 has no {', '.join(missing)}")
    return files
