# SPDX-License-Identifier: GPL-2.0-only
"""The laboratory itself: fetching, CPUs of the real machine, and what is said of a machine that hangs."""

import json
import os
import shutil
import socket
import threading
import time

import pytest
from lab import debian, emulator, kernels, slots
from lab.monitor import Monitor
from lab.qemu import BOARDS


class Slow:
    """A suite that unpacks slowly and fails, as dpkg does, when its folder is deleted meanwhile."""

    unpacked = 0

    def __init__(self, name, _arch):
        self.name = name

    def closure(self, _):
        return ["libfirst", "libsecond"]

    def unpack(self, package, root):
        root.mkdir(parents=True, exist_ok=True)
        partial = root / f"{package}.partial"
        partial.touch()
        time.sleep(0.2)
        partial.rename(root / package)
        Slow.unpacked += 1


def both(call):
    """Two calls at the same time; what they returned or raised."""
    results = []

    def one():
        try:
            results.append(call())
        except Exception as error:  # pylint: disable=broad-exception-caught
            results.append(error)

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_an_emulator_wanted_twice_is_fetched_once(tmp_path, monkeypatch):
    monkeypatch.setattr(debian, "APT", tmp_path / "apt")
    monkeypatch.setattr(emulator, "LAB", tmp_path)
    monkeypatch.setattr(emulator, "Suite", Slow)
    Slow.unpacked = 0
    root = tmp_path / "qemu-10.0" / "x86"
    assert both(lambda: emulator.fetch_emulator("x86", "10.0")) == [root, root]
    assert Slow.unpacked == 2
    assert sorted(path.name for path in root.iterdir()) == ["complete", "libfirst", "libsecond"]


def test_busybox_wanted_twice_is_fetched_once(tmp_path, monkeypatch):
    class Busybox(Slow):
        def unpack(self, package, root):
            super().unpack("busybox", root / "bin")

    monkeypatch.setattr(debian, "APT", tmp_path / "apt")
    monkeypatch.setattr(kernels, "busybox", lambda arch: tmp_path / arch / "busybox")
    monkeypatch.setattr(kernels, "Suite", Busybox)
    Slow.unpacked = 0
    assert both(lambda: kernels.fetch_busybox("arm")) == [tmp_path / "arm/busybox"] * 2
    assert Slow.unpacked == 1


class Mirror:
    """What apt sees: the archive's version of one package, with which its name changes, and the one of its last list."""

    def __init__(self, version):
        self.version, self.listed, self.updates = version, None, 0
        self.broken = False

    def run(self, command, what, cwd=None):
        if "update" in command:
            self.updates += 1
            self.listed = self.version
        elif "show" in command:
            return f"Depends: kernel-{self.listed}\n"
        elif "download" in command:
            if self.broken or command[-1] != f"kernel-{self.version}":
                raise debian.LabError(f"{what} failed: 404")
            (cwd / f"{command[-1]}_1.deb").touch()
        return ""


@pytest.fixture(name="fetch")
def fetch_from_a_mirror(tmp_path, monkeypatch):
    monkeypatch.setattr(debian, "APT", tmp_path / "apt")
    monkeypatch.setattr(debian, "system_mirror", lambda: "http://mirror")

    @debian.one_at_a_time
    def fetch(mirror):
        monkeypatch.setattr(debian, "run", mirror.run)
        suite = debian.Suite("trixie", "arm64")
        return suite.download(suite.depends("kernel", r"kernel-\d+")).name

    return fetch


def test_a_version_that_the_mirror_has_dropped(fetch):
    mirror = Mirror(1)
    assert fetch(mirror) == "kernel-1_1.deb"
    mirror.version = 2
    # What was downloaded is still good.
    assert fetch(mirror) == "kernel-1_1.deb"
    shutil.rmtree(debian.APT / "trixie-arm64/debs")
    (debian.APT / "trixie-arm64/debs").mkdir()
    assert fetch(mirror) == "kernel-2_1.deb"
    assert mirror.updates == 2


def test_a_package_that_cannot_be_had(fetch):
    mirror = Mirror(1)
    mirror.broken = True
    with pytest.raises(debian.LabError, match="404"):
        fetch(mirror)
    # The first list was new already, which nobody remembers.
    assert mirror.updates == 2


REGISTERS = """CPU#0
RAX=0000000000000001 R15=ffff8a84bfa25f78
RIP=ffffffffbb4ae281 RFL=00000246 [---Z-P-] CPL=0 II=0 A20=1 SMM=0 HLT=1
CPU#1
R14=c041cc00 R15=c041cc68
PSR=60070093 -ZC- A S svc32
"""


def answer_as_qemu(path):
    """One connection after the other: a greeting, an event now and then, and the same registers each time."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen()

    def serve():
        while True:
            connection, _ = server.accept()
            with connection.makefile("rw", encoding="utf-8") as stream:
                stream.write('{"QMP": {}}\n')
                stream.flush()
                for line in stream:
                    asked = json.loads(line)
                    answer = REGISTERS if asked["execute"] == "human-monitor-command" else {}
                    stream.write(f'{{"event": "STOP"}}\n{json.dumps({"return": answer})}\n')
                    stream.flush()

    threading.Thread(target=serve, daemon=True).start()


def test_registers_of_a_machine_that_hangs(tmp_path):
    monitor = Monitor()
    answer_as_qemu(monitor.options()[1].removeprefix("unix:").split(",")[0])
    log = tmp_path / "registers.log"
    short = monitor.dump(log, ("info registers -a", "info pic"))
    assert log.read_text() == (REGISTERS + "\n") * 6
    once = "\n  CPU#0 RIP=ffffffffbb4ae281 CPL=0 II=0 HLT=1\n  CPU#1 R15=c041cc68 PSR=60070093"
    assert short == f"registers: {log}" + "\n".join([once] * 3)
    monitor.close()


def test_an_emulator_that_hangs_itself(tmp_path):
    monitor = Monitor()
    assert "does not answer" in monitor.dump(tmp_path / "registers.log", ("info registers -a",))
    monitor.close()


def test_only_an_emulated_pc_is_bound_to_a_cpu():
    def command(arch, real_cpu=None):
        board = BOARDS[arch](kernel="vmlinuz", initrd="initrd")
        return board.command([], {name: name for name in board.consoles}, real_cpu)

    assert command("x86", 7)[:3] == ["taskset", "--cpu-list", "7"]
    assert command("x86")[2] == str(min(os.sched_getaffinity(0)))
    assert "taskset" not in command("arm64", 7)


def test_machines_side_by_side_have_cpus_of_their_own(tmp_path, monkeypatch):
    monkeypatch.setenv("LAB_SLOTS", f"{tmp_path}/1:{tmp_path}/2")
    usable = sorted(os.sched_getaffinity(0))
    first, second = slots.acquire(), slots.acquire()
    assert [first[1], second[1]] == [usable[0], usable[1 % len(usable)]]
    first[0].close()
    third = slots.acquire()
    assert third[1] == usable[0]
    second[0].close()
    third[0].close()
    everything = slots.acquire(alone=True)
    assert everything[1] == usable[0]
    everything[0].close()
