# SPDX-License-Identifier: GPL-2.0-only
"""
Debian packages of any suite and architecture, without touching the system.

A private apt configuration below build/lab/apt reads the mirror that the system itself uses;
packages are downloaded and unpacked into build/, never installed.
"""

import fcntl
import functools
import re
import shutil
import subprocess
from pathlib import Path

from .paths import APT

DEBIAN_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class LabError(Exception):
    """Something that a person has to do or to know; the text says what."""


class DownloadError(LabError):
    """A package cannot be had; perhaps only because the suite's package list here is older than the mirror."""

    def __init__(self, suite, text):
        super().__init__(text)
        self.suite = suite


def say(text):
    print(f"  lab     {text}", flush=True)


def run(command, what, **options):
    """Run a command; on failure say what was being done and show its last lines."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode:
        raise LabError(f"{what} failed:\n{done.stdout[-2000:].rstrip()}")
    return done.stdout


def one_at_a_time(fetch):
    """
    Decorates a function that makes something complete below build/lab: tests run in several processes, and who
    comes second must find what the first one unpacked, not delete it. Such functions must not call each other.

    When a package cannot be downloaded, all begins anew with a new package list, once for each suite: the mirror drops
    versions, and with them packages that have a version in their name.
    """

    @functools.wraps(fetch)
    def locked(*arguments):
        APT.mkdir(parents=True, exist_ok=True)
        with open(APT / "lock", "a", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            refreshed = set()
            while True:
                try:
                    return fetch(*arguments)
                except DownloadError as error:
                    if error.suite.root in refreshed:
                        raise
                    refreshed.add(error.suite.root)
                    error.suite.refresh()

    return locked


def system_mirror():
    """URI of the Debian archive in the system's own apt sources."""
    listing = run(
        ["apt-get", "indextargets", "Created-By: Packages", "--format", "$(REPO_URI) $(LABEL) $(CODENAME)"],
        "reading the system's apt sources",
    )
    for line in listing.splitlines():
        uri, label, codename = (line.split() + ["", ""])[:3]
        if label == "Debian" and re.fullmatch(r"(bookworm|trixie|forky|sid)(-updates|-backports)?", codename):
            return uri
    # Before the first "apt-get update" nothing but the addresses is known.
    for line in listing.splitlines():
        if line.split()[0].rstrip("/").endswith("/debian"):
            return line.split()[0]
    raise LabError("no Debian archive found in this system's apt sources (apt-get indextargets)")


class Suite:
    """One suite of the archive, seen with the eyes of one architecture."""

    def __init__(self, name, arch):
        self.name = name
        self.arch = arch
        self.root = APT / f"{name}-{arch}"

    def _options(self):
        values = {
            "Dir::Etc::SourceList": self.root / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "Dir::State": self.root / "state",
            "Dir::State::status": self.root / "status",
            "Dir::Cache": self.root / "cache",
            "APT::Architecture": self.arch,
            "APT::Architectures": self.arch,
            "APT::Sandbox::User": "root",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            # Signed it must be; but mirrors within companies, and frozen ones, may be weeks behind.
            "Acquire::Check-Valid-Until": "false",
        }
        return [word for key, value in values.items() for word in ("-o", f"{key}={value}")]

    def update(self):
        """Fetch the suite's package list once; it stays in build/ while packages can be downloaded."""
        if not (self.root / "updated").exists():
            self.refresh()

    def refresh(self):
        """Fetch the suite's package list, and forget the packages of the one before."""
        say(f"package list of {self.name} ({self.arch})")
        for folder in ("state/lists/partial", "cache/archives/partial"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        (self.root / "status").touch()
        signed = f"[signed-by={DEBIAN_KEYRING}] " if Path(DEBIAN_KEYRING).exists() else ""
        (self.root / "sources.list").write_text(f"deb {signed}{system_mirror()} {self.name} main\n")
        run(["apt-get", *self._options(), "update", "-q", "-o", "APT::Update::Error-Mode=any"],
            f"reading the package list of {self.name}")
        shutil.rmtree(self.root / "debs", ignore_errors=True)
        (self.root / "debs").mkdir()
        (self.root / "updated").touch()

    def field(self, package, name):
        """A field of a package's record, of the newest version in this suite."""
        self.update()
        record = run(["apt-cache", *self._options(), "--no-all-versions", "show", package],
                     f"looking up {package} in {self.name}")
        match = re.search(rf"^{name}: (.*)$", record, re.MULTILINE)
        return match.group(1) if match else ""

    def depends(self, package, pattern):
        """Name of the dependency of a (meta) package that matches the pattern."""
        match = re.search(rf"(?:^|[ ,|])({pattern})(?=$|[ ,|(:])", self.field(package, "Depends"))
        if not match:
            raise LabError(f"{package} of {self.name} depends on nothing like {pattern}")
        return match.group(1)

    def closure(self, package):
        """The package and all that it depends on, directly or not, without what is recommended."""
        self.update()
        text = run(["apt-get", *self._options(), "install", "--simulate", "--no-install-recommends", package],
                   f"resolving what {package} of {self.name} depends on")
        return re.findall(r"^Inst (\S+)", text, re.MULTILINE)

    def download(self, package):
        """Path of the package's .deb file."""
        self.update()
        folder = self.root / "debs"
        have = sorted(folder.glob(f"{package}_*.deb"))
        if not have:
            say(f"fetching {package} ({self.name}, {self.arch})")
            try:
                run(["apt-get", *self._options(), "download", package], f"fetching {package}", cwd=folder)
            except LabError as error:
                raise DownloadError(self, str(error)) from None
            have = sorted(folder.glob(f"{package}_*.deb"))
        if not have:
            raise LabError(f"apt-get download left no {package}_*.deb in {folder}")
        return have[-1]

    def unpack(self, package, folder):
        """Unpack a package below a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        run(["dpkg", "-x", str(self.download(package)), str(folder)], f"unpacking {package}")
