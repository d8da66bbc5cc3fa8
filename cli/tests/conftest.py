"""A second checkout, set up from scratch in a folder with spaces in its name."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.environment import M2, ROOT


class Checkout:
    def __init__(self, root):
        self.root = root
        self.home = root / ".reprise"

    def run(self, *arguments, cwd=None, timeout=600, env=None, **more):
        """Runs ./reprise as a user would, from any folder."""
        return subprocess.run(
            [sys.executable, str(self.root / "reprise"), *arguments], cwd=cwd or self.root, timeout=timeout,
            env=clean_environment() | (env or {}), capture_output=True, text=True, **more)

    def start(self, *arguments, **more):
        return subprocess.Popen(
            [sys.executable, str(self.root / "reprise"), *arguments], cwd=self.root, env=clean_environment(),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


def clean_environment():
    """What a user's shell has: nothing of the environment that the tests run in."""
    ours = ("JUPYTER", "REPRISE", "MAVEN", "VIRTUAL_ENV", "PYTHON", "PYTEST", "JPY")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    env["PATH"] = os.pathsep.join(p for p in env["PATH"].split(os.pathsep) if ".reprise" not in p)
    return env


def copy_of_the_tree(target):
    """The files that git knows or would know, as a fresh clone has them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True,
        check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    subprocess.run("git init -q && git add -A && git -c user.name=t -c user.email=t commit -qm t", shell=True,
                   cwd=target, check=True)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """Set up once for all tests. Maven's downloads are linked from the tree under test, all else is made anew."""
    root = tmp_path_factory.mktemp("a folder") / "with spaces"
    root.mkdir()
    copy_of_the_tree(root)
    (root / ".reprise").mkdir()
    shutil.copytree(M2, root / ".reprise" / "m2", copy_function=link, symlinks=True)
    shutil.rmtree(root / ".reprise" / "m2" / "io" / "github" / "reprise", ignore_errors=True)
    made = Checkout(root)
    first = made.run("exec", "jupyter", "kernelspec", "list")
    assert first.returncode == 0, first.stderr
    made.first = first
    return made


def link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture
def bare(tmp_path):
    """A checkout in which nothing was set up."""
    copy_of_the_tree(tmp_path)
    return Checkout(tmp_path)


def processes_of(root):
    """Command lines of running programs that mention a folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(root) in line and str(os.getpid()) not in entry.parts:
            found.append(line)
    return found
