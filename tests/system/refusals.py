# SPDX-License-Identifier: GPL-2.0-only
"""
Requests that must be refused: Linux goes on, nothing was changed, and the person is told why.

All run on one machine. The configurations are made from our own by changing one thing each. What is not the same on all
architectures is in the Facts of each, and in the tables that it adds.
"""

import dataclasses
import random

import pytest
from config_blob import CELL_SIZE, EXECUTE, READ, SYSTEM_PREFIX, WRITE, Blob
from conftest import boot_machine, products
from lab.plans import PLANS
from session import Session

RAM_FLAGS = READ | WRITE | EXECUTE
SERIES = "6.12"


@dataclasses.dataclass(frozen=True)
class Facts:
    """
    A board as far as refusals depend on it. All but the names are physical addresses: the hypervisor's memory, where a memory
    region of Linux begins and where Linux surely is, the timer cell's RAM, RAM for inmates that no cell has, the core's own device.
    """

    arch: str
    number: int
    other_number: int
    other_name: str
    firmware: str
    hv_start: int
    hv_size: int
    region: int
    linux: int
    cell_ram: int
    cell_ram_size: int
    spare: int
    controller: int
    # What a cell must not ask for, and the reason: name -> (function of facts that makes the blob, expected reason)
    more_systems: dict
    more_cells: dict

    @property
    def plan(self):
        return PLANS[self.arch]

    def original(self, name):
        files = products(SERIES, self.arch)
        if isinstance(files, str):
            pytest.fail(files, pytrace=False)
        return files[f"root/{name}"].read_bytes()

    def system(self):
        return Blob(self.original(f"{self.plan.system}.cell"))

    def cell(self):
        return Blob(self.original(self.plan.config(self.plan.cell.name)))

    def second_ram(self, phys, virt=0x10000000, size=0x10000):
        """The timer's cell with one region more."""
        return self.cell().add_memory(phys, virt, size, RAM_FLAGS)

    def other_cell(self):
        """The same cell by another name."""
        return self.cell().set_cell("name", b"other")


def garbage(size, head=b""):
    return head + random.Random(size).randbytes(size)


TOO_LONG = "limit|more than|truncated"

# name -> (function of facts that makes the blob, expected reason)
BAD_SYSTEMS = {
    "empty": (lambda f: b"", "truncated|cannot be read|signature|empty"),
    "head-only": (lambda f: bytes(f.system())[:100], "truncated|cannot be read|signature|counters|name|revision"),
    "garbage": (lambda f: garbage(4096), "signature"),
    "signature": (lambda f: f.system().set_head("signature", b"XXXXX"), "signature"),
    "revision": (lambda f: f.system().set_head("revision", 13), "revision 13"),
    "architecture": (lambda f: f.system().set_head("architecture", f.other_number), "{other_name}"),
    "cell-as-system": (lambda f: f.cell(), "cell configuration"),
    "many-regions": (lambda f: f.system().set_cell("num_memory_regions", 0xFFFFFFFF), TOO_LONG),
    "many-cpus": (lambda f: f.system().set_cell("cpu_set_size", 0xFFFFFFF0), TOO_LONG),
    "counts-wrap": (
        lambda f: f.system().set_cell("num_memory_regions", 0x08000000).set_cell("num_pci_devices", 0x80000000), TOO_LONG,
    ),
    "no-such-cpu": (lambda f: f.system().set_cpus(0x1F), "CPU 4"),
    "cpu-missing": (lambda f: f.system().set_cpus(0x7), "CPU 3"),
    "hv-in-ram": (lambda f: f.system().set_system("hv_start", f.linux), "System RAM"),
    "hv-small": (lambda f: f.system().set_system("hv_size", 0x1000), "too small"),
    "hv-unaligned": (lambda f: f.system().set_system("hv_start", f.hv_start + 0x1000), "aligned|multiple"),
    "hv-wraps": (lambda f: f.system().set_system("hv_start", 0xFFFFFFFFFFE00000), "wraps|multiple"),
    "overlap-hv": (lambda f: f.system().add_memory(f.hv_start, f.hv_start, 0x1000, RAM_FLAGS), "overlaps the hypervisor"),
    "overlap-self": (lambda f: f.system().add_memory(f.region, f.region, 0x1000, RAM_FLAGS), "overlap"),
    "region-wraps": (
        lambda f: f.system().add_memory(2**64 - 0x1000, 2**64 - 0x1000, 0x2000, RAM_FLAGS), "wraps|beyond",
    ),
}

