"""Setting up: once, from anywhere, repairing itself, saying what is wrong."""
import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from cli import environment, jdk
from cli.tests.conftest import clean_environment, processes_of


def test_first_call_shows_each_step_and_makes_the_kernel(checkout):
    for title in ("Python environment: done", "Java build: done", "Kernel: done"):
        assert title in checkout.first.stderr
    assert "start slower" not in checkout.first.stderr, checkout.first.stderr
    assert "reprise " in checkout.first.stdout
    assert (checkout.home / "archive").exists()


def test_second_call_does_no_work_again_and_works_from_any_folder(checkout, tmp_path):
    started = time.monotonic()
    again = checkout.run("exec", "python", "-c", "print('here')", cwd=tmp_path)
    assert again.stdout == "here\n"
    assert again.stderr == ""
    assert time.monotonic() - started < 5


def test_works_without_network_once_set_up(checkout):
    unreachable = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}
    source = checkout.root / "library/src/main/java/reprise/array/package-info.java"
    source.write_text(source.read_text() + "\n")  # so that the jars are built again
    offline = checkout.run("exec", "jupyter", "--version", env=unreachable)
    assert offline.returncode == 0, offline.stderr
    assert "Java build: done" in offline.stderr


def test_writes_nothing_outside_the_checkout(checkout, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    names = {"HOME": str(home), "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}
    checkout.run("exec", "jupyter", "lab", "--version", env=names)
    checkout.run("doctor", env=names)
    assert sorted(str(p.relative_to(home)) for p in home.rglob("*") if p.is_file()) == []


def test_half_finished_set_up_repairs_itself(checkout):
    (checkout.home / "stamps" / "python").unlink()
    (checkout.home / "venv" / "bin" / "python").unlink()
    repaired = checkout.run("exec", "jupyter", "lab", "--version")
    assert repaired.returncode == 0, repaired.stderr
    assert "Python environment: done" in repaired.stderr


def test_interrupted_first_call_repairs_itself(bare):
    first = bare.start("exec", "true")
    deadline = time.monotonic() + 60
    while not (bare.home / "venv" / "bin" / "pip").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    first.send_signal(2)
    first.wait(timeout=60)
    assert not (bare.home / "stamps" / "python").exists()
    assert not processes_of(bare.root)


def test_two_at_once_do_not_disturb_each_other(checkout):
    (checkout.home / "stamps" / "kernel").unlink()
    both = [checkout.start("exec", "python", "-c", "print('done')") for _ in range(2)]
    outputs = [process.communicate(timeout=300)[0] for process in both]
    assert all("done" in output for output in outputs)
    assert sum("Kernel: done" in output for output in outputs) == 1


def test_no_jdk_says_how_to_get_one(bare):
    # A mount namespace in which the folders of the JDKs are empty: as on a machine without any.
    script = (f"mount -t tmpfs none /usr/lib/jvm && PATH={os.path.dirname(sys.executable)}:/bin "
              f"{sys.executable} {bare.root}/reprise exec true")
    env = {k: v for k, v in clean_environment().items() if not k.startswith("JAVA_HOME")}
    told = subprocess.run(["unshare", "-rm", "sh", "-c", script], env=env, capture_output=True, text=True)
    assert told.returncode == 2, told.stderr
    assert "A JDK 17 or newer is needed: no Java was found." in told.stderr
    assert "cure: install a JDK" in told.stderr


@pytest.mark.parametrize(
    ("release", "lacks"),
    [('JAVA_VERSION="11.0.2"\nMODULES="java.base jdk.jshell"', "is older than 17"),
     ('JAVA_VERSION="1.8.0_402"', "is older than 17"),
     ('JAVA_VERSION="21.0.1"\nMODULES="java.base"', "has no jdk.jshell"),
     ('JAVA_VERSION="25"\nMODULES="java.base jdk.jshell"', "")])
def test_knows_which_java_will_do(tmp_path, release, lacks):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    (tmp_path / "bin" / "javac").touch()
    (tmp_path / "release").write_text(release)
    assert jdk.read(tmp_path).lacks == lacks


def test_a_jre_is_not_enough(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch()
    (tmp_path / "release").write_text('JAVA_VERSION="21.0.1"')
    assert jdk.read(tmp_path).lacks == "is a JRE: it has no javac"


def test_python_without_venv_says_what_to_install(bare):
    broken = bare.root / "broken"
    (broken / "venv").mkdir(parents=True)
    (broken / "venv" / "__main__.py").write_text("raise SystemExit('ensurepip is not available')")
    (broken / "venv" / "__init__.py").touch()
    told = bare.run("exec", "true", env={"PYTHONPATH": str(broken)})
    assert told.returncode == 2
    assert "venv module does not work" in told.stderr
    assert "python3-venv" in told.stderr


def test_read_only_checkout_says_so(bare):
    # Even root cannot write through a read-only mount.
    script = (f"mount --bind {bare.root} {bare.root} && mount -o remount,ro,bind {bare.root} && "
              f"{sys.executable} {bare.root}/reprise exec true")
    told = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True,
                          env=clean_environment())
    assert told.returncode == 2, told.stderr
    assert "Cannot write into the checkout" in told.stderr
    assert "Traceback" not in told.stderr


def test_full_disk_says_so(bare):
    (bare.home).mkdir()
    script = (f"mount -t tmpfs -o size=64k none {bare.home} && head -c 200000 /dev/zero > {bare.home}/full; "
              f"{sys.executable} {bare.root}/reprise exec true")
    told = subprocess.run(["unshare", "-rm", "sh", "-c", script], capture_output=True, text=True,
                          env=clean_environment())
    assert told.returncode == 2, told.stderr
    assert "disk is full" in told.stderr.lower() or "No space left" in told.stderr
    assert "Traceback" not in told.stderr.split("reprise:")[-1] or "cure:" in told.stderr


def test_port_in_use_is_said(checkout):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        lab = checkout.run("lab", "--no-browser", "--port", str(port), "--ServerApp.port_retries=0", timeout=60)
    assert lab.returncode != 0
    assert f"port {port} is already in use" in (lab.stdout + lab.stderr).lower()


def test_lab_serves_the_gallery(checkout):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lab = checkout.start("lab", "--no-browser", "--port", str(port), "--IdentityProvider.token=t")
    try:
        for _ in range(120):
            try:
                page = urllib.request.urlopen(f"http://127.0.0.1:{port}/api/contents/README.md?token=t").read()
                break
            except OSError:
                time.sleep(0.5)
        assert b"papers, replayed and checked" in page
    finally:
        lab.terminate()
        lab.communicate(timeout=30)


def test_an_os_refusal_is_put_into_words():
    assert "disk is full" in str(environment.explain(OSError(28, "No space left on device", "/x")))
    assert "Cannot write" in str(environment.explain(OSError(30, "Read-only file system", "/x")))


def test_doctor_finds_all_well_and_measures_the_start(checkout):
    told = checkout.run("doctor")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "all is well" in told.stdout
    assert "first figure" in told.stdout


def test_doctor_works_before_the_set_up_and_names_the_cure(bare):
    told = bare.run("doctor")
    assert told.returncode == 1
    assert "not set up yet" in told.stdout
    assert "./reprise lab" in told.stdout
    assert not bare.home.exists()
