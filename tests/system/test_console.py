# SPDX-License-Identifier: GPL-2.0-only
"""The hypervisor's console: on a port of its own beside Linux's, and in "jailhouse console", where cells may write as well."""

import pytest
from machines import arm64, x86

pytestmark = pytest.mark.full

LINE = "FINISHED hypercall-allowed wrong=0"


@pytest.mark.parametrize("machine", [arm64(), x86("xapic", "6.1"), x86("x2apic", "6.12")])
def test_console(boot, machine):
    session = boot(**machine)
    console = session.machine.hypervisor
    session.insmod()
    session.enable()
    session.check("jailhouse console -f > /tmp/console & echo $! > /tmp/reader")
    since = console.mark()
    session.create("test-console")
    session.load("test-console", "hostile.bin", "test=hypercall-allowed")
    session.start("test-console")
    session.machine.wait_for(console, LINE, since=since)
    session.machine.wait_for(session.machine.logs[session.plan.test_console], LINE)
    session.destroy("test-console")

    # Who follows sees the same, and so does who comes later.
    session.machine.sleep(0.5)
    followed = session.check("kill $(cat /tmp/reader); cat /tmp/console")
    for text in (followed, session.check("jailhouse console")):
        assert "Activating hypervisor" in text
        assert 'Created cell "test-console"' in text
        assert LINE in text

    # A cell that may not write there.
    since = console.mark()
    session.create("test")
    session.load("test", "hostile.bin", "test=hypercall-allowed con-virtual")
    session.start("test")
    session.machine.wait_for(session.machine.logs[session.plan.test_console], LINE, count=2)
    session.destroy("test")
    assert LINE not in console.text()[since:]

    # Linux's own console: it takes what is typed, writes what it is told, and nobody else writes there.
    session.check("echo Linux is there > /dev/console")
    session.disable()
    assert "Shutting down hypervisor" in console.text()
    assert "Linux is there" not in console.text()
    session.machine.tail()
    root = (session.machine.folder / "root.log").read_text("utf-8", "replace")
    assert "Linux is there\n" in root.replace("\r", "")
    assert "Shutting down hypervisor" not in root
    session.expect_linux_well()
