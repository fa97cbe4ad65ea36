# SPDX-License-Identifier: GPL-2.0-only
"""Reads text off a picture of the screen, by comparing it with the font of hypervisor/uart/efifb_font.c."""

import json
import re
import socket

from lab.paths import TOP

DOT = 2
CELL_WIDTH, CELL_HEIGHT = 12, 16


def _font():
    """What each character looks like: rows of dots, True where they are white -> character."""
    source = (TOP / "hypervisor/uart/efifb_font.c").read_text()
    glyphs = re.findall(r"\{ ((?:0x\w\w(?:, )?){5}) \}", source)
    assert len(glyphs) == 95
    found = {}
    for code, glyph in enumerate(glyphs, 0x20):
        columns = [int(word, 16) for word in glyph.split(", ")] + [0]
        found[tuple(tuple(bool(column >> y & 1) for column in columns) for y in range(8))] = chr(code)
    return found


def take_picture(qmp_path, picture_path):
    """Have the emulator whose QMP socket this is write its screen to a file."""
    with socket.socket(socket.AF_UNIX) as connection, connection.makefile("rw") as stream:
        connection.settimeout(30)
        connection.connect(str(qmp_path))
        for command in ({"execute": "qmp_capabilities"}, {"execute": "screendump", "arguments": {"filename": str(picture_path)}}):
            stream.write(json.dumps(command) + "\n")
            stream.flush()
            while True:
                answer = json.loads(stream.readline())
                assert "error" not in answer, answer
                if "return" in answer:
                    break


class Picture:
    """A portable pixmap, as the emulator writes them: 24 bits a pixel."""

    def __init__(self, path):
        magic, width, height, depth, self.pixels = path.read_bytes().split(maxsplit=4)
        assert (magic, depth) == (b"P6", b"255")
        self.width, self.height = int(width), int(height)

    def colour(self, x, y):
        at = (y * self.width + x) * 3
        return self.pixels[at:at + 3]

    def _dots(self, column, row):
        """Dots of one character; None if there are other colours, or pixels of a dot differ."""
        rows = []
        for y in range(row * CELL_HEIGHT, (row + 1) * CELL_HEIGHT):
            rows.append([self.colour(x, y) for x in range(column * CELL_WIDTH, (column + 1) * CELL_WIDTH)])
        if any(colour not in (b"\0\0\0", b"\xff\xff\xff") for line in rows for colour in line):
            return None
        if rows[::DOT] != rows[1::DOT] or any(line[::DOT] != line[1::DOT] for line in rows):
            return None
        return tuple(tuple(colour != b"\0\0\0" for colour in line[::DOT]) for line in rows[::DOT])

    def lines(self):
        """Text on the screen, without blanks at the ends; a character that is none is \N{REPLACEMENT CHARACTER}."""
        font = _font()
        return [
            "".join(font.get(self._dots(column, row), "\ufffd") for column in range(self.width // CELL_WIDTH)).rstrip()
            for row in range(self.height // CELL_HEIGHT)
        ]
