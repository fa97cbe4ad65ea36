# SPDX-License-Identifier: GPL-2.0-only
"""
Requests that must be refused: Linux goes on, nothing was changed, and the person is told why.

All run on one machine. The configurations are made from our own by changing one thing each.
"""

import random

import pytest
from config_blob import CELL_SIZE, EXECUTE, READ, SYSTEM_PREFIX, WRITE, Blob
from conftest import boot_machine, products
from session import Session

pytestmark = pytest.mark.full

HV_START, HV_SIZE, CELL_RAM = 0x7FC00000, 0x400000, 0x7FA00000
RAM_FLAGS = READ | WRITE | EXECUTE


def original(name):
    files = products("6.12")
    if isinstance(files, str):
        pytest.fail(files, pytrace=False)
    return files[f"root/{name}.cell"].read_bytes()


def system():
    return Blob(original("qemu-arm64"))


def cell():
    return Blob(original("qemu-arm64-inmate-demo"))


def garbage(size, head=b""):
    return head + random.Random(size).randbytes(size)


def second_ram(phys, virt=0x10000000, size=0x10000):
    return cell().add_memory(phys, virt, size, RAM_FLAGS)


# name -> (function that makes the blob, expected reason)
BAD_SYSTEMS = {
    "empty": (lambda: b"", "truncated|cannot be read|signature|empty"),
    "head-only": (lambda: original("qemu-arm64")[:100], "truncated|cannot be read|signature|counters|name|revision"),
    "garbage": (lambda: garbage(4096), "signature"),
    "signature": (lambda: system().set_head("signature", b"XXXXX"), "signature"),
    "revision": (lambda: system().set_head("revision", 13), "revision 13"),
    "architecture": (lambda: system().set_head("architecture", 0), "x86"),
    "cell-as-system": (cell, "cell configuration"),
    "many-regions": (lambda: system().set_cell("num_memory_regions", 0xFFFFFFFF), "limit|more than|truncated"),
    "many-cpus": (lambda: system().set_cell("cpu_set_size", 0xFFFFFFF0), "limit|more than|truncated"),
    "counts-wrap": (
        lambda: system().set_cell("num_memory_regions", 0x08000000).set_cell("num_pci_devices", 0x80000000),
        "limit|more than|truncated",
    ),
    "no-such-cpu": (lambda: system().set_cpus(0x1F), "CPU 4"),
    "cpu-missing": (lambda: system().set_cpus(0x7), "CPU 3"),
    "hv-in-ram": (lambda: system().set_system("hv_start", 0x50000000), "System RAM"),
    "hv-small": (lambda: system().set_system("hv_size", 0x1000), "too small"),
    "hv-unaligned": (lambda: system().set_system("hv_start", HV_START + 0x1000), "aligned|multiple"),
    "hv-wraps": (lambda: system().set_system("hv_start", 0xFFFFFFFFFFE00000), "wraps|multiple"),
    "overlap-hv": (lambda: system().add_memory(HV_START, HV_START, 0x1000, RAM_FLAGS), "overlaps the hypervisor"),
    "overlap-self": (lambda: system().add_memory(0x40000000, 0x40000000, 0x1000, RAM_FLAGS), "overlap"),
    "region-wraps": (lambda: system().add_memory(2**64 - 0x1000, 2**64 - 0x1000, 0x2000, RAM_FLAGS), "wraps|beyond"),
    "gic-version": (lambda: system().set_system("gic_version", 2), "GIC"),
    "gic-bogus": (lambda: system().set_system("gic_version", 9), "GIC"),
}

