"""`./reprise bench`: our kernels beside the Python that people would use instead, in one run, and the machine's limit."""
import json
import math
import os
import platform
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from cli import environment, setup
from cli.environment import HOME, ROOT, Problem, digest, logged, show, step

BENCH = ROOT / "bench"
PEERS = HOME / "bench-venv"
RESULTS = BENCH / "results.json"
PAGE = BENCH / "README.md"
SERVE = "reprise.bench.Serve"


@dataclass(frozen=True)
class Job:
    """One row: our job, its peers, the goal (peer's time / ours), rounds of measuring."""

    name: str
    peers: tuple
    goal: float
    what: str
    rounds: int = 5
    tolerance: float = 1e-6


JOBS = (
    Job("kde-d2", ("torch", "keops"), 12, "Gaussian log density, 20 000 on 20 000 points, d = 2"),
    Job("kde-d10", ("torch", "keops", "scikit-learn"), 12, "Gaussian log density, 20 000 on 20 000 points, d = 10"),
    Job("kde-d50", ("torch", "keops"), 5, "Gaussian log density, 20 000 on 20 000 points, d = 50"),
    Job("soft-average-d10", ("torch", "keops"), 10, "softmax-weighted average on the same points, d = 10"),
    Job("sinkhorn", ("keops", "pot-stabilized"), 30, "100 Sinkhorn iterations, 4 000 on 4 000 points, eps 0.05", 3),
    Job("sinkhorn-small-epsilon", ("keops", "pot-stabilized"), 20, "the same with eps 0.001", 3),
    Job("exact-ot", ("pot",), 0.5, "exact transport, 1 000 on 1 000 points"),
    Job("mlp-step", ("torch",), 2, "200 Adam steps of a network 2-64-64-1, batch 128"),
    Job("pinn-step", ("torch",), 1.3, "200 steps with second derivatives in the loss, 1 024 points"),
    Job("light-bridge", ("official",), 40, "200 training steps of a Schroedinger bridge, K = 500, d = 2, batch 128",
        tolerance=1e-3),
    Job("relu-gd", ("torch", "torch-by-hand"), 3, "20 steps of networks 4-m-2, m = 64 ... 16 384, on 200 points"),
    Job("lapack-gemm", ("scipy",), 0.9, "matrix product, n = 1 500"),
    Job("lapack-solve", ("scipy",), 0.9, "linear system, n = 500"),
    Job("lapack-eigh", ("scipy",), 0.9, "symmetric eigenproblem, n = 500"),
    Job("lapack-eig", ("scipy",), 0.9, "general eigenproblem, n = 500"),
    Job("lapack-svd", ("scipy",), 0.9, "singular value decomposition, n = 500"),
    Job("normal-fill", ("numpy",), 1, "10 million normal numbers"),
    Job("kde-cold", ("torch",), 1, "first call of `kde-d10` in a fresh process; at most 1 s of ours", 3),
    Job("dmd", ("pydmd",), 2, "dynamic mode decomposition of rank 20, 400 snapshots of 2 000 coordinates"),
    Job("resdmd-grid", ("scipy",), 5, "smallest residuals on 80 x 80 places, N = 300; SciPy: one eigh a place", 1),
    Job("kernel-start", ("ipykernel",), 0.77, "kernel start to first figure", 3),
)
PEER_JOBS = {
    "normal-fill": "lapack-normals", "sinkhorn": "transport-sinkhorn",
    "sinkhorn-small-epsilon": "transport-sinkhorn-small", "exact-ot": "transport-exact", "mlp-step": "tensor-mlp",
    "pinn-step": "tensor-pinn"}


