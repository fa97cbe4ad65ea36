# SPDX-License-Identifier: GPL-2.0-only
"""The published headers: sizes, offsets and numbers; each compiles alone, in each of its worlds."""

import pathlib
import shutil
import subprocess

import pytest

TOP = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = TOP / "include"

COMPILERS = {
    ("arm64", "gcc"): ["aarch64-linux-gnu-gcc"],
    ("arm", "gcc"): ["arm-linux-gnueabihf-gcc", "-march=armv7-a+fp"],
    ("x86", "gcc"): ["gcc", "-m64"],
    ("arm64", "clang"): ["clang", "--target=aarch64-linux-gnu"],
    ("arm", "clang"): ["clang", "--target=arm-linux-gnueabihf", "-march=armv7-a"],
    ("x86", "clang"): ["clang", "--target=x86_64-linux-gnu"],
}
# Without any C library, as the core and inmates; with one, as programs.
WORLDS = {"bare": ["-ffreestanding", "-nostdinc"], "hosted": ["-DTEST_HOSTED"]}
BARE_MACHINE = {"arm64": ["-mgeneral-regs-only", "-mstrict-align"], "arm": [], "x86": []}

# What programs and the driver talk about needs Linux.
HOSTED_ONLY = {"jailhouse/ioctl.h"}


def headers(arch):
    for folder in (INCLUDE, INCLUDE / "arch" / arch):
        for path in sorted(folder.glob("*/*.h")):
            if path.parent.parent == folder and path.parent.name != "generated":
                yield str(path.relative_to(folder))


def compiler(arch, name, world):
    command = COMPILERS[arch, name]
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Wundef", "-Wmissing-prototypes", "-Werror"]
    flags += [f"-I{INCLUDE}", f"-I{INCLUDE}/arch/{arch}", f"-DTEST_{arch}"] + WORLDS[world]
    return command + flags + (BARE_MACHINE[arch] if world == "bare" else [])


def compile_text(command, text, tmp_path):
    source = tmp_path / "source.c"
    source.write_text(text)
    subprocess.run(command + ["-c", "-o", str(tmp_path / "out.o"), str(source)], check=True)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("arch,name", COMPILERS)
def test_abi(arch, name, world, tmp_path):
    source = TOP / "tests/host/abi_asserts.c"
    subprocess.run(compiler(arch, name, world) + ["-c", "-o", str(tmp_path / "abi.o"), str(source)], check=True)


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("arch", BARE_MACHINE)
def test_each_header_compiles_alone_and_twice(arch, world, tmp_path):
    command = compiler(arch, "gcc", world)
    for header in headers(arch):
        if world == "hosted" or header not in HOSTED_ONLY:
            compile_text(command, f"#include <{header}>\n#include <{header}>\n", tmp_path)


@pytest.mark.parametrize("arch", BARE_MACHINE)
def test_assembly_may_include_constants(arch, tmp_path):
    source = tmp_path / "source.S"
    source.write_text("#include <jailhouse/cell-config.h>\n#include <jailhouse/hypercall.h>\n")
    command = [arg for arg in compiler(arch, "gcc", "bare") if not arg.startswith("-std")]
    subprocess.run(command + ["-c", "-o", str(tmp_path / "out.o"), str(source)], check=True)


def test_options_come_from_config_h_first(tmp_path):
    """A config.h of a board support package wins over menuconfig's."""
    for name, value in (("jailhouse/config.h", "1"), ("generated/jailhouse.h", "2")):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(f"#define CONFIG_INMATE_BASE {value}\n")
    (tmp_path / "jailhouse/options.h").write_text((INCLUDE / "jailhouse/options.h").read_text())
    command = ["gcc", f"-I{tmp_path}", "-include", "jailhouse/options.h"]
    compile_text(command, '_Static_assert(CONFIG_INMATE_BASE == 1, "");\n', tmp_path)
    (tmp_path / "jailhouse/config.h").unlink()
    compile_text(command, '_Static_assert(CONFIG_INMATE_BASE == 2, "");\n', tmp_path)
    (tmp_path / "generated/jailhouse.h").unlink()
    compile_text(command, "#ifdef CONFIG_INMATE_BASE\n#error no option\n#endif\n", tmp_path)


def test_an_option_that_is_missing_is_not_ignored():
    command = compiler("x86", "gcc", "bare") + ["-DCONFIG_JAILHOUSE_GCOV=1", "-E", str(INCLUDE / "jailhouse/options.h")]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode and "cannot collect coverage data yet" in done.stdout