BAD_CELLS = {
    "empty": (lambda: b"", "truncated|empty"),
    "truncated-desc": (lambda: cell().cut(CELL_SIZE - 1), "truncated"),
    "truncated-arrays": (lambda: cell().cut(CELL_SIZE + 20), "truncated"),
    "huge": (lambda: bytes(cell()) + bytes(2 << 20), "limit|more than|truncated"),
    "garbage": (lambda: garbage(512), "signature"),
    "garbage-body": (lambda: garbage(500, original("qemu-arm64-inmate-demo")[:8]), ".+"),
    "signature": (lambda: cell().set_head("signature", b"XXXXX"), "signature"),
    "revision": (lambda: cell().set_head("revision", 15), "revision 15"),
    "architecture": (lambda: cell().set_head("architecture", 1), "arm,|architecture 1"),
    "system-as-cell": (system, "system configuration"),
    "many-regions": (lambda: cell().set_cell("num_memory_regions", 0xFFFFFFFF), "limit|more than|truncated"),
    "counts-wrap": (
        lambda: cell().set_cell("num_memory_regions", 0x08000000).set_cell("num_irqchips", 0xFFFFFFFF),
        "limit|more than|truncated",
    ),
    "name-empty": (lambda: cell().set_cell("name", b""), "name"),
    "name-unterminated": (lambda: cell().set_cell("name", b"x" * 32), "name"),
    "no-cpu": (lambda: cell().set_cpus(0), "no CPU"),
    "no-such-cpu": (lambda: cell().set_cpus(0x80), "CPU 7"),
    "all-cpus": (lambda: cell().set_cpus(0xF), "CPU"),
    "overlap-hv": (lambda: second_ram(HV_START), "overlaps the hypervisor"),
    "overlap-hv-end": (lambda: second_ram(HV_START + HV_SIZE - 0x1000), "overlaps the hypervisor|not the root cell"),
    "overlap-phys": (lambda: second_ram(CELL_RAM + 0x1000), "overlap"),
    "overlap-virt": (lambda: second_ram(0x7F000000, virt=0x1000), "overlap"),
    "not-roots": (lambda: second_ram(0x100000000), "not the root cell"),
    "gic": (lambda: second_ram(0x08000000, virt=0x08000000), "interrupt controller|not the root cell"),
    "wraps-phys": (lambda: second_ram(2**64 - 0x1000, size=0x2000), "wraps|beyond"),
    "wraps-virt": (lambda: second_ram(0x7F000000, virt=2**64 - 0x1000, size=0x2000), "wraps|beyond"),
    "unaligned": (lambda: second_ram(0x7F000004, virt=0x10000000), "align"),
    "pci-device": (lambda: cell().set_cell("num_irqchips", 0).set_cell("num_stream_ids", 1).data + bytes(4), "not supported"),
    "in-system-ram": (lambda: second_ram(0x50000000), "System RAM"),
}


def bad_files():
    def blobs(kind, table):
        return [(f"root/bad-{kind}-{name}.cell", bytes(make())) for name, (make, _) in table.items()]

    too_big = bytes(0x20000)
    return [*blobs("system", BAD_SYSTEMS), *blobs("cell", BAD_CELLS), ("root/too-big.bin", too_big)]


@pytest.fixture(scope="module")
def session():
    with boot_machine("refusals", extra_files=bad_files()) as machine:
        found = Session(machine)
        found.insmod()
        yield found


@pytest.fixture
def enabled(session):
    """The hypervisor is on during the test, and takes no harm."""
    session.enable()
    idle = session.figures()
    yield session
    assert session.figures() == idle
    assert list(session.cells()) == ["qemu-arm64"]
    session.disable()
    session.expect_linux_well()


def test_blob_editor_knows_the_format():
    assert system().get_system("hv_start") == HV_START
    assert system().get_system("hv_size") == HV_SIZE
    assert system().get_system("gic_version") == 3
    assert system().get_cell("name").rstrip(b"\0") == b"qemu-arm64"
    assert cell().get_cell("name").rstrip(b"\0") == b"inmate-demo"
    assert cell().get_memory(cell().find_memory(CELL_RAM), "size") == 0x10000
    assert len(original("qemu-arm64")) > SYSTEM_PREFIX + CELL_SIZE


@pytest.mark.parametrize("name", BAD_SYSTEMS)
def test_system_configuration(session, name):
    session.refused(f"jailhouse enable bad-system-{name}.cell", BAD_SYSTEMS[name][1])
    assert session.check("cat /sys/devices/jailhouse/enabled").strip() == "0"


def test_linux_is_well_after_bad_systems(enabled):
    enabled.expect_linux_well()


def test_cell_configurations(enabled):
    """In one go, because enabling takes longer than refusing."""
    wrong = []
    for name, (_, reason) in BAD_CELLS.items():
        try:
            enabled.refused(f"jailhouse cell create bad-cell-{name}.cell", reason)
            assert enabled.cpus_online() == enabled.online
        except AssertionError as error:
            wrong.append(f"{name}: {error}")
    assert not wrong, "\n".join(wrong)


def test_missing_files(session):
    session.refused("jailhouse enable nothing.cell", "nothing.cell")
    session.check("mv /lib/firmware/jailhouse.bin /tmp")
    session.refused(f"jailhouse enable {session.system}", r"firmware file jailhouse\.bin is missing", "JAILHOUSE_ENABLE: ")
    session.check("head -c 100 /tmp/jailhouse.bin > /lib/firmware/jailhouse.bin")
    session.refused(f"jailhouse enable {session.system}", "damaged")
    session.check("head -c 20000 /dev/urandom > /lib/firmware/jailhouse.bin")
    session.refused(f"jailhouse enable {session.system}", "damaged")
    session.check("mv /tmp/jailhouse.bin /lib/firmware")


