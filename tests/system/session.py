# SPDX-License-Identifier: GPL-2.0-only
"""What the tests do over and over at the root cell's shell, with the checks that belong to it."""

import re

from lab import jitter

SYSFS = "/sys/devices/jailhouse"
FIGURES = ("mem_pool_size", "mem_pool_used", "remap_pool_size", "remap_pool_used")


def parse_cpus(text):
    """Numbers in a list such as 0-2,4."""
    ranges = [(part.split("-") * 2)[:2] for part in text.split(",")]
    return [cpu for low, high in ranges for cpu in range(int(low), int(high) + 1)]


class Session:
    """The root cell of a machine. gic selects the system configuration."""

    def __init__(self, machine):
        self.machine = machine
        self.system = "qemu-arm64.cell" if machine.board.gic == 3 else "qemu-arm64-gicv2.cell"
        self.online = self.cpus_online()

    def check(self, command, timeout=60, status=0):
        return self.machine.check(command, timeout, status)

    def jailhouse(self, words, timeout=60):
        return self.check(f"jailhouse {words}", timeout)

    def insmod(self):
        self.check("insmod jailhouse.ko")

    def enable(self):
        """Enable, with a look at the hypervisor's console."""
        since = self.machine.hypervisor.mark()
        self.jailhouse(f"enable {self.system}")
        self.machine.wait_for(self.machine.hypervisor, "Activating hypervisor", since=since)

    def disable(self):
        self.jailhouse("disable")

    def create(self, cell="inmate-demo"):
        self.jailhouse(f"cell create qemu-arm64-{cell}.cell")

    def load(self, cell="inmate-demo", image="gic-demo.bin", arguments=""):
        command_line = f' -s "{arguments}" -a 0x1000' if arguments else ""
        self.jailhouse(f"cell load {cell} {image}{command_line}")

    def start(self, cell="inmate-demo"):
        self.jailhouse(f"cell start {cell}")

    def shutdown(self, cell="inmate-demo"):
        self.jailhouse(f"cell shutdown {cell}")

    def destroy(self, cell="inmate-demo"):
        self.jailhouse(f"cell destroy {cell}")

    def cells(self):
        """Cells as "cell list" shows them: name -> (ID, state, assigned CPUs, failed CPUs)."""
        rows = [line for line in self.jailhouse("cell list").splitlines()[1:] if line.strip()]
        columns = ((0, 8), (8, 32), (32, 50), (50, 74), (74, 98))
        found = {}
        for row in rows:
            number, name, state, assigned, failed = (row[a:b].strip() for a, b in columns)
            found[name] = (int(number), state, assigned, failed)
        return found

    def state(self, cell):
        return self.cells()[cell][1]

    def wait_state(self, cell, wanted, seconds=10):
        """Wait until a cell is in a state."""
        state = None
        for _ in range(seconds * 5):
            state = self.state(cell)
            if state == wanted:
                return
            self.machine.sleep(0.2)
        raise AssertionError(f"cell {cell} is {state}, not {wanted}\n{self.machine.tail()}")

    def figures(self):
        """Sizes and use of the core's pools, as sysfs shows them."""
        output = self.check("cat " + " ".join(f"{SYSFS}/{name}" for name in FIGURES))
        return dict(zip(FIGURES, map(int, output.split())))

    def statistics(self, number):
        """Exit counters of a cell."""
        output = self.check(f"grep -H . {SYSFS}/cells/{number}/statistics/vmexits_*")
        return {name: int(value) for name, value in re.findall(r"vmexits_(\w+):(\d+)", output)}

    def cpus_online(self):
        return self.check("cat /sys/devices/system/cpu/online").strip()

    def ticks(self, seconds, since=None):
        """Timer ticks that the inmate reports from now on within some seconds."""
        log = self.machine.inmate
        since = log.mark() if since is None else since
        self.machine.sleep(seconds)
        return len(jitter.values(log.text()[since:]))

    def expect_ticking(self, seconds=3, rate=10):
        """The timer demo keeps its rate, give or take what an emulator on a busy machine needs."""
        got = self.ticks(seconds)
        wanted = seconds * rate
        assert wanted * 0.8 - 1 <= got <= wanted * 1.2 + 1, f"{got} ticks in {seconds} s, expected {wanted}"

    def refused(self, command, reason, error=None):
        """The command must fail, name the reason (a regular expression), and leave Linux well."""
        status, output = self.machine.run(command)
        assert status == 1, f"{command}: exit status {status}, expected 1\n{output}"
        assert re.search(reason, output, re.IGNORECASE), f"{command}: no {reason!r} in\n{output}"
        if error:
            assert error in output, f"{command}: no {error!r} in\n{output}"
        return output

    def expect_linux_well(self):
        """Linux has all its CPUs, schedules on each, keeps time, and has complained about nothing."""
        self.expect_linux_well_on(self.online)

    def expect_linux_well_on(self, cpus):
        """The same where some CPUs are in cells."""
        assert self.cpus_online() == cpus
        for cpu in parse_cpus(cpus):
            self.check(f"taskset -c {cpu} true", timeout=20)
        before = float(self.check("cut -d' ' -f1 /proc/uptime"))
        self.check("usleep 100000")
        assert float(self.check("cut -d' ' -f1 /proc/uptime")) > before
        complaints = self.machine.complaints()
        assert not complaints, complaints[:5]