BAD_CELLS = {
    "empty": (lambda f: b"", "truncated|empty"),
    "truncated-desc": (lambda f: f.cell().cut(CELL_SIZE - 1), "truncated"),
    "truncated-arrays": (lambda f: f.cell().cut(CELL_SIZE + 20), "truncated"),
    "huge": (lambda f: bytes(f.cell()) + bytes(2 << 20), TOO_LONG),
    "garbage": (lambda f: garbage(512), "signature"),
    "garbage-body": (lambda f: garbage(500, bytes(f.cell())[:8]), ".+"),
    "signature": (lambda f: f.cell().set_head("signature", b"XXXXX"), "signature"),
    "revision": (lambda f: f.cell().set_head("revision", 15), "revision 15"),
    "architecture": (lambda f: f.cell().set_head("architecture", f.other_number), "{other_name}|architecture [012]"),
    "system-as-cell": (lambda f: f.system(), "system configuration"),
    "many-regions": (lambda f: f.cell().set_cell("num_memory_regions", 0xFFFFFFFF), TOO_LONG),
    "counts-wrap": (
        lambda f: f.cell().set_cell("num_memory_regions", 0x08000000).set_cell("num_irqchips", 0xFFFFFFFF), TOO_LONG,
    ),
    "name-empty": (lambda f: f.cell().set_cell("name", b""), "name"),
    "name-unterminated": (lambda f: f.cell().set_cell("name", b"x" * 32), "name"),
    "no-cpu": (lambda f: f.cell().set_cpus(0), "no CPU"),
    "no-such-cpu": (lambda f: f.cell().set_cpus(0x80), "CPU 7"),
    "all-cpus": (lambda f: f.cell().set_cpus(0xF), "CPU"),
    "overlap-hv": (lambda f: f.second_ram(f.hv_start), "overlaps the hypervisor"),
    "overlap-hv-end": (
        lambda f: f.second_ram(f.hv_start + f.hv_size - 0x1000), "overlaps the hypervisor|not the root cell",
    ),
    "overlap-phys": (lambda f: f.second_ram(f.cell_ram + 0x1000), "overlap"),
    "overlap-virt": (lambda f: f.second_ram(f.spare, virt=0x1000), "overlap"),
    "not-roots": (lambda f: f.second_ram(0x100000000), "not the root cell"),
    "controller": (
        lambda f: f.second_ram(f.controller, virt=f.controller), "interrupt controller|APIC|not the root cell",
    ),
    "wraps-phys": (lambda f: f.second_ram(2**64 - 0x1000, size=0x2000), "wraps|beyond"),
    "wraps-virt": (lambda f: f.second_ram(f.spare, virt=2**64 - 0x1000, size=0x2000), "wraps|beyond"),
    "unaligned": (lambda f: f.second_ram(f.spare + 4, virt=0x10000000), "align"),
    "stream-id": (lambda f: f.cell().append("num_stream_ids", bytes(4)), "not supported|another architecture"),
    "in-system-ram": (lambda f: f.second_ram(f.linux), "System RAM"),
}


def make_fixtures(facts, **machine):
    """The fixtures "session" and "enabled" of a test module."""

    def blobs(kind, table):
        return [(f"root/bad-{kind}-{name}.cell", bytes(make(facts))) for name, (make, _) in table.items()]

    @pytest.fixture(scope="module")
    def session():
        files = [
            *blobs("system", BAD_SYSTEMS | facts.more_systems), *blobs("cell", BAD_CELLS | facts.more_cells),
            ("root/too-big.bin", bytes(facts.cell_ram_size + 0x10000)),
        ]
        with boot_machine(f"refusals-{facts.arch}", facts.arch, SERIES, extra_files=files, **machine) as running:
            found = Session(running)
            found.insmod()
            yield found

    @pytest.fixture
    def enabled(session):
        """The hypervisor is on during the test, and takes no harm."""
        session.enable()
        idle = session.figures()
        yield session
        assert session.figures() == idle
        assert list(session.cells()) == [session.plan.system]
        session.disable()
        session.expect_linux_well()

    return session, enabled


