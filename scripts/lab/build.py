# SPDX-License-Identifier: GPL-2.0-only
"""
Builds in copies of the source tree below build/trees, one for each compiler and kernel.

The source tree itself stays as the person left it, whatever was built in it, and builds for two
kernels or with two compilers do not get in each other's way.
"""

import contextlib
import fcntl
import fnmatch
import os
import shutil
import subprocess

from .debian import LabError, say
from .kernels import fetch_kernel, kernel_module
from .paths import BUILD, TOP, kernel_dir

CROSS_COMPILE = {"arm64": "aarch64-linux-gnu-", "arm": "arm-linux-gnueabihf-", "x86": ""}
# Modules of the stock kernel that tests use in the root cell.
MODULES = {"arm64": (), "arm": (), "x86": ("e1000e", "msr")}


def _ignored():
    """Patterns of .gitignore: for names anywhere, and for paths from the top."""
    lines = (TOP / ".gitignore").read_text().split()
    anywhere = [line for line in lines if "/" not in line.rstrip("/")]
    rooted = [line.strip("/") for line in lines if "/" in line.rstrip("/")]
    return [name.rstrip("/") for name in anywhere], rooted + [".git", "build"]


def source_files():
    """Paths of all files of the source tree, relative to its top; no products."""
    anywhere, rooted = _ignored()
    for folder, subfolders, names in os.walk(TOP):
        base = os.path.relpath(folder, TOP)

        def wanted(name, base=base):
            path = os.path.normpath(os.path.join(base, name))
            return not (
                any(fnmatch.fnmatch(name, pattern) for pattern in anywhere)
                or any(fnmatch.fnmatch(path, pattern) for pattern in rooted)
            )

        subfolders[:] = [name for name in subfolders if wanted(name)]
        for name in filter(wanted, names):
            yield os.path.normpath(os.path.join(base, name))


def _same(source, copy):
    try:
        old, new = source.stat(), copy.stat()
    except OSError:
        return False
    return old.st_size == new.st_size and int(old.st_mtime) == int(new.st_mtime) and old.st_mode == new.st_mode


class Tree:
    """
    A copy of the source tree. series: kernel for the driver; compiler: gcc or clang; variant keeps trees
    with other settings (such as a config.h) apart. options: names of build options that are on.
    """

    def __init__(self, arch="arm64", series="6.1", compiler="gcc", variant="", options=()):
        self.arch, self.series, self.compiler, self.options = arch, series, compiler, options
        self.name = "-".join(filter(None, (arch, series, compiler, variant, *options)))
        self.root = BUILD / "trees" / self.name
        self.log = BUILD / "trees" / f"{self.name}.log"

    @contextlib.contextmanager
    def _locked(self):
        self.root.mkdir(parents=True, exist_ok=True)
        with open(f"{self.root}.lock", "a", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _sync(self):
        """Make the copy's sources equal to the tree's; products in the copy stay."""
        manifest = self.root.with_suffix(self.root.suffix + ".files")
        before = set(manifest.read_text().splitlines()) if manifest.exists() else set()
        now = set(source_files())
        for name in before - now:
            (self.root / name).unlink(missing_ok=True)
        for name in now:
            source, copy = TOP / name, self.root / name
            if not _same(source, copy):
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, copy)
        manifest.write_text("\n".join(sorted(now)))
        # The name of the tree says which they are, so they never change.
        if self.options:
            lines = [f"#define CONFIG_{option} 1\n" for option in self.options]
            (self.root / "include/jailhouse/config.h").write_text("".join(lines))

    def _make(self, *arguments):
        command = ["make", f"-j{os.cpu_count()}", f"ARCH={self.arch}", f"CROSS_COMPILE={CROSS_COMPILE[self.arch]}"]
        command += [f"KDIR={kernel_dir(self.arch, self.series) / 'headers'}"]
        if self.compiler != "gcc":
            command.append(f"CC={self.compiler}")
        command += arguments
        with open(self.log, "a", encoding="utf-8") as log:
            log.write(f"$ {' '.join(command)}\n")
            log.flush()
            done = subprocess.run(command, cwd=self.root, stdout=log, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            end = self.log.read_text("utf-8", "replace").splitlines()[-25:]
            raise LabError("\n".join([f"{self.name}: make {' '.join(arguments)} failed ({self.log}):", *end]))

    def make(self, *targets):
        """Build the given targets of the top Makefile in an up-to-date copy."""
        fetch_kernel(self.arch, self.series)
        with self._locked():
            self._sync()
            self.log.write_text("")
            say(f"building {self.name} {' '.join(targets)}".rstrip())
            self._make(*targets)

    def build(self):
        """Build everything; the tool is linked statically, for a root cell that has no C library."""
        fetch_kernel(self.arch, self.series)
        with self._locked():
            self._sync()
            self.log.write_text("")
            say(f"building {self.name}")
            self._make("LDFLAGS=-static")

    def files(self):
        """Guest path -> product, for the root cell's file system."""
        found = {"usr/sbin/jailhouse": self.root / "tools/jailhouse", "root/jailhouse.ko": self.root / "driver/jailhouse.ko"}
        for folder, pattern, target in (
            ("hypervisor", "jailhouse*.bin", "lib/firmware"),
            (f"configs/{self.arch}", "*.cell", "root"),
            (f"inmates/demos/{self.arch}", "*.bin", "root"),
            (f"inmates/tests/{self.arch}", "*.bin", "root"),
        ):
            for path in sorted((self.root / folder).glob(pattern)):
                found[f"{target}/{path.name}"] = path
        return {name: path for name, path in found.items() if path.exists()}


def root_cell_files(arch, series, options=()):
    """Build what the root cell needs: all for the first kernel, just the driver for the others, which has no options."""
    tree = Tree(arch, options=options)
    tree.build()
    files = tree.files()
    if series != tree.series:
        other = Tree(arch, series)
        other.make("modules")
        files["root/jailhouse.ko"] = other.root / "driver/jailhouse.ko"
    return files | {f"root/{name}.ko": kernel_module(arch, series, name) for name in MODULES[arch]}
