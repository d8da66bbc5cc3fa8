"""Says what is found, what is missing, and the one command that mends it."""
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

from cli import environment, jdk
from cli.environment import HOME, ROOT, Problem, venv_program


def main():
    wrong = []

    def say(subject, found, cure=None):
        print(f"{'ok ' if cure is None else 'MISSING'.ljust(3)} {subject}: {found}")
        if cure is not None:
            print(f"      cure: {cure}")
            wrong.append(subject)

    print(f"Reprise in {ROOT}\n{platform.platform()}, {cores()} cores, {memory()}, {disk()}")
    say("Python", f"{platform.python_version()} at {sys.executable}")
    java = javas(say)
    setup_state(say)
    fonts(say)
    gpu()
    if java is not None and (HOME / "stamps" / "kernel").exists():
        kernel(java, say)
    print("all is well" if not wrong else f"{len(wrong)} to mend: {', '.join(wrong)}")
    return 1 if wrong else 0


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def memory():
    try:
        kilobytes = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1))
        return f"{kilobytes / 2**20:.1f} GB of memory"
    except (OSError, AttributeError):
        return "memory unknown"


def disk():
    return f"{shutil.disk_usage(ROOT).free / 2**30:.0f} GB of disk free"


def javas(say):
    try:
        good = jdk.suitable()
    except Problem as problem:
        what, _, cure = str(problem).partition("\n  cure: ")
        say("JDK", what, cure)
        return None
    for java in jdk.found():
        say("Java", f"{java}{' (not used: ' + java.lacks + ')' if java.lacks else ''}")
    java = jdk.for_kernel()
    tests = ", ".join(str(j.feature) for j in jdk.for_tests())
    say("JDK", f"the kernel uses {java.version}, the tests {tests}; {len(good)} suitable")
    if java.has_vector:
        say("Vector API", f"usable; {vectors()}")
    else:
        say("Vector API", "not in this JDK; the kernels run several times slower", jdk.CURE.get(sys.platform))
    return java


def vectors():
    try:
        info = Path("/proc/cpuinfo").read_text()
    except OSError:
        return "CPU features unknown"
    widest = next((name for name in ("avx512f", "avx2", "asimd", "sse2") if f" {name}" in info), "unknown")
    return f"widest vectors of this CPU: {widest}"


def setup_state(say):
    for name, title in (("python", "Python environment"), ("build", "Jars"), ("kernel", "Kernel")):
        done = (HOME / "stamps" / name).exists()
        say(title, "set up" if done else "not set up yet", None if done else "./reprise lab (or any other command)")
    if venv_program("python").exists():
        packages = "jupyterlab nbclient ipywidgets jjava".split()
        listed = subprocess.run(
            [venv_program("python"), "-c", "import importlib.metadata as m; "
             f"print(', '.join(p + ' ' + m.version(p) for p in {packages!r}))"], capture_output=True, text=True)
        if listed.returncode == 0:
            say("Packages", listed.stdout.strip())
        else:
            say("Packages", "the Python environment is damaged", "rm -rf .reprise/stamps .reprise/venv && ./reprise lab")


def fonts(say):
    if sys.platform.startswith("linux"):
        listed = subprocess.run(["fc-list"], capture_output=True, text=True) if shutil.which("fc-list") else None
        if listed is None or not listed.stdout.strip():
            say("Fonts", "none found: figures cannot be drawn",
                "sudo apt-get install fontconfig fonts-dejavu-core")
        else:
            say("Fonts", f"{len(listed.stdout.splitlines())} found")


def gpu():
    seen = subprocess.run(["nvidia-smi", "-L"], capture_output=True, text=True) if shutil.which("nvidia-smi") else None
    if seen is None or seen.returncode != 0:
        print("ok  CUDA: no NVIDIA GPU here; everything runs on the CPU")
    else:
        print(f"ok  CUDA: {seen.stdout.splitlines()[0]}; its natives: ./reprise exec ./mvnw -Pgpu install -DskipTests")


def kernel(java, say):
    started = subprocess.run(
        [venv_program("python"), "-m", "cli.rehearse"], cwd=ROOT, env=environment.variables(java),
        capture_output=True, text=True)
    times = [line for line in started.stdout.splitlines() if line.startswith("first array")]
    if started.returncode == 0 and times:
        say("Kernel start", f"{times[-1]} after the kernel's start")
    else:
        say("Kernel start", started.stderr.strip().splitlines()[-1:] or "failed",
            "rm -rf .reprise/stamps && ./reprise doctor after any other command")