class RefusalTests:
    """The tests of a module; each has them for its own facts."""

    facts = None

    def pytest_generate_tests(self, metafunc):
        if "bad_system" in metafunc.fixturenames:
            metafunc.parametrize("bad_system", list(BAD_SYSTEMS | self.facts.more_systems))

    def test_blob_editor_knows_the_format(self):
        facts = self.facts
        system, cell = facts.system(), facts.cell()
        assert system.get_system("hv_start") == facts.hv_start
        assert system.get_system("hv_size") == facts.hv_size
        assert system.get_system("architecture") == facts.number
        assert system.get_cell("name").rstrip(b"\0").decode() == facts.plan.system
        assert cell.get_cell("name").rstrip(b"\0").decode() == facts.plan.cell.name
        assert cell.get_memory(cell.find_memory(facts.cell_ram), "size") == facts.cell_ram_size
        assert len(system.data) > SYSTEM_PREFIX + CELL_SIZE

    def test_offline_cpu(self, session):
        """Before any cell was: armv7's Linux leaves CPUs without Hyp mode that come up natively after it saw one that did not."""
        session.check("echo 0 > /sys/devices/system/cpu/cpu2/online")
        session.refused(f"jailhouse enable {session.system}", "CPU 2")
        session.check("echo 1 > /sys/devices/system/cpu/cpu2/online")
        session.enable()
        session.check("echo 0 > /sys/devices/system/cpu/cpu2/online")
        session.refused("jailhouse disable", "CPU 2", "JAILHOUSE_DISABLE: Device or resource busy")
        session.check("echo 1 > /sys/devices/system/cpu/cpu2/online")
        session.disable()

    def test_system_configuration(self, session, bad_system):
        reason = (BAD_SYSTEMS | self.facts.more_systems)[bad_system][1].format(other_name=self.facts.other_name)
        try:
            session.refused(f"jailhouse enable bad-system-{bad_system}.cell", reason)
            assert session.check("cat /sys/devices/jailhouse/enabled").strip() == "0"
        except AssertionError:
            # It was not refused. The next ones are to be seen even so.
            session.machine.run("jailhouse disable")
            raise

    def test_linux_is_well_after_bad_systems(self, enabled):
        enabled.expect_linux_well()

    def test_cell_configurations(self, enabled):
        """In one go, because enabling takes longer than refusing."""
        wrong = []
        for name, (_, reason) in (BAD_CELLS | self.facts.more_cells).items():
            try:
                reason = reason.replace("{other_name}", self.facts.other_name)
                enabled.refused(f"jailhouse cell create bad-cell-{name}.cell", reason)
                assert enabled.cpus_online() == enabled.online
            except AssertionError as error:
                wrong.append(f"{name}: {error}")
                for cell in list(enabled.cells())[1:]:
                    enabled.machine.run(f"jailhouse cell destroy {cell}")
        assert not wrong, "\n".join(wrong)

    def test_missing_files(self, session):
        firmware = f"/lib/firmware/{self.facts.firmware}"
        enable = f"jailhouse enable {session.system}"
        session.refused("jailhouse enable nothing.cell", "nothing.cell")
        session.check(f"mv {firmware} /tmp/firmware")
        session.refused(enable, f"firmware file {self.facts.firmware} is missing", "JAILHOUSE_ENABLE: ")
        session.check(f"head -c 100 /tmp/firmware > {firmware}")
        session.refused(enable, "damaged")
        session.check(f"head -c 20000 /dev/urandom > {firmware}")
        session.refused(enable, "damaged")
        other = "arm64" if self.facts.arch == "arm" else "arm"
        number = {"arm": 1, "arm64": 2}[other]
        session.check(f"(head -c 8 /tmp/firmware; printf '\\{number}'; tail -c +10 /tmp/firmware) > {firmware}")
        session.refused(enable, f"firmware file {self.facts.firmware} is for {other}, this machine is {self.facts.arch}")
        session.check(f"mv /tmp/firmware {firmware}")

    def test_not_enabled(self, session):
        config = session.plan.config(session.cell)
        session.refused("jailhouse disable", "not enabled", "JAILHOUSE_DISABLE: Invalid argument")
        session.refused(f"jailhouse cell create {config}", "not enabled", "JAILHOUSE_CELL_CREATE: Invalid argument")
        session.refused(f"jailhouse cell start {session.cell}", "not enabled|no cell")

    def test_console_that_nobody_may_read(self, session):
        session.machine.write_file("/root/silent.cell", bytes(self.facts.system().set_system("flags", 0)))
        session.check("jailhouse enable silent.cell")
        session.refused("jailhouse console", "does not set JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE", "Operation not permitted")
        session.disable()

    def test_enabling_twice(self, enabled):
        enabled.refused(f"jailhouse enable {enabled.system}", "already", "JAILHOUSE_ENABLE: Device or resource busy")

    def test_requests_about_cells(self, enabled):
        cell, image = enabled.cell, enabled.plan.cell.image
        end = self.facts.cell_ram_size - 8
        enabled.refused("jailhouse cell start nobody", "no cell", "No such file or directory")
        enabled.refused(f"jailhouse cell load nobody {image}", "no cell", "No such file or directory")
        enabled.refused("jailhouse cell destroy 17", "no cell", "No such file or directory")
        for request in ("destroy", "start", "shutdown"):
            enabled.refused(f"jailhouse cell {request} 0", "root cell", "Invalid argument")
        enabled.refused(f"jailhouse cell load 0 {image}", "root cell", "Invalid argument")

        enabled.create()
        used = enabled.figures()
        enabled.refused(f"jailhouse cell create {enabled.plan.config(cell)}", "already", "File exists")
        enabled.refused("jailhouse disable", "still exists|cells", "Device or resource busy")
        enabled.refused(f"jailhouse cell load {cell} too-big.bin", "does not fit")
        enabled.refused(f"jailhouse cell load {cell} {image} -a 0x80000000", "does not fit|loadable")
        enabled.refused(f"jailhouse cell load {cell} {image} -a {end:#x}", "does not fit")
        assert enabled.figures() == used
        assert enabled.state(cell) == "shut down"
        enabled.destroy()

    def test_cpu_in_two_cells(self, enabled):
        blob = self.facts.other_cell()
        blob.set_memory(blob.find_memory(self.facts.cell_ram), phys=self.facts.spare)
        enabled.machine.write_file("/root/other.cell", bytes(blob))
        enabled.create()
        enabled.refused("jailhouse cell create other.cell", "CPU 3", "Device or resource busy")
        enabled.destroy()

    def test_cpu_that_linux_does_not_take_offline(self, enabled):
        """It was brought online behind the back of what knows CPUs as devices, which thus has nothing to do."""
        cpu = "/sys/devices/system/cpu/cpu3"
        enabled.check(f"all=$(cat {cpu}/hotplug/target); echo 0 > {cpu}/online; echo $all > {cpu}/hotplug/target")
        assert enabled.cpus_online() == enabled.online
        create = f"jailhouse cell create {enabled.plan.config(enabled.cell)}"
        enabled.refused(create, "CPU 3 cannot be taken offline", "JAILHOUSE_CELL_CREATE: Device or resource busy")
        assert enabled.cpus_online() == enabled.online
        enabled.check(f"echo 0 > {cpu}/hotplug/target; echo 1 > {cpu}/online")

    def test_cpu_that_was_offline_stays_so(self, enabled):
        enabled.check("echo 0 > /sys/devices/system/cpu/cpu3/online")
        before = enabled.cpus_online()
        enabled.create()
        enabled.destroy()
        assert enabled.cpus_online() == before
        enabled.check("echo 1 > /sys/devices/system/cpu/cpu3/online")

    def test_memory_in_two_cells(self, enabled):
        enabled.machine.write_file("/root/other.cell", bytes(self.facts.other_cell().set_cpus(0x4)))
        enabled.create()
        enabled.refused("jailhouse cell create other.cell", f"root cell|overlap|{enabled.cell}")
        enabled.expect_cpus_left(enabled.cell)
        enabled.destroy()

    def test_start_without_load_is_allowed(self, enabled):
        """This cell's configuration bounds the wait for an answer, which nothing in it will give."""
        enabled.create("test")
        enabled.start("test")
        enabled.destroy("test")

    def test_load_into_running_cell(self, enabled):
        cell = enabled.plan.cell
        enabled.create()
        enabled.load()
        enabled.load()
        enabled.start()
        reason = f'cell "{cell.name}" is running: shut it down first'
        enabled.refused(cell.load(), reason, "JAILHOUSE_CELL_LOAD: Device or resource busy")
        enabled.expect_ticking(1)
        enabled.shutdown()
        assert enabled.state(cell.name) == "shut down"
        enabled.load()
        enabled.start()
        enabled.expect_ticking(1)
        enabled.destroy()

    def test_only_root_may(self, session):
        status, output = session.machine.run("su nobody -s /bin/sh -c 'jailhouse disable'")
        assert status == 1
        assert "Permission denied" in output

    def test_module_stays_while_enabled(self, enabled):
        status, _ = enabled.machine.run("rmmod jailhouse")
        assert status != 0

    def test_sleep(self, session):
        """
        Whoever opens this device prepares to hibernate (<) or to resume (>), until the file is closed. Comes last: Linux
        then keeps the firmware files that it has read for a while, whatever becomes of them.
        """
        enable = f"jailhouse enable {session.system}"
        for direction in "<>":
            session.check(f"exec 3{direction} /dev/snapshot")
            session.refused(enable, "sleep or hibernate", "JAILHOUSE_ENABLE: Device or resource busy")
            session.check("exec 3>&-")
        session.enable()
        for direction in "<>":
            status, _ = session.machine.run(f"true {direction} /dev/snapshot")
            assert status != 0
        assert "no sleep while the hypervisor is enabled" in session.check("dmesg | tail")
        session.disable()
        session.expect_linux_well()
