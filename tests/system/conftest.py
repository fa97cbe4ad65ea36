# SPDX-License-Identifier: GPL-2.0-only
"""Boots emulated machines for the tests."""

import functools
import os
import re
import shutil

import pytest
from lab.build import root_cell_files
from lab.debian import LabError
from lab.emulator import PROGRAM
from lab.kernels import fetch_busybox
from lab.machine import Machine
from lab.paths import BUILD, kernel_dir
from lab.qemu import BOARDS
from lab.rootcell import write_initramfs
from session import Session

LOGS = BUILD / "tests"


@functools.lru_cache(maxsize=None)
def products(series, arch="arm64", options=()):
    """Build once in each process; what could not be built fails every test that needs it."""
    try:
        return root_cell_files(arch, series, options)
    except LabError as error:
        return str(error)


@functools.lru_cache(maxsize=None)
def initramfs(arch, series, extra, options=()):
    """An initramfs of this process alone. extra: pairs of guest path and content; options: build options."""
    files = products(series, arch, options)
    if isinstance(files, str):
        pytest.fail(files, pytrace=False)
    path = LOGS / f"root-{arch}-{series}-{os.getpid()}-{abs(hash((extra, options)))}.cpio.gz"
    write_initramfs(path, fetch_busybox(arch), files | dict(extra))
    return path


def log_folder(name):
    return LOGS / re.sub(r"[^\w.-]+", "_", name).strip("_")


def boot_machine(name, arch="arm64", series="6.12", extra_files=(), options=(), alone=False, **board):
    """A Machine (a context manager) with the driver, the tool and all inmates in /root."""
    if not shutil.which(PROGRAM[arch]):
        pytest.skip(f"{PROGRAM[arch]} is not installed")
    kernel = kernel_dir(arch, series) / "vmlinuz"
    initrd = initramfs(arch, series, tuple(extra_files), options)
    board = BOARDS[arch](kernel=kernel, initrd=initrd, **board)
    # What has one real CPU to itself leaves the other to whoever comes.
    return Machine(board, log_folder(name), alone=alone and not board.one_real_cpu)


@pytest.fixture
def boot(request):
    """Boots machines that end with the test: boot(series=..., gic=..., cpu=...) -> Session."""
    machines = []

    def start(**parameters):
        alone = bool(request.node.get_closest_marker("alone"))
        machine = boot_machine(request.node.nodeid.split("/")[-1], alone=alone, **parameters)
        machine.__enter__()
        machines.append(machine)
        return Session(machine)

    yield start
    for machine in machines:
        machine.close()


@pytest.fixture(scope="session", autouse=True)
def no_leftovers():
    yield
    for path in LOGS.glob(f"root-*-{os.getpid()}-*.cpio.gz"):
        path.unlink()