class Server:
    """A process that is prepared once and then timed again and again."""

    def __init__(self, words, env):
        self.process = subprocess.Popen(
            [str(word) for word in words], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, bufsize=1)
        if self.process.stdout.readline().strip() != "ready":
            raise Problem(f"the job did not start: {' '.join(map(str, words[-3:]))}")

    def time(self):
        self.process.stdin.write("go\n")
        answer = self.process.stdout.readline().split()
        if not answer:
            raise Problem("a job ended in the middle")
        return tuple(float(word) for word in answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


def main(java, names, as_json):
    known(names)
    peers()
    jar(java)
    rates = json.loads(subprocess.run(ours_command(java, SERVE, "rates"), capture_output=True, text=True, check=True,
                                      env=environment.variables(java)).stdout)
    rows = []
    for job in JOBS:
        if names and job.name not in names:
            continue
        rows.append({"kernel-start": kernel_start, "kde-cold": cold}.get(job.name, measure)(java, job, rates))
        if not as_json:
            show("")
            print(sentence(rows[-1]), flush=True)
    report = {"machine": machine(java, rates), "jobs": rows, **({} if names else {"scaling": scaling(java)})}
    if as_json:
        print(json.dumps(report, indent=1))
    whole = renewed(json.loads(RESULTS.read_text()), report) if names and RESULTS.exists() else report
    if whole and ("scaling" in whole):
        RESULTS.write_text(json.dumps(whole, indent=1) + "\n")
        PAGE.write_text(page(whole))
    return 0 if all(row["ratio"] >= row["goal"] and not (row["job"] == "kde-cold" and row["ours"] > 1) for row in rows) else 1


def known(names):
    unknown = [name for name in names if name not in {job.name for job in JOBS}]
    if unknown:
        raise Problem(f"there is no job {unknown[0]!r}; there are {', '.join(job.name for job in JOBS)}")


def jar(java):
    with environment.one_at_a_time():
        step("bench-jar", "Bench", digest(*setup.sources(), BENCH / "src", BENCH / "pom.xml"), lambda: setup.maven(
            "Java build: bench", java, "package", "-pl", "bench", "-am", "-Dmaven.test.skip", "-Dmaven.javadoc.skip"))


def by_jmh(java, names):
    """Our side alone, in processes of JMH's."""
    known(names)
    jar(java)
    command = ours_command(java, "reprise.bench.Kernels", *names)
    return subprocess.run(command, env=environment.variables(java)).returncode


def renewed(stored, report):
    """A stored report with the rows of a run of some jobs in their places; None if that was another machine or JDK."""
    if any(stored["machine"][key] != report["machine"][key] for key in ("cpu", "cores", "java", "python")):
        return None
    rows = {row["job"]: row for row in stored["jobs"] + report["jobs"]}
    order = [job.name for job in JOBS]
    return stored | {"jobs": sorted(rows.values(), key=lambda row: order.index(row["job"]))}


def peers():
    lock = BENCH / "requirements.txt"

    def action():
        subprocess.run(["python3", "-m", "venv", str(PEERS)], check=True)
        logged("Python peers: several GB", [PEERS / "bin" / "python", "-m", "pip", "install", "--no-cache-dir",
                                            "--require-hashes", "-r", lock], setup.NETWORK)

    with environment.one_at_a_time():
        step("bench", "Python peers", digest(lock), action)


def ours_command(java, main, *words):
    jars = [setup.module_jar("bench"), *setup.classpath(), *(BENCH / "target" / "jmh").glob("*.jar")]
    return [str(java.java), *setup.flags(java), "-cp", os.pathsep.join(map(str, jars)), main, *words]


def measure(java, job, rates):
    """Ours and the peers in turn, after a warm-up of each; medians."""
    env = environment.variables(java) | {"OMP_NUM_THREADS": str(os.cpu_count()), "OMP_WAIT_POLICY": "passive"}
    show(f"{job.name}: preparing")
    ours = Server(ours_command(java, SERVE, job.name), env)
    others = {name: Server([PEERS / "bin" / "python", BENCH / "peers" / "serve.py", PEER_JOBS.get(job.name, job.name),
                            name], env) for name in job.peers}
    try:
        for server in (ours, *others.values()):
            for _ in range(3 if server is ours else 1):
                seconds, checksum = server.time()
        taken = {name: [] for name in ("ours", *others)}
        checksums = {}
        for turn in range(job.rounds):
            for name, server in (("ours", ours), *others.items()):
                show(f"{job.name}: {name} {turn + 1}/{job.rounds}")
                seconds, checksums[name] = server.time()
                taken[name].append(seconds)
        for name in others:
            agree(job, name, checksums["ours"], checksums[name])
    finally:
        for server in (ours, *others.values()):
            server.close()
    medians = {name: statistics.median(times) for name, times in taken.items()}
    best = min(others, key=medians.get)
    limit = limits(job.name, rates)
    return row(job, medians["ours"], medians[best], best, limit, {name: medians[name] for name in others})


def agree(job, name, ours, theirs):
    # A peer that has no result to compare says NaN.
    if abs(ours - theirs) > job.tolerance * max(1, abs(theirs)):
        raise Problem(f"{job.name}: our result {ours} and {name}'s {theirs} differ")


def row(job, ours, peer, name, limit, every):
    made = {"job": job.name, "what": job.what, "ours": ours, "peer": peer, "peerName": name, "ratio": peer / ours,
            "goal": job.goal, "limit": limit, "toLimit": ours / limit if limit else None, "peers": every}
    return made


def limits(name, rates):
    """Seconds that the machine needs at the rates measured in this run; both cores."""
    pairs = 20_000 ** 2
    if name.startswith(("kde-d", "soft-average-d")):
        d = int(name.split("-d")[1])
        moved = d if name.startswith("kde") else 2 * d + 1
        return pairs * (rates["expSeconds"] + moved * rates["fmaSeconds"]) / rates["threads"]
    flops = {"lapack-gemm": 2 * 1500**3, "lapack-solve": 2 / 3 * 500**3, "lapack-eigh": 9 * 500**3,
             "lapack-eig": 25 * 500**3, "lapack-svd": 21 * 500**3}
    if name in flops:
        return flops[name] / rates["gemmFlops"]
    if name == "relu-gd":  # a multiplication and an addition forward and back for each input and output
        return 20 * 200 * sum(4**k for k in range(3, 8)) * 2 * (2 * 4 + 2 * 2) / rates["gemmFlops"]
    if name.startswith("sinkhorn"):
        return 200 * 4_000**2 * (rates["expSeconds"] + 2 * rates["fmaSeconds"]) / rates["threads"]
    if name == "normal-fill":
        return 10_000_000 * 8 / rates["writeBytes"]
    return None


def kernel_start(java, job, rates):
    """Whole processes, in turn: from the kernel's start to its first figure."""
    env = environment.variables(java) | {"PYTHONPATH": str(ROOT)}
    python = environment.venv_program("python")
    taken = {"ours": [], "ipykernel": []}
    for turn in range(job.rounds + 1):
        for name in taken:
            show(f"{job.name}: {name} {turn}/{job.rounds}")
            words = [python, "-m", "cli.rehearse", *([] if name == "ours" else [PEERS / "bin" / "python"])]
            said = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True)
            if said.returncode != 0:
                raise Problem(f"kernel-start: {said.stderr[-400:]}")
            if turn:
                taken[name].append(float(said.stdout.split("first figure ")[1].split(" ")[0]))
    ours, peer = (statistics.median(taken[name]) for name in taken)
    return row(job, ours, peer, "ipykernel + NumPy + matplotlib", None, {"ipykernel": peer})


