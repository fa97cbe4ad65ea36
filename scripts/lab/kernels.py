# SPDX-License-Identifier: GPL-2.0-only
"""Stock Debian kernels, unmodified, with what is needed to build modules for them."""

import lzma
import re
import shutil
import subprocess
from pathlib import Path

from .debian import LabError, Suite, one_at_a_time, say
from .paths import busybox, kernel_dir

# Debian's names: the architecture, and the flavour of the kernel.
DEBIAN_ARCH = {"arm64": "arm64", "arm": "armhf", "x86": "amd64"}
FLAVOUR = {"arm64": "arm64", "arm": "armmp-lpae", "x86": "amd64"}
SERIES = ("6.1", "6.12")


def host_arch():
    return subprocess.run(["dpkg", "--print-architecture"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def host_release():
    """Major release of the Debian this runs on; testing and sid count as the newest known."""
    match = re.match(r"(\d+)", Path("/etc/debian_version").read_text())
    return int(match.group(1)) if match else 13


def suite_of(series):
    """Suite with that kernel whose linux-kbuild tools run on this host."""
    if series == "6.1":
        return "bookworm"
    return "bookworm-backports" if host_release() < 13 else "trixie"


def _substitute(path, pattern, replacement):
    if path.exists():
        path.write_text(re.sub(pattern, lambda _: replacement, path.read_text()))


def _prepare_headers(root, release):
    """Turn unpacked header packages into a KDIR that may lie anywhere and needs only "gcc"."""
    kdir = root / "usr/src" / f"linux-headers-{release}"
    here = "$(dir $(realpath $(lastword $(MAKEFILE_LIST))))../"
    _substitute(kdir / "Makefile", r"/usr/src/", here)
    # Debian names the compiler of its own build, such as gcc-12.
    _substitute(kdir / ".kernelvariables", r"\bgcc-\d+\b", "gcc")
    # With vmlinux there, BTF would be generated, which needs one tool more.
    (kdir / "vmlinux").unlink(missing_ok=True)
    if not (kdir / "Module.symvers").exists():
        raise LabError(f"the headers of {release} have no Module.symvers")
    return kdir


def fetch_headers(arch, series, folder):
    """Unpack headers and the host's build tools; folder/kdir links to the directory for KDIR=."""
    suite, host = Suite(suite_of(series), DEBIAN_ARCH[arch]), Suite(suite_of(series), host_arch())
    flavour = FLAVOUR[arch]
    package = suite.depends(f"linux-headers-{flavour}", rf"linux-headers-{re.escape(series)}[.\w+~-]*-{flavour}")
    common = suite.depends(package, r"linux-headers-[.\w+~-]*-common")
    root = folder / "root"
    for name in (package, common):
        suite.unpack(name, root)
    host.unpack(suite.depends(package, r"linux-kbuild-[.\w+~-]+"), root)
    release = package.removeprefix("linux-headers-")
    kdir = _prepare_headers(root, release)
    (folder / "headers").symlink_to(kdir.relative_to(folder))
    return release


def fetch_image(arch, series, release, folder):
    """Unpack the kernel of exactly the headers' release."""
    suite = Suite(suite_of(series), DEBIAN_ARCH[arch])
    name = f"linux-image-{release}"
    try:
        suite.unpack(name, folder / "root")
    except LabError:
        suite.unpack(f"{name}-unsigned", folder / "root")
    (folder / "vmlinuz").symlink_to(f"root/boot/vmlinuz-{release}")
    for modules in ("lib/modules", "usr/lib/modules"):
        if (folder / "root" / modules / release).is_dir():
            (folder / "modules").symlink_to(f"root/{modules}/{release}")
            return
    raise LabError(f"{name} has no modules")


@one_at_a_time
def fetch_kernel(arch, series):
    """Have build/lab/ARCH/SERIES complete: vmlinuz, headers, modules, release."""
    folder = kernel_dir(arch, series)
    if (folder / "release").exists():
        return folder
    say(f"stock kernel {series} for {arch}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    release = fetch_headers(arch, series, folder)
    fetch_image(arch, series, release, folder)
    (folder / "release").write_text(release + "\n")
    return folder


def kernel_module(arch, series, name):
    """A module of the stock kernel, as bytes that insmod takes."""
    found = sorted(kernel_dir(arch, series).joinpath("modules").resolve().glob(f"**/{name}.ko*"))
    if not found:
        raise LabError(f"the {series} kernel for {arch} has no module {name}")
    data = found[0].read_bytes()
    return lzma.decompress(data) if found[0].suffix == ".xz" else data


@one_at_a_time
def fetch_busybox(arch):
    path = busybox(arch)
    if path.exists():
        return path
    root = path.parent / "busybox-root"
    Suite(suite_of("6.12").removesuffix("-backports"), DEBIAN_ARCH[arch]).unpack("busybox-static", root)
    for name in ("bin/busybox", "usr/bin/busybox"):
        if (root / name).is_file():
            path.symlink_to((root / name).relative_to(path.parent))
            return path
    raise LabError("busybox-static has no busybox")


def fetch_all(arch, series=SERIES):
    fetch_busybox(arch)
    for one in series:
        fetch_kernel(arch, one)
