# SPDX-License-Identifier: GPL-2.0-only
"""Rules about the sources that need no build."""

import re
import subprocess

import pytest
import tree
from lab.paths import TOP

CODE = (".c", ".h", ".S", ".py", ".sh")
DUAL_LICENSED = ("include/", "inmates/lib/")
ARCHITECTURE = re.compile(
    r"^\s*#\s*(if|ifdef|ifndef|elif)\b.*\b(__aarch64__|__arm__|__x86_64__|__i386__|__riscv|CONFIG_(ARM|ARM64|X86|RISCV))\b"
)


def first_lines(name, count=3):
    return "\n".join((TOP / name).read_text("utf-8", "replace").splitlines()[:count])


def licensed_files():
    makefiles = [name for name in tree.sources() if re.search(r"(^|/)(Makefile|Kbuild|Kconfig)[^/]*$|\.mk$", name)]
    scripts = [name for name in tree.sources() if first_lines(name, 1).startswith("#!")]
    return sorted(set(tree.sources(*CODE)) | set(makefiles) | set(scripts))


def test_every_source_names_its_licence():
    wrong = []
    for name in licensed_files():
        wanted = "GPL-2.0-only OR BSD-2-Clause" if name.startswith(DUAL_LICENSED) and name.endswith(CODE) else "GPL-2.0-only"
        match = re.search(r"SPDX-License-Identifier: (.*?)(\s*\*/)?$", first_lines(name), re.MULTILINE)
        if not match or not match.group(1).startswith(wanted):
            wrong.append(name)
    assert not wrong, f"no or another SPDX line than expected: {wrong}"


def test_core_does_not_know_architectures():
    found = [
        f"{name}:{number}: {line}"
        for name in tree.sources(".c", ".h")
        if name.startswith(("hypervisor/core/", "hypervisor/pci/", "hypervisor/include/"))
        for number, line in enumerate((TOP / name).read_text().splitlines(), 1)
        if ARCHITECTURE.search(line)
    ]
    assert not found, "\n".join(found)


def test_c_is_formatted():
    tree.need("clang-format")
    names = tree.sources(".c", ".h")
    done = subprocess.run(
        ["clang-format", "--dry-run", "-Werror", "--style=file", *names], cwd=TOP, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, check=False,
    )
    where = sorted({line.split(":")[0] for line in done.stdout.splitlines() if "clang-format-violations" in line})
    assert done.returncode == 0, "clang-format -i would change:\n" + " ".join(where)


def test_lines_end_cleanly():
    found = [
        f"{name}:{number}"
        for name in licensed_files()
        for number, line in enumerate((TOP / name).read_text("utf-8", "replace").split("\n"), 1)
        if line != line.rstrip()
    ]
    assert not found, f"trailing white space: {found[:20]}"


# Folders of the core that make up an architecture.
ARCH_FOLDERS = {
    "arm64": ["hypervisor/arch/arm64", "hypervisor/arch/arm-common"],
    "arm": ["hypervisor/arch/arm", "hypervisor/arch/arm-common"],
    "x86": ["hypervisor/arch/x86", "hypervisor/arch/x86/svm", "hypervisor/pci"],
}
COMPILERS = {
    "arm64": {"gcc": "aarch64-linux-gnu-gcc", "clang": "clang"},
    "arm": {"gcc": "arm-linux-gnueabihf-gcc", "clang": "clang"},
    "x86": {"gcc": "gcc", "clang": "clang"},
}


def headers(arch):
    """Headers of the core that this architecture's build may include."""
    folders = ["hypervisor/include", "hypervisor/core", "hypervisor/uart", *ARCH_FOLDERS[arch]]
    return [name for name in tree.sources(".h") if name.startswith(tuple(f"{folder}/" for folder in folders))]


@pytest.mark.parametrize("arch", sorted(ARCH_FOLDERS))
@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_core_headers_compile_alone(arch, compiler):
    program = COMPILERS[arch][compiler]
    tree.need(program)
    includes = [f"-I{TOP / 'hypervisor/include'}", *(f"-I{TOP / folder / 'include'}" for folder in ARCH_FOLDERS[arch])]
    wrong = []
    for name in headers(arch):
        done = subprocess.run(
            [program, *tree.bare_flags(arch, program), *includes, "-fsyntax-only", "-x", "c", "-"],
            input=f'#include "{TOP / name}"\n', cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )
        if done.returncode:
            wrong.append(f"{name}:\n{done.stdout[:800]}")
    assert not wrong, "\n".join(wrong)
