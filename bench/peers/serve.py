"""Serves one peer: prepares it, then for each line on standard input runs it once and prints seconds and a checksum.

    python serve.py JOB PEER
"""
import importlib
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def main(job, peer):
    stdout = os.dup(1)
    os.dup2(2, 1)  # libraries that print must not disturb the protocol
    answers = os.fdopen(stdout, "w")
    run = getattr(importlib.import_module(job.split("-")[0].replace(".", "_") + "_peers"), "prepare")(job, peer)
    print("ready", file=answers, flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        checksum = run()
        print(f"{time.perf_counter() - started!r} {float(checksum)!r}", file=answers, flush=True)


main(*sys.argv[1:3])
