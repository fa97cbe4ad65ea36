# SPDX-License-Identifier: GPL-2.0-only
"""
What the makefiles build anew and with which flags, seen by tools that compile nothing: the product of each is a text of
what it was called with, and of the products that went into it.
"""

import os
import shutil

import pytest
import tree
from lab.paths import TOP

TOOL = """#!/bin/sh
echo "${0##*/} $*" >>LOG
[ "${0##*-}" = ar ] && out=$2
[ "${0##*-}" = objcopy ] && for out; do :; done
for word; do
	[ "$previous" = -o ] && out=$word
	case $word in *.o | *.a | *.elf) inputs="$inputs $word" ;; esac
	previous=$word
done
echo "${0##*/} $*" >"$out.new"
for input in $inputs; do
	[ "$input" = "$out" ] || cat "$input" >>"$out.new"
done
mv "$out.new" "$out"
"""
FOLDERS = ("hypervisor/", "include/", "inmates/", "scripts/make/", "tools/")


class Copy:
    """A copy of the sources to build in."""

    def __init__(self, root):
        self.root, self.log = root / "tree", root / "log"
        for name in tree.sources():
            if name.startswith(FOLDERS) or name in ("Makefile", "VERSION"):
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(TOP / name, self.root / name)
        for arch in ("arm", "arm64", "x86"):
            for tool in ("ar", "gcc", "ld", "objcopy"):
                path = root / f"{arch}-{tool}"
                path.write_text(TOOL.replace("LOG", str(self.log)))
                path.chmod(0o755)
        self.tools = root

    def make(self, arch, *arguments):
        """The calls that were made."""
        self.log.write_text("")
        tree.run("make", f"ARCH={arch}", f"CROSS_COMPILE={self.tools}/{arch}-",
                 f"CROSS_COMPILE_AARCH32={self.tools}/arm-", *arguments, cwd=self.root)
        return self.log.read_text().splitlines()

    def product(self, name):
        return (self.root / name).read_text()


@pytest.fixture(name="copy")
def a_copy(tmp_path):
    return Copy(tmp_path)


def test_one_tree_builds_several_architectures(copy):
    products = ("tools/jailhouse", "hypervisor/jailhouse.bin")
    copy.make("arm64", "tools", "firmware")
    before = [copy.product(name) for name in products]
    copy.make("arm", "tools", "firmware")
    for name in products:
        assert {line.split("-")[0] for line in copy.product(name).splitlines()} == {"arm"}
    assert not copy.make("arm64", "tools", "firmware")
    assert [copy.product(name) for name in products] == before


def test_only_one_architecture_is_installed(copy, tmp_path):
    copy.make("x86", "firmware")
    copy.make("arm64", f"DESTDIR={tmp_path}/rootfs", "firmware_install")
    assert [path.name for path in (tmp_path / "rootfs/lib/firmware").iterdir()] == ["jailhouse.bin"]


def test_flags_for_the_tool_are_not_the_cores(copy):
    image = "hypervisor/jailhouse.bin"
    copy.make("arm64", "firmware")
    before = copy.product(image)
    shutil.rmtree(copy.root / "hypervisor/obj-arm64")
    copy.make("arm64", "firmware", "tools", "LDFLAGS=-static", "CFLAGS=-O0", "CPPFLAGS=-DX")
    assert copy.product(image) == before
    assert {" -static " in line for line in copy.product("tools/jailhouse").splitlines()} == {True, False}


@pytest.mark.parametrize("arch,values", (("arm64", (1, 2, None)), ("x86", (1,))))
def test_options_that_come_change_and_go(copy, arch, values):
    everything = copy.make(arch, "firmware", "inmates")
    assert any("tests/arm64/aarch32.c" in call for call in everything) == (arch == "arm64")
    assert not copy.make(arch, "firmware", "inmates")
    header = copy.root / "include/jailhouse/config.h"
    for value in values:
        if value:
            header.write_text(f"#define CONFIG_X {value}\n")
            # As a package unpacks it.
            os.utime(header, (0, 0))
        else:
            header.unlink()
        assert sorted(copy.make(arch, "firmware", "inmates")) == sorted(everything)
        assert not copy.make(arch, "firmware", "inmates")


def test_options_without_their_config(copy):
    header = copy.root / "include/generated/jailhouse.h"
    header.parent.mkdir()
    header.write_text("#define CONFIG_X 1\n")
    copy.make("arm64", "inmates")
    assert not header.exists()


def test_the_tool_looks_where_its_helpers_are_installed(copy):
    copy.make("arm64", "tools")
    copy.make("arm64", "tools", "prefix=/usr")
    assert "/usr/libexec" in copy.product("tools/jailhouse")
    assert "/usr/local/libexec" not in copy.product("tools/jailhouse")
    assert copy.make("arm64", "tools", "prefix=/usr", "LDFLAGS=-static")
    assert " -static " in copy.product("tools/jailhouse")
    assert not copy.make("arm64", "tools", "prefix=/usr", "LDFLAGS=-static")


def test_inmates_for_another_address(copy):
    everything = copy.make("arm64", "inmates")
    assert len(copy.make("arm64", "inmates", "CONFIG_INMATE_BASE=0x40000000")) == len(everything)
