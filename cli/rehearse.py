"""Starts the kernel once, shows an array and a figure, and leaves: at set-up to record the classes that a first cell
needs, in `./reprise doctor` to measure how long a reader waits for them."""
import sys
import time

from jupyter_client import KernelManager

ARRAY = "Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}})"
FIGURE = (
    'Figure.titled("Rehearsal").x("x").y("y")'
    '.line("line", new double[] {1, 2, 3}, new double[] {1, 4, 9})'
    '.points("points", new double[] {1, 2, 3}, new double[] {2, 3, 5})')


def shown(client, code):
    """Runs a cell; True if it showed something and did not fail."""
    outputs = []
    reply = client.execute_interactive(code, timeout=120, output_hook=outputs.append)
    kinds = [message["msg_type"] for message in outputs]
    return reply["content"]["status"] == "ok" and ("execute_result" in kinds or "display_data" in kinds)


def rehearse():
    """Seconds from the kernel's start to the first array and to the first figure."""
    started = time.monotonic()
    manager = KernelManager(kernel_name="reprise")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=120)
        seconds = []
        for code in (ARRAY, FIGURE):
            if not shown(client, code):
                raise SystemExit(f"the kernel did not show: {code}")
            seconds.append(time.monotonic() - started)
        # A clean exit, at which the JVM writes the archive that it was asked for.
        client.execute("System.exit(0)", silent=True)
        manager.provisioner.process.wait(timeout=120)
        return seconds
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    array, figure = rehearse()
    print(f"first array {array:.2f} s, first figure {figure:.2f} s")
    sys.exit(0)