def cold(java, job, rates):
    """The first call of processes that were just started and have loaded their data."""
    env = environment.variables(java) | {"OMP_NUM_THREADS": str(os.cpu_count()), "OMP_WAIT_POLICY": "passive"}
    commands = {"ours": ours_command(java, SERVE, "kde-d10"),
                "torch": [PEERS / "bin" / "python", BENCH / "peers" / "serve.py", "kde-d10", "torch"]}
    taken = {name: [] for name in commands}
    for turn in range(job.rounds):
        for name, command in commands.items():
            show(f"{job.name}: {name} {turn + 1}/{job.rounds}")
            server = Server(command, env)
            taken[name].append(server.time()[0])
            server.close()
    ours, peer = (statistics.median(taken[name]) for name in commands)
    return row(job, ours, peer, "torch", None, {"torch": peer})


def scaling(java):
    """Our time of the Gaussian log density against the number of points and against threads."""
    env = environment.variables(java)
    cores = os.cpu_count()

    def seconds(points, threads):
        show(f"scaling: {points} points, {threads} threads")
        server = Server(ours_command(java, SERVE, f"kde-d10@{points}/{threads}"), env)
        times = [server.time()[0] for _ in range(6)]
        server.close()
        return statistics.median(times[3:])

    points = [{"points": n, "seconds": seconds(n, cores)} for n in (5_000, 10_000, 20_000, 40_000)]
    threads = [{"threads": t, "seconds": seconds(20_000, t)} for t in sorted({1, 2, 4, cores}) if t <= cores]
    return {"job": "kde-d10", "byPoints": points, "exponent": exponent(points, "points"),
            "byThreads": threads, "threadExponent": exponent(threads, "threads")}


