# SPDX-License-Identifier: GPL-2.0-only
"""
The root cell's file system: busybox, the driver, the tool, and what they load.

It starts one of two shells on the console. A person gets busybox's. A program gets a loop that
reads a line, runs it, and reports the exit status between two RS characters with a serial number:
no line editing, no escape sequences, nothing that the output of a command could be taken for.
"""

from .cpio import Archive

RS = "\x1e"
PROMPT = "root-cell# "

INIT = """#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/sbin:/usr/sbin:/bin:/usr/bin HOME=/root
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/shm
mount -t tmpfs tmp /dev/shm
echo 1 > /proc/sys/kernel/printk
hostname root-cell
cd /root
if grep -qw lab=interactive /proc/cmdline; then
	export PS1='root-cell# '
	setsid cttyhack sh
else
	while :; do sh /etc/loop; done
fi
poweroff -f
"""

# Reports by a process of its own: whenever a background job ends, a signal interrupts the shell, and what it was writing is lost.
LOOP = """number=0
printf 'root-cell# '
while IFS= read -r line; do
	eval "$line"
	last_status=$?
	(printf '\\036%d:%d\\036\\nroot-cell# ' $number $last_status)
	number=$((number + 1))
done
"""


def write_initramfs(path, busybox, files=None):
    """
    Write the initramfs. files: path in the guest -> path on the host or content; files whose
    guest path begins with "bin" or "usr/sbin", and dynamic loaders, are made executable.
    """
    archive = Archive()
    for name in ("proc", "sys", "dev", "tmp", "root", "usr/sbin", "usr/bin", "sbin"):
        archive.directory(name)
    archive.file("bin/busybox", busybox.read_bytes(), 0o755)
    archive.file("init", INIT, 0o755)
    archive.file("etc/loop", LOOP)
    archive.file("etc/passwd", "root::0:0:root:/root:/bin/sh\nnobody::65534:65534:nobody:/:/bin/sh\n")
    archive.file("etc/group", "root:x:0:\nnogroup:x:65534:\n")
    for name, source in (files or {}).items():
        content = source if isinstance(source, (bytes, str)) else source.read_bytes()
        executable = name.lstrip("/").startswith(("bin/", "usr/sbin/", "lib/ld-", "lib64/ld-"))
        archive.file(name, content, 0o755 if executable else 0o644)
    archive.write(path)
