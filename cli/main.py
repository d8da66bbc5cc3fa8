"""The command line."""
import argparse
import os
import signal
import sys

from cli import environment
from cli.environment import Problem

DESCRIPTION = """\
Reprise replays research papers in Java notebooks and checks their claims by machine.

The first call sets up what is missing inside this checkout (folder .reprise: JupyterLab, the jars, the Java kernel);
it needs a JDK 17 or newer, Python 3.10 or newer and, once, the network. Later calls start at once."""

EXAMPLES = """\
examples:
  ./reprise lab                                        read and run the notebooks
  ./reprise run kde-large-dimensions --scale full      the paper's own sizes; stores the outputs in the notebook
  ./reprise run 01 --seed 7                            every notebook of chapter 01 with other random numbers
  ./reprise exec jupyter kernelspec list               any command in the project's own environment
  ./reprise exec ./mvnw test -pl library               Maven with the checkout's own repository"""


def parser():
    top = argparse.ArgumentParser(
        prog="reprise", description=DESCRIPTION, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    lab = commands.add_parser("lab", help="set up what is missing and open JupyterLab on the gallery",
                              description="Opens JupyterLab on the gallery. Further arguments go to JupyterLab, "
                              "such as --no-browser or --port 9000.")
    lab.add_argument("arguments", nargs="*", metavar="ARGUMENT")

    run = commands.add_parser(
        "run", help="run notebooks without a browser and print their verdicts",
        description="Runs notebooks with the real kernel, prints one line for each, gathers the claims into "
        "notebooks/ledger.json and makes the gallery notebooks/README.md anew. Exits with 1 if a checked claim or a "
        "cell fails. A run at full scale with the default seed and backend also stores its outputs in the notebook; "
        "what any other run showed is kept in .reprise/runs.")
    run.add_argument("names", nargs="*", metavar="NAME",
                     help="a notebook such as kde-large-dimensions, or a chapter such as 01; all if none is given")
    run.add_argument("--scale", choices=("quick", "full"), default="quick",
                     help="quick (default): seconds; full: the paper's sizes, minutes")
    run.add_argument("--backend", choices=("cpu", "nd4j", "torch", "cuda"), default="cpu",
                     help="where the fused kernels run (default cpu)")
    run.add_argument("--seed", type=int, help="another root seed than the default; claims hold for any")
    run.add_argument("--jobs", type=int, default=1, help="how many notebooks at a time (default 1)")

    bench = commands.add_parser("bench", help="time the kernels against the machine's limit and against Python")
    bench.add_argument("jobs", nargs="*", metavar="JOB", help="all if none is given")
    bench.add_argument("--json", action="store_true", help="print the results as JSON")
    bench.add_argument("--jmh", action="store_true", help="only ours, by JMH: for those who change a kernel")

    new = commands.add_parser("new", help="write the skeleton of a paper's notebook")
    new.add_argument("slug", help="the paper's name in the catalogue, such as generalized-kernel-thinning")

    execute = commands.add_parser("exec", help="run a command in the project's own environment")
    execute.add_argument("arguments", nargs="+", metavar="CMD")

    test = commands.add_parser(
        "test", help="check everything: Java tests, the kernel, the commands, the notebooks at quick scale")
    test.add_argument("stages", nargs="*", metavar="STAGE",
                      help="only these: java, oracles, commands, kernel, notebooks, browser")

    commands.add_parser("doctor", help="say what is found, what is missing and the command that mends it")
    return top


def parse(words):
    """Like argparse, but everything after `lab` and `exec` belongs to the program that they start."""
    if words[:1] in (["lab"], ["exec"]) and words[1:2] not in (["-h"], ["--help"]):
        return argparse.Namespace(command=words[0], arguments=words[2:] if words[1:2] == ["--"] else words[1:])
    return parser().parse_args(words)


def main():
    options = parse(sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return dispatch(options)
    except Problem as problem:
        print(f"reprise: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nreprise: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        print(f"reprise: {environment.explain(error)}", file=sys.stderr)
        return 2


def dispatch(options):
    if options.command == "doctor":
        from cli import doctor

        return doctor.main()
    if options.command == "new":
        from cli import skeleton

        return skeleton.main(options.slug)
    if options.command == "run":
        from cli import notebooks

        notebooks.select(options.names)  # a wrong name is said at once, not after the set-up
    if options.command == "test":
        from cli import test

        test.check(options.stages)

    from cli import setup

    java = setup.ready()
    if options.command == "lab":
        from cli import lab

        return lab.open_lab(java, options.arguments)
    if options.command == "run":
        arguments = ["--scale", options.scale, "--backend", options.backend, "--jobs", str(options.jobs)]
        arguments += ["--seed", str(options.seed)] if options.seed is not None else []
        return inside(java, "cli.run", *arguments, "--", *options.names)
    if options.command == "exec":
        return execute(java, options.arguments)
    if options.command == "bench":
        from cli import bench

        return bench.by_jmh(java, options.jobs) if options.jmh else bench.main(java, options.jobs, options.json)
    from cli import test

    return test.main(java, options.stages)


def inside(java, module, *arguments):
    """Goes on in the project's own Python."""
    return execute(java, [str(environment.venv_program("python")), "-m", module, *arguments], True)


def execute(java, command, own=False):
    import shutil
    import subprocess

    if not command:
        raise Problem("exec needs a command", "./reprise exec jupyter kernelspec list")
    env = environment.variables(java)
    if own:
        env["PYTHONPATH"] = str(environment.ROOT)
    program = shutil.which(command[0], path=env["PATH"])
    if program is None:
        raise Problem(f"{command[0]} was not found")
    if environment.WINDOWS:
        return subprocess.run([program, *command[1:]], env=env).returncode
    os.execve(program, [command[0], *command[1:]], env)
