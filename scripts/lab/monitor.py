# SPDX-License-Identifier: GPL-2.0-only
"""QEMU's monitor: what the CPUs of an emulated machine do that does not answer any more."""

import json
import re
import socket
import tempfile
from pathlib import Path

# What tells how a CPU stands, of all architectures.
PLACE = re.compile(r"CPU#\d+|\b(?:[ER]IP|PC|R15(?==[0-9a-f]{8}\b)|PSR|PSTATE|CPL|II|HLT)=\S+")


class Monitor:
    """The monitor of one emulator; its socket is below /tmp, as addresses of sockets have to be short."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="lab-")  # pylint: disable=consider-using-with
        self._path = Path(self._folder.name) / "monitor"

    def options(self):
        """Words for the emulator's command line."""
        return ["-qmp", f"unix:{self._path},server=on,wait=off"]

    def ask(self, *commands, timeout=5):
        """The answers to commands of the human monitor. OSError if the emulator gives none."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(timeout)
            connection.connect(str(self._path))
            with connection.makefile("rw", encoding="utf-8") as stream:
                stream.readline()
                self._execute(stream, "qmp_capabilities")
                return [self._execute(stream, "human-monitor-command", **{"command-line": one}) for one in commands]

    @staticmethod
    def _execute(stream, command, **arguments):
        stream.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        stream.flush()
        for line in stream:
            answer = json.loads(line)
            if "error" in answer:
                raise OSError(answer["error"].get("desc", command))
            # Between the answers the emulator tells of events.
            if "return" in answer:
                return answer["return"]
        raise OSError("the emulator's monitor was closed")

    def dump(self, path, commands, times=3):
        """Write the answers, some times in a row, to a file; the CPUs' places, in short."""
        places = []
        with open(path, "w", encoding="utf-8") as out:
            for _ in range(times):
                try:
                    answers = self.ask(*commands)
                except (OSError, ValueError) as error:
                    return f"the emulator's monitor does not answer: {error}"
                out.writelines(f"{answer}\n" for answer in answers)
                places.append("\n  " + " ".join(PLACE.findall(answers[0])).replace(" CPU#", "\n  CPU#"))
        return f"registers: {path}" + "\n".join(places)

    def close(self):
        self._folder.cleanup()
