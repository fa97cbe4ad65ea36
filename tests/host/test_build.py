# SPDX-License-Identifier: GPL-2.0-only
"""Everything builds, with both compilers and for both kernels; the module uses exported symbols only."""

import re
import subprocess

import pytest
import tree
from lab.build import CROSS_COMPILE, Tree
from lab.debian import LabError
from lab.kernels import SERIES
from lab.paths import TOP, kernel_dir

# Whatever the architecture, these come out of the build.
PRODUCTS = {
    "arm64": (
        "hypervisor/jailhouse.bin",
        "driver/jailhouse.ko",
        "tools/jailhouse",
        "configs/arm64/qemu-arm64.cell",
        "configs/arm64/qemu-arm64-inmate-demo.cell",
        "inmates/demos/arm64/gic-demo.bin",
    ),
    "arm": (
        "hypervisor/jailhouse.bin",
        "driver/jailhouse.ko",
        "tools/jailhouse",
        "configs/arm/qemu-arm.cell",
        "configs/arm/qemu-arm-inmate-demo.cell",
        "inmates/demos/arm/gic-demo.bin",
    ),
    "x86": (
        "hypervisor/jailhouse-amd.bin",
        "driver/jailhouse.ko",
        "tools/jailhouse",
        "configs/x86/qemu-x86.cell",
        "configs/x86/apic-demo.cell",
        "inmates/demos/x86/apic-demo.bin",
    ),
}
each_arch = pytest.mark.parametrize("arch", PRODUCTS)


def build(tree_, *targets):
    try:
        tree_.make(*targets) if targets else tree_.build()
    except LabError as error:
        pytest.fail(str(error), pytrace=False)


@each_arch
def test_everything_with_gcc(arch):
    copy = Tree(arch)
    build(copy)
    missing = [name for name in PRODUCTS[arch] if not (copy.root / name).exists()]
    assert not missing


@each_arch
def test_everything_but_the_module_with_clang(arch):
    """Stock kernels are configured for gcc, so that their modules cannot be built with clang."""
    tree.need("clang", "ld.lld")
    copy = Tree(arch, compiler="clang")
    build(copy, "firmware", "configs", "inmates", "tools")
    missing = [name for name in PRODUCTS[arch] if not name.endswith(".ko") and not (copy.root / name).exists()]
    assert not missing


def undefined_symbols(arch, module):
    command = [f"{CROSS_COMPILE[arch]}nm", "-u", module]
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return {line.split()[-1] for line in output.splitlines()}


def exported_symbols(arch, series):
    lines = (kernel_dir(arch, series) / "headers/Module.symvers").read_text().splitlines()
    return {line.split("\t")[1] for line in lines}


@each_arch
@pytest.mark.parametrize("series", SERIES)
def test_module_uses_exported_symbols_only(arch, series):
    copy = Tree(arch, series)
    build(copy, "modules")
    undefined = undefined_symbols(arch, copy.root / "driver/jailhouse.ko")
    assert undefined, "the module uses nothing at all?"
    assert not undefined - exported_symbols(arch, series)


def test_driver_does_not_look_for_hidden_symbols():
    hidden = re.compile(r"kallsyms_\w+\(|register_kprobe|symbol_get\(|find_symbol\(")
    found = [
        f"{name}:{number}: {line.strip()}"
        for name in tree.sources(".c", ".h")
        if name.startswith("driver/")
        for number, line in enumerate((TOP / name).read_text().splitlines(), 1)
        if hidden.search(line)
    ]
    assert not found, "\n".join(found)
