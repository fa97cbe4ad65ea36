# SPDX-License-Identifier: GPL-2.0-only
"""A running emulated machine: commands at the root cell's shell, and the other consoles' logs."""

import re
import time
from pathlib import Path

import pexpect

from . import slots
from .debian import say
from .monitor import Monitor
from .rootcell import PROMPT, RS

STATUS = re.compile(rf"{RS}(\d+):(\d+){RS}\r*\n")
# What Linux writes when something of it broke.
COMPLAINTS = re.compile(
    r"Unable to handle|Internal error|Kernel panic|BUG:|WARNING: (?!See http)|rcu:.*(stall|detected)|soft lockup|"
    r"Unexpected|scheduling while atomic|hung_task|blocked for more than|Uhhuh|nobody cared"
)
# Linux 6.12 counts its fair server as a task of a CPU that goes off, seen with nothing but the stopper on it.
NO_COMPLAINT = re.compile(r"WARNING: .* sched_cpu_dying\+")


def _readable(text):
    """A console's output without status reports and carriage returns."""
    return re.sub(rf"{RS}\d+:\d+{RS}\n", "", text.replace("\r", "")).rstrip("\n")


class MachineError(Exception):
    """The machine stopped or does not answer."""


class CommandFailed(Exception):
    """A command at the root cell's shell ended with another status than expected."""


class Log:
    """A console that QEMU writes to a file, read as it grows."""

    def __init__(self, path, label, on_line=None):
        self.path = Path(path)
        self.label = label
        self._on_line = on_line
        self._shown = 0
        self.path.write_bytes(b"")

    def text(self):
        return self.path.read_bytes().decode("utf-8", "replace").replace("\r", "")

    def mark(self):
        """Position to search from later."""
        return len(self.text())

    def poll(self):
        """Hand complete new lines to the listener."""
        if not self._on_line:
            return
        text = self.text()
        end = text.rfind("\n") + 1
        for line in text[self._shown:end].splitlines():
            self._on_line(self.label, line)
        self._shown = max(self._shown, end)


