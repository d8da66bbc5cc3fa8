"""Starts a kernel once, shows an array and a figure, and leaves: at set-up to record the classes that a first cell
needs, in `doctor` to measure how long a reader waits for them, in `bench` to compare with Python's kernel."""
import sys
import time

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpec

JAVA = (
    "Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}})",
    'Figure.titled("Rehearsal").x("x").y("y")'
    '.line("line", new double[] {1, 2, 3}, new double[] {1, 4, 9})'
    '.points("points", new double[] {1, 2, 3}, new double[] {2, 3, 5})')
PYTHON = (
    "import numpy as np\nnp.array([[1.0, 2.0], [3.0, 4.0]])",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.title('Rehearsal'); plt.xlabel('x'); plt.ylabel('y')\n"
    "plt.plot([1, 2, 3], [1, 4, 9], label='line'); plt.plot([1, 2, 3], [2, 3, 5], 'o', label='points')\nplt.legend();")


def shown(client, code):
    """Runs a cell; True if it showed something and did not fail."""
    outputs = []
    reply = client.execute_interactive(code, timeout=120, output_hook=outputs.append)
    kinds = [message["msg_type"] for message in outputs]
    return reply["content"]["status"] == "ok" and ("execute_result" in kinds or "display_data" in kinds)


def rehearse(python=None):
    """Seconds from the kernel's start to the first array and to the first figure; of IPython's kernel if its Python is
    given, else of ours."""
    manager = KernelManager(kernel_name="reprise")
    if python:
        argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        manager._kernel_spec = KernelSpec(argv=argv, display_name="Python", language="python")
    started = time.monotonic()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        seconds = []
        for code in PYTHON if python else JAVA:
            if not shown(client, code):
                raise SystemExit(f"the kernel did not show: {code}")
            seconds.append(time.monotonic() - started)
        # A clean exit, at which the JVM writes the archive that it was asked for.
        client.execute("import os; os._exit(0)" if python else "System.exit(0)", silent=True)
        manager.provisioner.process.wait(timeout=120)
        return seconds
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    array, figure = rehearse(*sys.argv[1:])
    print(f"first array {array:.2f} s, first figure {figure:.2f} s")
