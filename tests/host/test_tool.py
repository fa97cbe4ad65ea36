# SPDX-License-Identifier: GPL-2.0-only
"""The jailhouse command on the host: arguments, output, exit codes; with a driver that is faked (fake_driver.c)."""

import errno
import os
import pathlib
import re
import struct
import subprocess
import threading

import pytest

TOP = pathlib.Path(__file__).resolve().parents[2]
TOOLS = TOP / "tools"
VERSION = (TOP / "VERSION").read_text().strip()


class Tool:
    """The command, built to look for device and sysfs in its own folder."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / "jailhouse"
        self.device = folder / "device"
        self.cells = folder / "sysfs/cells"
        flags = ["-Wall", "-Wextra", "-Werror", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover"]
        flags += [f"-I{TOP}/include", "-Wl,--wrap=ioctl", f'-DVERSION="{VERSION}"']
        flags += [f'-DSYSFS_DIR="{folder}/sysfs"', f'-DDEVICE_PATH="{self.device}"', f'-DLIBEXECDIR="{folder}/libexec"']
        sources = sorted(TOOLS.glob("*.c")) + [TOP / "tests/host/fake_driver.c"]
        subprocess.run(["gcc", *flags, "-o", self.path, *sources], check=True)

    def run(self, *args, **env):
        env = {**os.environ, "LC_ALL": "C", **{name: str(value) for name, value in env.items()}}
        return subprocess.run([self.path, *args], env=env, capture_output=True, text=True, timeout=10, check=False)

    def ok(self, *args, **env):
        result = self.run(*args, **env)
        assert (result.returncode, result.stderr) == (0, "")
        return result.stdout

    def refused(self, *args, **env):
        result = self.run(*args, **env)
        assert result.returncode == 1
        return result.stderr

    def file(self, name, content=b"\x01\x02"):
        path = self.folder / name
        path.write_bytes(content)
        return str(path)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return Tool(tmp_path_factory.mktemp("tool"))


@pytest.fixture
def tool(built):
    """With the module loaded."""
    built.device.write_text("")
    yield built
    built.device.unlink(missing_ok=True)


def system_config(counts=(8, 0, 0, 0, 0, 0, 0, 0), body=bytes(8)):
    return b"JHSYS" + bytes(351) + b"\0" * 48 + struct.pack("<8I", *counts) + bytes(52) + body


#
# General
#


def test_version(tool):
    assert tool.ok("--version") == f"Jailhouse management tool {VERSION}\n"


def test_help_names_every_command(tool):
    text = tool.ok("--help")
    for line in (
        "enable SYSCONFIG",
        "disable",
        "console [-f | --follow]",
        "cell create CELLCONFIG",
        "cell list",
        "cell load { ID | [--name] NAME }",
        "cell start { ID | [--name] NAME }",
        "cell shutdown { ID | [--name] NAME }",
        "cell destroy { ID | [--name] NAME }",
        "cell linux",
        "cell stats { ID | [--name] NAME }",
        "config create",
        "config collect FILE.TAR",
        "config check",
        "hardware check",
    ):
        assert f"   {line}" in text
    # What comes with this version stands before what does not.
    ours, theirs = text.split("Not part of this version yet")
    assert re.findall(r"^   (\w+ \w+|\w+)", theirs, re.MULTILINE) == [
        "cell linux", "config create", "config collect", "config check", "hardware check",
    ]
    for name in ("cell-linux", "cell-stats", "config-create", "config-collect", "config-check", "hardware-check"):
        assert (TOP / f"tools/jailhouse-{name}").exists() == (f"   {name.replace('-', ' ')} " in ours)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "cell",
        "cell nonsense",
        "config",
        "config nonsense",
        "hardware",
        "enable",
        "enable a b",
        "disable now",
        "console -x",
        "console -f -f",
        "cell create",
        "cell create a b",
        "cell list 1",
        "cell load",
        "cell load 1",
        "cell load --name",
        "cell load --name x",
        "cell load 1 -s",
        "cell load 1 -a 0",
        "cell load 1 -s x -a",
        "cell start",
        "cell start --name",
        "cell start 1 2",
        "cell shutdown",
        "cell shutdown 1 2",
        "cell destroy",
        "cell destroy --name a b",
    ],
)
def test_wrong_usage(tool, line):
    result = tool.run(*line.split())
    assert result.returncode == 1
    assert result.stderr.startswith("Usage: jailhouse { COMMAND | --help | --version }\n")
    assert result.stdout == ""


#
# Without the module, or without permission
#


def test_no_module(built):
    built.device.unlink(missing_ok=True)
    for args in (["disable"], ["cell", "start", "1"], ["console"], ["enable", built.file("c", system_config())]):
        text = built.refused(*args)
        assert "device: No such file or directory" in text and "module loaded" in text


def test_no_permission(tool):
    tool.device.chmod(0)
    tool.folder.chmod(0o755)
    command = [tool.path, "disable"]
    for parent in [tool.folder, *tool.folder.parents][:3]:
        parent.chmod(parent.stat().st_mode | 0o055)
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=65534", "--clear-groups", *command]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "Permission denied" in result.stderr and "root" in result.stderr


#
# Requests
#


def test_enable_and_disable(tool):
    assert tool.ok("enable", tool.file("sys", system_config())) == "ENABLE JHSYS\n"
    assert tool.ok("disable") == "DISABLE\n"


def test_refusal_has_two_lines(tool):
    config = tool.file("sys", system_config())
    text = tool.refused("enable", config, FAKE_ERRNO=errno.EINVAL, FAKE_REASON="wrong GIC version")
    assert text == "JAILHOUSE_ENABLE: Invalid argument\nwrong GIC version\n"


@pytest.mark.parametrize(
    "name,args",
    [
        ("DISABLE", ["disable"]),
        ("CELL_CREATE", ["cell", "create", "FILE"]),
        ("CELL_LOAD", ["cell", "load", "1", "FILE"]),
        ("CELL_LOAD", ["cell", "shutdown", "1"]),
        ("CELL_START", ["cell", "start", "1"]),
        ("CELL_DESTROY", ["cell", "destroy", "1"]),
    ],
)
def test_refusal_without_reason(tool, name, args):
    path = tool.file("file")
    args = [path if arg == "FILE" else arg for arg in args]
    for env in ({}, {"FAKE_REASON": ""}):
        assert tool.refused(*args, FAKE_ERRNO=errno.EBUSY, **env) == f"JAILHOUSE_{name}: Device or resource busy\n"


def test_reason_cannot_control_the_terminal(tool):
    text = tool.refused("disable", FAKE_ERRNO=errno.EPERM, FAKE_REASON="cell \x1b[31m\n!")
    assert text == "JAILHOUSE_DISABLE: Operation not permitted\ncell ?[31m?!\n"


def test_longest_reason(tool):
    text = tool.refused("disable", FAKE_ERRNO=errno.EPERM, FAKE_REASON="x" * 300)
    assert text.splitlines()[1] == "x" * 256


@pytest.mark.parametrize("args", [["enable"], ["cell", "create"], ["cell", "load", "1"]])
def test_missing_file(tool, args):
    text = tool.refused(*args, str(tool.folder / "nothing"))
    assert "nothing: No such file or directory" in text
    assert "Is a directory" in tool.refused(*args, str(tool.folder))


@pytest.mark.parametrize("args", [["enable"], ["cell", "create"], ["cell", "load", "1"]])
def test_empty_file(tool, args):
    assert tool.refused(*args, tool.file("nothing-in-it", b"")).endswith("nothing-in-it is empty\n")


def test_pipe(tool):
    """Of more than fits into it, and than is read at first."""
    content = bytes(range(256)) * 1000
    path = tool.folder / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(content,), daemon=True)
    writer.start()
    output = tool.ok("cell", "load", "1", str(path))
    writer.join()
    assert output == f'CELL_LOAD id=1 name="" 0x0:{content.hex()}\n'


@pytest.mark.parametrize(
    "content",
    [
        system_config()[:-1],
        system_config()[:100],
        system_config(counts=(8, 1, 0, 0, 0, 0, 0, 0)),
        system_config(counts=(0xFFFFFFFF,) * 8),
        # 32-bit arithmetic would make 8 of this
        system_config(counts=(8, 0x08000000, 0, 0, 0, 0, 0, 0)),
    ],
)
def test_truncated_system_config(tool, content):
    assert "is truncated" in tool.refused("enable", tool.file("sys", content))


@pytest.mark.parametrize("content", [b"x", b"JHCLL" + bytes(200), bytes(1000)])
def test_what_is_no_system_config_is_the_drivers_to_judge(tool, content):
    assert "ENABLE" in tool.ok("enable", tool.file("sys", content))


def test_create(tool):
    assert tool.ok("cell", "create", tool.file("cell", b"\x00\xff\x10")) == "CELL_CREATE 00ff10\n"


@pytest.mark.parametrize("command,request_name", [("start", "START"), ("destroy", "DESTROY"), ("shutdown", "LOAD")])
@pytest.mark.parametrize(
    "args,cell",
    [
        (["0"], 'id=0 name=""'),
        (["12"], 'id=12 name=""'),
        (["2147483647"], 'id=2147483647 name=""'),
        (["demo"], 'id=-1 name="demo"'),
        (["--name", "12"], 'id=-1 name="12"'),
        (["-1"], 'id=-1 name="-1"'),
        (["1x"], 'id=-1 name="1x"'),
        (["a" * 31], f'id=-1 name="{"a" * 31}"'),
    ],
)
def test_cell_by_id_or_name(tool, command, request_name, args, cell):
    assert tool.ok("cell", command, *args) == f"CELL_{request_name} {cell}\n"


@pytest.mark.parametrize("args", [["2147483648"], ["9" * 40], ["a" * 32], [""], ["--name", ""]])
def test_impossible_cells(tool, args):
    text = tool.refused("cell", "start", *args)
    assert text.startswith("jailhouse: ") and text.count("\n") == 1


@pytest.mark.parametrize(
    "args,images",
    [
        (["FILE"], "0x0:0102"),
        (["FILE", "-a", "0x1000"], "0x1000:0102"),
        (["FILE", "--address", "4096"], "0x1000:0102"),
        (["-s", "ab"], "0x0:616200"),
        (["--string", "", "-a", "010"], "0x8:00"),
        (["-s", "-a", "-a", "1"], "0x1:2d6100"),
        (["FILE", "FILE", "-a", "0xffffffffffffffff"], "0x0:0102 0xffffffffffffffff:0102"),
        (["FILE", "-a", "1", "-s", "x", "-a", "2", "FILE"], "0x1:0102 0x2:7800 0x0:0102"),
    ],
)
def test_load(tool, args, images):
    path = tool.file("image")
    args = [path if arg == "FILE" else arg for arg in args]
    assert tool.ok("cell", "load", "demo", *args) == f'CELL_LOAD id=-1 name="demo" {images}\n'
    assert tool.ok("cell", "load", "--name", "5", *args) == f'CELL_LOAD id=-1 name="5" {images}\n'
    assert tool.ok("cell", "load", "5", *args) == f'CELL_LOAD id=5 name="" {images}\n'


@pytest.mark.parametrize("address", ["", "x", "0x", "1g", "-1", " -1", "0x10000000000000000", "--name"])
def test_bad_addresses(tool, address):
    assert f'"{address}" is no address' in tool.refused("cell", "load", "1", tool.file("image"), "-a", address)


#
# Console and list
#


def test_console(tool):
    tool.device.write_text("one\ntwo\n")
    assert tool.ok("console") == "one\ntwo\n"
    assert tool.ok("console", "-f") == tool.ok("console", "--follow") == "one\ntwo\n"


def test_console_says_why_not(tool):
    """A folder can be opened, but not read."""
    tool.device.unlink()
    tool.device.mkdir()
    text = tool.refused("console", FAKE_REASON="the configuration forbids it")
    tool.device.rmdir()
    assert text == "jailhouse: reading the hypervisor console: Is a directory\nthe configuration forbids it\n"


def test_list_without_module(tool):
    assert tool.ok("cell", "list") == ""


def test_list(tool):
    cells = {
        "0": ("root", "running", "0-1", ""),
        "10": ("0123456789012345678901234567890", "shut down", "3", ""),
        "2": ("demo", "failed", "2", "2"),
    }
    for number, values in cells.items():
        folder = tool.cells / number
        folder.mkdir(parents=True)
        for name, value in zip(("name", "state", "cpus_assigned_list", "cpus_failed_list"), values):
            (folder / name).write_text(value + "\n")
    row = "%-8s%-24s%-18s%-24s%-24s\n"
    expected = row % ("ID", "Name", "State", "Assigned CPUs", "Failed CPUs")
    expected += "".join(row % (number, *cells[number]) for number in ("0", "2", "10"))
    assert tool.ok("cell", "list") == expected


#
# Helpers
#


def test_missing_helper(tool):
    text = tool.refused("hardware", "check")
    assert "jailhouse-hardware-check" in text and "neither" in text


def test_helpers_get_the_arguments(tool):
    for name in ("cell-linux", "cell-stats", "config-create", "config-collect", "config-check", "hardware-check"):
        for folder in (tool.folder, tool.folder / "libexec/jailhouse"):
            folder.mkdir(parents=True, exist_ok=True)
            helper = folder / f"jailhouse-{name}"
            helper.write_text(f'#!/bin/sh\necho "{folder}" "$@"\nexit 2\n')
            helper.chmod(0o755)
            result = tool.run(*name.split("-"), "-h", "a b")
            assert (result.returncode, result.stdout) == (2, f"{folder} -h a b\n")
            helper.unlink()


#
# cell stats
#


def stats(tool, *args):
    env = {**os.environ, "JAILHOUSE_CELLS_DIR": str(tool.folder / "stats")}
    return subprocess.run(
        [TOOLS / "jailhouse-cell-stats", *args], env=env, capture_output=True, text=True, check=False, timeout=20
    )


def test_stats(tool):
    folder = tool.folder / "stats/3/statistics"
    folder.mkdir(parents=True)
    (folder.parent / "name").write_text("7\n")
    for name, value in (("total", 12), ("mmio", 3), ("hypercall", 9)):
        (folder / f"vmexits_{name}").write_text(f"{value}\n")
    # A cell that goes away while the list is read
    (tool.folder / "stats/1").mkdir()
    for args in (["3"], ["03"], ["--name", "7"]):
        result = stats(tool, "-n", "2", *args)
        assert result.returncode == 0
        assert result.stdout.startswith("Statistics for 7 cell (ID 3)\n")
        assert "vmexits_total                       12             -\n" in result.stdout
        assert "vmexits_total                       12           0.0\n" in result.stdout
    assert stats(tool, "7").returncode == 1
    assert "there is no cell 7" in stats(tool, "7").stderr
    assert stats(tool).returncode == 1
    assert stats(tool, "gone").stderr == "jailhouse: there is no cell gone\n"
    assert stats(tool, "1").stderr == "jailhouse: the cell is gone\n"


def test_stats_whose_reader_leaves(tool):
    folder = tool.folder / "stats/4/statistics"
    folder.mkdir(parents=True)
    (folder.parent / "name").write_text("demo\n")
    (folder / "vmexits_total").write_text("1\n")
    command = f"{TOOLS}/jailhouse-cell-stats -n 3 4 | head -n 1"
    env = {**os.environ, "JAILHOUSE_CELLS_DIR": str(tool.folder / "stats")}
    result = subprocess.run(command, env=env, shell=True, capture_output=True, text=True, check=False, timeout=20)
    assert (result.stdout, result.stderr) == ("Statistics for demo cell (ID 4)\n", "")