class Machine:
    """
    Context manager around one board. on_line(label, line) is told of every line of every console,
    with label "root" or the name of one of the board's further consoles, whose logs are attributes of
    that name (hypervisor, inmate, ...). alone: no other emulated machine may run meanwhile.
    """

    def __init__(self, board, folder, on_line=None, boot_timeout=120, alone=False):
        self.board = board
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.logs = {name: Log(self.folder / f"{name}.log", name, on_line) for name in board.consoles}
        vars(self).update(self.logs)
        self._on_line = on_line
        self._alone = alone
        self._boot_timeout = boot_timeout
        self._child = self._slot = self._root_log = self._monitor = None
        self._expected = 0
        self._cpu = None
        self._lost = None

    def __enter__(self):
        self._slot, self._cpu = slots.acquire(self._alone)
        try:
            self._monitor = Monitor()
            self._boot()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def _boot(self):
        """Twice if need be: on QEMU 7.2, stock kernels now and then trip over code that another CPU is patching."""
        try:
            self._start()
        except MachineError as error:
            if self._child.isalive():
                raise
            say(f"the kernel did not get as far as a shell, once more: {str(error).splitlines()[0]}")
            self._child.close(force=True)
            self._root_log.close()
            self._start()

    def _start(self):
        serial = ["-chardev", "stdio,id=root,signal=off", "-serial", "chardev:root"]
        command = self.board.command(serial, {name: log.path for name, log in self.logs.items()}, self._cpu)
        command += self._monitor.options()
        self._root_log = open(self.folder / "root.log", "w", encoding="utf-8")  # pylint: disable=consider-using-with
        # The emulator must not outlive this program, however it ends.
        self._child = pexpect.spawn(
            "setpriv", ["--pdeathsig", "KILL", *command], encoding="utf-8", codec_errors="replace", timeout=None,
            echo=False, maxread=65536,
        )
        # The guest's terminal takes what is typed at any time.
        self._child.delaybeforesend = None
        self._child.logfile_read = self._root_log
        self._wait(re.escape(PROMPT), self._boot_timeout, "boot")

    def _wait(self, pattern, timeout, what):
        """Wait for a pattern on the root console while the other consoles are followed."""
        if self._lost:
            raise MachineError(f"{what}: the machine has not answered since {self._lost}")
        end = time.monotonic() + timeout
        while True:
            found = self._child.expect([pattern, pexpect.EOF, pexpect.TIMEOUT], timeout=0.1)
            self.poll()
            if found == 0:
                return self._child.match
            if found == 1:
                raise MachineError(f"{what}: the machine stopped\n{self.tail()}")
            if time.monotonic() > end:
                # Whatever is typed from now on would be in vain, and each time cost as long.
                self._lost = what
                raise MachineError(f"{what}: no answer for {timeout} s\n{self.tail()}\n{self._registers()}")

    def _registers(self):
        return self._monitor.dump(self.folder / "registers.log", ("info registers -a", *self.board.state_commands))

    def poll(self):
        """Hand on new lines of all consoles but the root cell's."""
        for log in self.logs.values():
            log.poll()

    def tail(self, lines=12):
        """The end of every console, for error messages."""
        self._root_log.flush()
        parts = []
        for name in ("root", *self.logs):
            text = _readable((self.folder / f"{name}.log").read_bytes().decode("utf-8", "replace"))
            parts += [f"{name:10} | {line}" for line in text.split("\n")[-lines:]]
        return "\n".join(parts)

    def send(self, command):
        """Type a command without waiting for its end."""
        self._child.send(command + "\n")

    def finish(self, command, timeout=60, show=True):
        """Wait for the end of a command that was sent: (status, output)."""
        match = self._wait(STATUS, timeout, command)
        before = self._child.before.replace("\r", "")
        # The terminal echoes what was typed, as its first line.
        output = before.split("\n", 1)[1] if "\n" in before else ""
        if int(match.group(1)) != self._expected:
            raise MachineError(f"{command}: the shell was restarted\n{self.tail()}")
        self._expected += 1
        if show:
            self._show(output)
        self._wait(re.escape(PROMPT), 10, "prompt")
        return int(match.group(2)), output

    def _show(self, output):
        if self._on_line:
            for line in output.splitlines():
                self._on_line("root", line)

    def run(self, command, timeout=60, show=True):
        """Type a command; (status, output) once it ended. show: hand them to the listener."""
        if show:
            self._show(PROMPT + command)
        self.send(command)
        return self.finish(command, timeout, show)

    def check(self, command, timeout=60, status=0, show=True):
        """Type a command that must end with the given status; its output."""
        got, output = self.run(command, timeout, show)
        if got != status:
            _, log = self.run("dmesg | tail -n 12", show=False)
            raise CommandFailed(f"{command}: exit status {got}, not {status}\n{output}\n{self.tail()}\n{log}")
        return output

    def expect_end(self, timeout=30):
        """Wait until the machine has switched itself off."""
        end = time.monotonic() + timeout
        while self._child.isalive():
            if time.monotonic() > end:
                raise MachineError(f"the machine does not end within {timeout} s\n{self.tail()}")
            self._child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=0.1)
        self.poll()

    def wait_for(self, log, text, timeout=30, since=0, count=1):
        """Wait until a log has the text (a regular expression) count times after position since."""
        end = time.monotonic() + timeout
        while True:
            self._drain()
            found = re.findall(text, log.text()[since:])
            if len(found) >= count:
                return found
            if not self._child.isalive():
                raise MachineError(f"waiting for {text!r}: the machine stopped\n{self.tail()}")
            if time.monotonic() > end:
                raise MachineError(f"no {text!r} on the {log.label} console in {timeout} s\n{self.tail()}")

    def sleep(self, seconds):
        """Let the machine run, following its consoles."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._drain()

    def _drain(self):
        """Follow all consoles for a moment. What the root cell writes must be read, or the emulator would stall."""
        self._child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=0.05)
        self.poll()

    def complaints(self):
        """Lines of the kernel's log that should not be there."""
        _, output = self.run("dmesg", show=False)
        return [line for line in output.splitlines() if COMPLAINTS.search(line) and not NO_COMPLAINT.search(line)]

    def write_file(self, path, data):
        """Create a small file in the guest from bytes."""
        self.check(f": > {path}", show=False)
        for start in range(0, len(data), 256):
            octal = "".join(f"\\0{byte:03o}" for byte in data[start:start + 256])
            self.check(f"printf '%b' '{octal}' >> {path}", show=False)

    def close(self):
        """Stop the machine, whatever it is doing."""
        try:
            if self._child:
                self._child.close(force=True)
            if self._root_log:
                self._root_log.close()
                path = self.folder / "root.log"
                path.write_text(_readable(path.read_bytes().decode("utf-8", "replace")) + "\n")
        finally:
            if self._monitor:
                self._monitor.close()
            if self._slot:
                self._slot.close()
            self._child = self._slot = self._monitor = None
