"""`./reprise test`: everything that can be checked, stage by stage."""
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as xml
from pathlib import Path

from cli import environment, jdk, setup
from cli.environment import HOME, LOGS, ROOT, Problem, venv_program

STAGES = ("java", "oracles", "commands", "kernel", "notebooks", "browser")
TOTAL = re.compile(r"Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)$")
KERNEL = "kernel-ext/src/test/python"
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def check(stages):
    for stage in stages:
        if stage not in STAGES:
            raise Problem(f"there is no test stage {stage!r}; there are {', '.join(STAGES)}")


def main(java, stages):
    found = jdk.for_tests()
    print("JDKs found: " + "; ".join(map(str, jdk.found())), flush=True)
    print("Java tests run on " + " and ".join(str(j.feature) for j in found) + f"; notebooks on {java.feature}")
    setup.test_tools()
    passed = failed = 0
    broken = []
    for stage in STAGES:
        if stages and stage not in stages:
            continue
        started = time.monotonic()
        print(f"== {stage}", flush=True)
        good, bad, fine = globals()[stage](java, found)
        passed, failed = passed + good, failed + bad + (0 if fine or bad else 1)
        if not fine:
            broken.append(stage)
        print(f"== {stage}: {good} passed, {bad} failed, {time.monotonic() - started:.0f} s", flush=True)
    if broken:
        print(f"failed: {', '.join(broken)}")
    print(f"{passed} passed, {failed} failed")
    return 1 if broken else 0


def java(builder, found):
    """The Java tests and the Javadoc check, built with the newest JDK, run on each."""
    good = bad = 0
    fine = True
    for number, runner in enumerate(found):
        print(f"-- tests on {runner}", flush=True)
        wrapper = ROOT / ("mvnw.cmd" if environment.WINDOWS else "mvnw")
        # Javadoc's checker knows snippets from JDK 18 on; once is enough.
        javadoc = [] if number == 0 and builder.feature >= 18 else ["-Dmaven.javadoc.skip"]
        words = [wrapper, "-B", "-ntp", f"-Dmaven.repo.local={environment.M2}", "install", *javadoc,
                 f"-Dtest.java={runner.java}", f"-Dtest.args={' '.join(quiet(runner))}",
                 f"-Dtest.natives={environment.NATIVES}"]
        code, lines = streamed(words, f"java-{runner.feature}", environment.variables(builder), mvn_line)
        fine &= code == 0
        for line in lines:
            total = TOTAL.search(line)
            if total:
                run, *others = map(int, total.groups())
                good, bad = good + run - sum(others), bad + sum(others)
    return good, bad, fine


def quiet(runner):
    """Flags that silence newer JVMs' warnings about native libraries."""
    return ["--enable-native-access=ALL-UNNAMED"] + (
        ["--sun-misc-unsafe-memory-access=allow"] if runner.feature >= 23 else [])


def mvn_line(line):
    return bool(re.search(r"Tests run:.*(Skipped: \d+$|FAIL)|ERROR|BUILD|WARNING\]", line))


def oracles(java, found):
    """The library's numbers against SciPy's, NumPy's and scikit-learn's."""
    setup.maven("Java test classes", java, "-pl", "library", "test-compile")
    return pytest(java, "library/src/test/python")


def commands(java, found):
    return pytest(java, "cli/tests")


def kernel(java, found):
    """All tests on the kernel's JDK; on the oldest one those in which JShell and the JVM matter most."""
    good, bad, fine = pytest(java, KERNEL)
    oldest = found[0]
    if oldest.home != java.home:
        print(f"-- the kernel on {oldest}", flush=True)
        files = [f"{KERNEL}/test_{name}.py" for name in ("conformance", "state", "output", "interrupt")]
        more, worse, too = pytest(java, *files, "-k", "not cost and not damaged", REPRISE_KERNEL_JAVA=str(oldest.home))
        good, bad, fine = good + more, bad + worse, fine and too
    return good, bad, fine


def browser(java, found):
    """JupyterLab in a real browser."""
    if not any(Path(path).exists() for path in BROWSERS):
        print("   no Chromium here, so JupyterLab was not looked at; cure: apt-get install chromium chromium-driver")
        return 0, 0, not os.environ.get("CI")
    return pytest(java, "cli/browser")


def pytest(java, *arguments, **variables):
    report = HOME / "pytest.xml"
    report.unlink(missing_ok=True)
    env = environment.variables(java) | variables
    env["PYTHONPATH"] = str(ROOT)
    code = subprocess.run(
        [venv_program("python"), "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", f"--junitxml={report}",
         "-o", "addopts=", "-o", "junit_family=xunit1", *arguments], cwd=ROOT, env=env).returncode
    tests = failures = 0
    if report.exists():
        for suite in xml.parse(report).getroot().iter("testsuite"):
            number = lambda key: int(suite.get(key, 0))  # noqa: E731,B023
            tests += number("tests")
            failures += number("failures") + number("errors") + number("skipped")
    return tests - failures, failures, code == 0 and failures == 0


def notebooks(java, found):
    """Every notebook at quick scale, with the real kernel; the tree is left as it is."""
    from cli import notebooks as tree

    env = environment.variables(java)
    env["PYTHONPATH"] = str(ROOT)
    code = subprocess.run(
        [venv_program("python"), "-m", "cli.run", "--no-store"], cwd=ROOT, env=env).returncode
    every = len(tree.written())
    return (every, 0, True) if code == 0 else (0, every, False)


def streamed(words, name, env, shown):
    """Runs a command, the whole output in a log, the lines that tell on the screen; its code and those lines."""
    told = []
    LOGS.mkdir(parents=True, exist_ok=True)
    with open(LOGS / f"test-{name}.log", "wb") as log:
        process = subprocess.Popen([str(word) for word in words], env=env, cwd=ROOT, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            for line in process.stdout:
                log.write(line)
                text = line.decode(errors="replace").rstrip()
                if shown(text):
                    told.append(text)
                    print(f"   {text}", flush=True)
            return process.wait(), told
        except BaseException:
            process.terminate()
            process.wait()
            raise


if __name__ == "__main__":
    sys.exit("run ./reprise test")
