# SPDX-License-Identifier: GPL-2.0-only
"""The laboratory itself: what two test processes fetch at the same time comes whole."""

import threading
import time

from lab import debian, emulator, kernels


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
