# SPDX-License-Identifier: GPL-2.0-only
"""Our configurations pass the core's own rules, as far as these do not need the machine itself."""

import pytest
import tree
from lab.build import Tree
from lab.debian import LabError
from lab.paths import TOP

# Number in configurations, and physical address bits of the emulated machines' CPUs.
ARCHITECTURES = {"x86": (0, 40), "arm": (1, 40), "arm64": (2, 44)}
# Boards with other than 4 CPUs.
CPUS = {"bananapi": 2}


def is_system(path):
    return path.read_bytes()[:5] == b"JHSYS"


def boards(paths):
    """Systems with the cells that are for them: system -> cells. A cell's name begins with its board's, or all boards have it."""
    systems = [path for path in paths if is_system(path)]
    stems = [path.stem for path in systems]
    # Variants such as qemu-arm64-gicv2 have no cells of their own.
    mains = [stem for stem in stems if not any(stem.startswith(f"{other}-") for other in stems)]

    def board(stem):
        return next((main for main in mains if stem == main or stem.startswith(f"{main}-")), None)

    cells = [path for path in paths if not is_system(path)]
    return {system: [cell for cell in cells if board(cell.stem) in (board(system.stem), None)] for system in systems}


@pytest.fixture(scope="module")
def checker():
    tree.need("gcc", "make")
    program = TOP / "build/unit/check_configs"
    tree.run("make", "-C", "tests/unit", program, timeout=600)
    return program


@pytest.mark.parametrize("arch", ARCHITECTURES)
def test_core_accepts_our_configurations(checker, arch):
    copy = Tree(arch)
    try:
        copy.make("configs")
    except LabError as error:
        pytest.fail(str(error), pytrace=False)
    found = boards(sorted(path.with_suffix(".cell") for path in (copy.root / "configs" / arch).glob("*.c")))
    assert found
    number, bits = ARCHITECTURES[arch]
    checked = set()
    for system, cells in found.items():
        tree.run(checker, str(number), str(CPUS.get(system.stem, 4)), str(bits), system, *cells)
        checked.update(cells)
    forgotten = set((copy.root / "configs" / arch).glob("*.cell")) - checked - set(found)
    assert not forgotten


def test_checker_refuses(checker):
    """Cells of another board are not this one's."""
    copy = Tree("arm")
    copy.make("configs")
    configs = copy.root / "configs/arm"
    with pytest.raises(pytest.fail.Exception, match="not the root cell's|does not"):
        tree.run(checker, "1", "4", "40", configs / "qemu-arm.cell", configs / "jetson-tk1-inmate-demo.cell")
