# SPDX-License-Identifier: GPL-2.0-only
"""Writes initramfs archives ("newc" cpio); needs neither root nor the cpio program."""

import gzip

DIRECTORY, FILE, LINK = 0o040000, 0o100000, 0o120000


def _pad(data):
    return data + b"\0" * (-len(data) % 4)


def _entry(number, name, mode, content):
    encoded = name.encode() + b"\0"
    fields = (number, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(encoded), 0)
    head = b"070701" + b"".join(b"%08X" % value for value in fields)
    return _pad(head + encoded) + _pad(content)


class Archive:
    """Collects files, then writes them with all the directories that they need."""

    def __init__(self):
        self._entries = {}

    def _parents(self, name):
        parts = name.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            self._entries.setdefault("/".join(parts[:depth]), (DIRECTORY | 0o755, b""))

    def _add(self, name, mode, content):
        name = name.strip("/")
        self._parents(name)
        self._entries[name] = (mode, content)

    def directory(self, name):
        self._add(name, DIRECTORY | 0o755, b"")

    def file(self, name, content, mode=0o644):
        self._add(name, FILE | mode, content.encode() if isinstance(content, str) else content)

    def link(self, name, target):
        self._add(name, LINK | 0o777, target.encode())

    def write(self, path):
        """Write the archive, compressed a little: reading it is what an emulated machine is slow at."""
        blob = b"".join(
            _entry(number, name, mode, content)
            for number, (name, (mode, content)) in enumerate(self._entries.items(), 1)
        )
        blob += _entry(0, "TRAILER!!!", 0, b"")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(blob, 1))
