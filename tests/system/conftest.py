# SPDX-License-Identifier: GPL-2.0-only
"""Boots emulated machines for the tests."""

import functools
import os
import re
import shutil

import pytest
from lab.build import root_cell_files
from lab.debian import LabError
from lab.kernels import fetch_busybox
from lab.machine import Machine
from lab.paths import BUILD, kernel_dir
from lab.qemu import Board
from lab.rootcell import write_initramfs
from session import Session

LOGS = BUILD / "tests"


@functools.lru_cache(maxsize=None)
def products(series):
    """Build once in each process; what could not be built fails every test that needs it."""
    try:
        return root_cell_files("arm64", series)
    except LabError as error:
        return str(error)


@functools.lru_cache(maxsize=None)
def initramfs(series, extra):
    """An initramfs of this process alone. extra: pairs of guest path and content."""
    files = products(series)
    if isinstance(files, str):
        pytest.fail(files, pytrace=False)
    path = LOGS / f"root-{series}-{os.getpid()}-{abs(hash(extra))}.cpio.gz"
    write_initramfs(path, fetch_busybox("arm64"), files | dict(extra))
    return path


def log_folder(name):
    return LOGS / re.sub(r"[^\w.-]+", "_", name).strip("_")


def boot_machine(name, series="6.12", extra_files=(), alone=False, **board):
    """A Machine (a context manager) with the driver, the tool and all inmates in /root."""
    if not shutil.which(board.get("qemu", "qemu-system-aarch64")):
        pytest.skip("qemu-system-aarch64 is not installed")
    machine_board = Board(kernel=kernel_dir("arm64", series) / "vmlinuz", initrd=initramfs(series, tuple(extra_files)), **board)
    return Machine(machine_board, log_folder(name), alone=alone)


@pytest.fixture
def boot(request):
    """Boots machines that end with the test: boot(series=..., gic=..., cpu=...) -> Session."""
    machines = []

    def start(**parameters):
        machine = boot_machine(request.node.nodeid.split("/")[-1], **parameters)
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
