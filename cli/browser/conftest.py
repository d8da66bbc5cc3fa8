"""JupyterLab as `./reprise lab` starts it, in a real browser."""
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from cli.environment import HOME, ROOT

SHOTS = HOME / "screenshots"
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--window-size=1400,1800", "--force-device-scale-factor=1")


class Lab:
    """A browser on a running JupyterLab."""

    def __init__(self, driver, address):
        self.driver = driver
        self.address = address

    def open(self, path=""):
        self.driver.get(f"{self.address}/lab/tree/{path}?token=t&reset")
        self.until("return !!window.jupyterapp && !document.querySelector('#jupyterlab-splash')")
        self.driver.execute_async_script("window.jupyterapp.restored.then(arguments[0])")

    def until(self, script, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            value = self.driver.execute_script(script)
            if value:
                return value
            time.sleep(0.25)
        self.shot("timeout")
        raise AssertionError(f"not true within {seconds} s: {script}")

    def command(self, name, arguments=None):
        """Runs one of JupyterLab's commands, as a menu entry or button does; does not wait for its end."""
        self.driver.execute_script(
            "window.jupyterapp.commands.execute(arguments[0], arguments[1] || {}); return true", name, arguments)

    def shot(self, name):
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(SHOTS / f"{name}.png"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The notebooks, copied: what is run and saved in the browser must not change the tree."""
    copy = tmp_path_factory.mktemp("browser") / "notebooks"
    shutil.copytree(ROOT / "notebooks", copy)
    return copy


@pytest.fixture(scope="session")
def written(folder):
    """Writes a notebook of code cells into the served folder and gives its name."""

    def write(name, *cells):
        book = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
            metadata={"kernelspec": {"name": "reprise", "display_name": "Java (Reprise)", "language": "java"}})
        nbformat.write(book, folder / f"{name}.ipynb")
        return f"{name}.ipynb"

    return write


@contextlib.contextmanager
def served(*command):
    """A server on a free port of this machine, until it answers; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*map(str, command), "--no-browser", "--port", str(port), "--IdentityProvider.token=t"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api?token=t")
                break
            except OSError:
                assert server.poll() is None, f"{command} ended with {server.returncode}"
                time.sleep(0.5)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


@pytest.fixture(scope="session")
def driver(tmp_path_factory):
    options = Options()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome")
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_script_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def lab(folder, driver):
    with served(sys.executable, ROOT / "reprise", "lab", "--LabApp.expose_app_in_browser=True",
                f"--ServerApp.root_dir={folder}") as address:
        yield Lab(driver, address)


@pytest.fixture(scope="session")
def notebook7(folder, driver):
    with served(sys.executable, "-m", "notebook", "--allow-root", f"--ServerApp.root_dir={folder}") as address:
        yield Lab(driver, address)