def exponent(rows, key):
    """The slope of log seconds against the log of a size, by least squares."""
    x, y = ([math.log(row[name]) for row in rows] for name in (key, "seconds"))
    mean = sum(x) / len(x)
    spread = sum((v - mean) ** 2 for v in x)
    return sum((v - mean) * w for v, w in zip(x, y)) / spread if spread else None


def machine(java, rates):
    return {"cpu": processor(), "cores": len(os.sched_getaffinity(0)), "java": java.version,
            "python": platform.python_version(), "date": time.strftime("%Y-%m-%d"), "rates": rates}


def processor():
    names = [line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
             if line.startswith("model name")]
    return names[0] if names else platform.processor()


def sentence(row):
    limit = f"  {row['toLimit']:.1f} x the machine's limit of {seconds(row['limit'])}" if row["limit"] else ""
    met = "" if row["ratio"] >= row["goal"] else f"  goal {row['goal']:g} not met"
    return (f"{row['job']}: ours {seconds(row['ours'])}, {row['peerName']} {seconds(row['peer'])}, "
            f"ratio {row['ratio']:.2f}{limit}{met}")


def seconds(value):
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"


def page(report):
    made = report["machine"]
    out = ["<!-- Made by `./reprise bench`; do not edit. -->", "# Speed", "",
           f"{made['cpu']}, {made['cores']} cores, JDK {made['java']}, Python {made['python']}, {made['date']}. In each "
           "job ours and the peers ran in turn in one run; medians. The limit is computed from rates measured on the "
           "same machine. "
           "Ratio: the best peer's time over ours.", "",
           "| job | ours | best peer | ratio | goal | limit | x limit |", "|---|---|---|---|---|---|---|"]
    for r in report["jobs"]:
        limit = (seconds(r["limit"]), f"{r['toLimit']:.1f}") if r["limit"] else ("", "")
        out.append(f"| `{r['job']}`: {r['what']} | {seconds(r['ours'])} | {seconds(r['peer'])} {r['peerName']} | "
                   f"**{r['ratio']:.1f}** | {r['goal']:g} | {limit[0]} | {limit[1]} |")
    if "scaling" in report:
        made = report["scaling"]
        out += ["", "## Scaling", "", f"Our time of `{made['job']}`. For n queries on n points it grows with the power "
                f"{made['exponent']:.2f} of n (2 is the work); with threads it falls with the power "
                f"{made['threadExponent'] or 0:.2f} (-1 is ideal).", "", "| points | threads | time |", "|---|---|---|"]
        out += [f"| {r['points']} | {report['machine']['cores']} | {seconds(r['seconds'])} |" for r in made["byPoints"]]
        out += [f"| 20000 | {r['threads']} | {seconds(r['seconds'])} |" for r in made["byThreads"]]
    return "\n".join(out) + "\n"
