"""Finds the JDKs of this machine."""
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from cli.environment import WINDOWS, Problem

OLDEST = 17
LONG_TERM = (17, 21, 25, 29, 33)
CURE = {
    "linux": "install a JDK, e.g. `sudo apt-get install openjdk-17-jdk-headless`, or set JAVA_HOME to one",
    "darwin": "install a JDK, e.g. `brew install --cask temurin`, or set JAVA_HOME to one",
    "win32": "install a JDK, e.g. `winget install EclipseAdoptium.Temurin.25.JDK`, or set JAVA_HOME to one",
}


@dataclass(frozen=True)
class Jdk:
    home: Path
    version: str
    modules: frozenset

    @property
    def feature(self):
        """17, 21, 25 ..."""
        numbers = [int(n) for n in re.findall(r"\d+", self.version)]
        return numbers[1] if numbers[0] == 1 and len(numbers) > 1 else numbers[0]

    @property
    def java(self):
        return self.home / "bin" / ("java.exe" if WINDOWS else "java")

    @property
    def lacks(self):
        """Why it will not do, or an empty string."""
        if self.feature < OLDEST:
            return f"is older than {OLDEST}"
        if not (self.home / "bin" / ("javac.exe" if WINDOWS else "javac")).exists():
            return "is a JRE: it has no javac"
        if self.modules and "jdk.jshell" not in self.modules:
            return "has no jdk.jshell"
        return ""

    @property
    def has_vector(self):
        return not self.modules or "jdk.incubator.vector" in self.modules

    def __str__(self):
        return f"JDK {self.version} at {self.home}"


def candidates():
    """Folders that may hold a JDK, as they come."""
    if os.environ.get("JAVA_HOME"):
        yield Path(os.environ["JAVA_HOME"])
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path).resolve().parent.parent
    user = Path.home()
    parents = [
        "/usr/lib/jvm", "/usr/local/lib/jvm", "/opt", "/opt/java", "/usr/java", "/usr/lib64/jvm",
        user / ".sdkman/candidates/java", user / ".jdks", user / "Library/Java/JavaVirtualMachines",
        "/Library/Java/JavaVirtualMachines", "/opt/homebrew/opt", Path(sys.prefix) / "lib/jvm",
    ]
    if os.environ.get("CONDA_PREFIX"):
        parents.append(Path(os.environ["CONDA_PREFIX"]) / "lib/jvm")
        yield Path(os.environ["CONDA_PREFIX"]) / "lib/jvm"
    if WINDOWS:
        programs = Path(os.environ.get("ProgramFiles", r"C:\Program Files"))
        vendors = ("Java", "Eclipse Adoptium", "Microsoft", "Zulu", "Amazon Corretto", "BellSoft")
        parents += [programs / vendor for vendor in vendors]
        # GitHub's runners name the JDKs that they have in variables such as JAVA_HOME_25_X64.
    for name, value in os.environ.items():
        if name.startswith("JAVA_HOME_"):
            yield Path(value)
    for parent in map(Path, parents):
        try:
            children = sorted(parent.iterdir())
        except OSError:
            continue
        for child in children:
            yield child
            yield child / "Contents" / "Home"
            yield child / "libexec" / "openjdk.jdk" / "Contents" / "Home"


def read(home):
    """A JDK from its `release` file, or None if there is none."""
    try:
        release = (home / "release").read_text(errors="replace")
    except OSError:
        return None
    version = re.search(r'^JAVA_VERSION="([^"]+)"', release, re.M)
    modules = re.search(r'^MODULES="([^"]*)"', release, re.M)
    if version is None or not (home / "bin" / ("java.exe" if WINDOWS else "java")).exists():
        return None
    return Jdk(home.resolve(), version.group(1), frozenset(modules.group(1).split() if modules else ()))


def found():
    """Every Java on this machine, newest first, each once."""
    seen = {}
    for home in candidates():
        java = read(home)
        if java is not None:
            seen.setdefault(java.home, java)
    return sorted(seen.values(), key=lambda j: [int(n) for n in re.findall(r"\d+", j.version)], reverse=True)


def suitable():
    """The JDKs that will do, newest first."""
    every = found()
    good = [java for java in every if not java.lacks]
    if not good:
        seen = "; ".join(f"{java} {java.lacks}" for java in every) or "no Java was found"
        raise Problem(f"A JDK {OLDEST} or newer is needed: {seen}.", CURE.get(sys.platform, CURE["linux"]))
    return good


def for_kernel():
    """The newest one that also has the Vector API, else the newest."""
    good = suitable()
    return next((java for java in good if java.has_vector), good[0])


def for_tests():
    """JDK 17 if it is here, and the newest with long-term support."""
    good = suitable()
    oldest = [java for java in good if java.feature == OLDEST][:1]
    newest = [java for java in good if java.feature in LONG_TERM][:1] or good[:1]
    return list({java.home: java for java in oldest + newest}.values())