def test_offline_cpu(session):
    session.check("echo 0 > /sys/devices/system/cpu/cpu2/online")
    session.refused(f"jailhouse enable {session.system}", "CPU 2")
    session.check("echo 1 > /sys/devices/system/cpu/cpu2/online")
    session.enable()
    session.check("echo 0 > /sys/devices/system/cpu/cpu2/online")
    session.refused("jailhouse disable", "CPU 2", "JAILHOUSE_DISABLE: Device or resource busy")
    session.check("echo 1 > /sys/devices/system/cpu/cpu2/online")
    session.disable()


def test_not_enabled(session):
    session.refused("jailhouse disable", "not enabled", "JAILHOUSE_DISABLE: Invalid argument")
    session.refused("jailhouse cell create qemu-arm64-inmate-demo.cell", "not enabled", "JAILHOUSE_CELL_CREATE: Invalid argument")
    session.refused("jailhouse cell start inmate-demo", "not enabled|no cell")


def test_enabling_twice(enabled):
    enabled.refused(f"jailhouse enable {enabled.system}", "already", "JAILHOUSE_ENABLE: Device or resource busy")


def test_requests_about_cells(enabled):
    enabled.refused("jailhouse cell start nobody", "no cell", "No such file or directory")
    enabled.refused("jailhouse cell load nobody gic-demo.bin", "no cell", "No such file or directory")
    enabled.refused("jailhouse cell destroy 17", "no cell", "No such file or directory")
    for request in ("destroy", "start", "shutdown"):
        enabled.refused(f"jailhouse cell {request} 0", "root cell", "Invalid argument")
    enabled.refused("jailhouse cell load 0 gic-demo.bin", "root cell", "Invalid argument")

    enabled.create()
    used = enabled.figures()
    enabled.refused("jailhouse cell create qemu-arm64-inmate-demo.cell", "already", "File exists")
    enabled.refused("jailhouse disable", "still exists|cells", "Device or resource busy")
    enabled.refused("jailhouse cell load inmate-demo too-big.bin", "does not fit")
    enabled.refused("jailhouse cell load inmate-demo gic-demo.bin -a 0x80000000", "does not fit|loadable")
    enabled.refused("jailhouse cell load inmate-demo gic-demo.bin -a 0xfff8", "does not fit")
    assert enabled.figures() == used
    assert enabled.state("inmate-demo") == "shut down"
    enabled.destroy()


def test_cpu_in_two_cells(enabled):
    blob = cell().set_cell("name", b"other").set_memory(cell().find_memory(CELL_RAM), phys=0x7F800000)
    enabled.machine.write_file("/root/other.cell", bytes(blob))
    enabled.create()
    enabled.refused("jailhouse cell create other.cell", "CPU 3", "Device or resource busy")
    enabled.destroy()


def test_memory_in_two_cells(enabled):
    blob = cell().set_cell("name", b"other").set_cpus(0x4)
    enabled.machine.write_file("/root/other.cell", bytes(blob))
    enabled.create()
    enabled.refused("jailhouse cell create other.cell", "root cell|overlap|inmate-demo")
    assert enabled.cpus_online() == "0-2"
    enabled.destroy()


def test_start_without_load_is_allowed(enabled):
    """This cell's configuration bounds the wait for an answer, which nothing in it will give."""
    enabled.create("test")
    enabled.start("test")
    enabled.destroy("test")


def test_load_into_running_cell(enabled):
    enabled.create()
    enabled.load()
    enabled.load()
    enabled.start()
    reason = 'cell "inmate-demo" is running: shut it down first'
    enabled.refused("jailhouse cell load inmate-demo gic-demo.bin", reason, "JAILHOUSE_CELL_LOAD: Device or resource busy")
    enabled.expect_ticking(1)
    enabled.shutdown()
    assert enabled.state("inmate-demo") == "shut down"
    enabled.load()
    enabled.start()
    enabled.expect_ticking(1)
    enabled.destroy()


def test_only_root_may(session):
    status, output = session.machine.run("su nobody -s /bin/sh -c 'jailhouse disable'")
    assert status == 1
    assert "Permission denied" in output


def test_module_stays_while_enabled(enabled):
    status, _ = enabled.machine.run("rmmod jailhouse")
    assert status != 0
