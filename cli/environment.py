"""Where things lie, and how a set-up step runs: once, with progress, repairing what an interruption left."""
import contextlib
import errno
import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".reprise"
VENV = HOME / "venv"
M2 = HOME / "m2"
LOGS = HOME / "logs"
NATIVES = HOME / "javacpp"
NOTEBOOKS = ROOT / "notebooks"
WINDOWS = os.name == "nt"


class Problem(Exception):
    """Something that the user can mend: what is wrong, and the one command or action that cures it."""

    def __init__(self, what, cure=None):
        super().__init__(what if cure is None else f"{what}\n  cure: {cure}")


def venv_program(name):
    """The path of a program in the project's own Python environment."""
    return VENV / ("Scripts" if WINDOWS else "bin") / (name + (".exe" if WINDOWS else ""))


def variables(jdk=None):
    """The environment of everything that runs here: nothing is read from or written to the user's own folders."""
    env = dict(os.environ)
    for name in ("PYTHONPATH", "PYTHONHOME", "MAVEN_OPTS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"):
        env.pop(name, None)
    env["PATH"] = os.pathsep.join([str(venv_program("python").parent), env.get("PATH", "")])
    env["VIRTUAL_ENV"] = str(VENV)
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    env["PYTHONNOUSERSITE"] = "1"
    env["MAVEN_USER_HOME"] = str(M2)
    if " " not in str(M2):  # mvn splits this variable at spaces, quoted or not
        env["MAVEN_ARGS"] = f"-Dmaven.repo.local={M2}"
    env["IPYTHONDIR"] = str(HOME / "ipython")
    for kind in ("config", "data", "runtime"):
        env[f"JUPYTER_{kind.upper()}_DIR"] = str(HOME / "jupyter" / kind)
    env["JUPYTERLAB_SETTINGS_DIR"] = str(HOME / "jupyter" / "lab-settings")
    env["JUPYTERLAB_WORKSPACES_DIR"] = str(HOME / "jupyter" / "lab-workspaces")
    env["JUPYTER_PREFER_ENV_PATH"] = "1"
    if jdk is not None:
        env["JAVA_HOME"] = str(jdk.home)
    return env


def digest(*parts):
    """One hash over files, the files under folders, and strings."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            files = sorted(f for f in part.rglob("*") if f.is_file()) if part.is_dir() else [part]
            for file in files:
                total.update(str(file.relative_to(ROOT)).encode())
                total.update(file.read_bytes())
        else:
            total.update(str(part).encode())
        total.update(b"\0")
    return total.hexdigest()


@contextlib.contextmanager
def one_at_a_time():
    """Lets one set-up run at a time; a second one waits. The lock goes with its process."""
    HOME.mkdir(exist_ok=True)
    with open(HOME / "lock", "a+") as file:
        if WINDOWS:
            import msvcrt

            while True:
                with contextlib.suppress(OSError):
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as busy:
                if busy.errno not in (errno.EAGAIN, errno.EACCES):
                    raise
                print("waiting for another reprise that is setting up", file=sys.stderr)
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def step(name, title, wanted, action):
    """Runs a set-up step unless its stamp says that it ended with the same inputs. The stamp is written last, so a
    step that was interrupted runs again."""
    stamp = HOME / "stamps" / name
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    started = time.monotonic()
    show(f"{title} ...")
    action()
    stamp.write_text(wanted)
    show(f"{title}: done in {time.monotonic() - started:.0f} s", end=True)
    return True


def show(line, end=False):
    """A progress line: rewritten in place on a terminal, one line at the end elsewhere."""
    if sys.stderr.isatty():
        print(f"\r\033[K{line[:110]}", end="\n" if end else "", file=sys.stderr, flush=True)
    elif end:
        print(line, file=sys.stderr, flush=True)


def logged(title, command, cure, env=None, cwd=ROOT):
    """Runs a command with its output in a log, the last line of it shown while it runs."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / (title.split(":")[0].lower().replace(" ", "-") + ".log")
    started = time.monotonic()
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            env=env or variables(), cwd=cwd)
        try:
            while True:
                try:
                    process.wait(timeout=0.5)
                    break
                except subprocess.TimeoutExpired:
                    show(f"{title}: {time.monotonic() - started:.0f} s  {last_line(log)}")
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if process.returncode != 0:
        show("", end=False)
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-25:])
        offline = re.search(r"could not (transfer|resolve|find a version)|connection|unknown host|timed out", tail, re.I)
        raise Problem(f"{title} failed; the end of {log.relative_to(ROOT)}:\n{tail}", cure if offline else None)


def last_line(log):
    lines = log.read_bytes()[-2000:].decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def explain(error):
    """An operating system's refusal in words."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return Problem(f"The disk is full{where}.", "free about 2 GB and run the same command again")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return Problem(
            f"Cannot write into the checkout{where}; everything that Reprise installs goes to {HOME}.",
            "clone into a folder that you can write to, or change the owner of this one")
    return Problem(f"{type(error).__name__}: {error}")
