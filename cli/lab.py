"""Opens JupyterLab on the gallery."""
import os

from cli import main
from cli.environment import HOME, NOTEBOOKS, venv_program

DEFAULTS = {
    "--ServerApp.root_dir": NOTEBOOKS,
    "--LabApp.default_url": "/lab/tree/README.md",
    "--LabApp.workspaces_dir": HOME / "jupyter" / "lab-workspaces",
    "--MappingKernelManager.default_kernel_name": "reprise",
}


def command(arguments):
    """JupyterLab's command line; what the user gives wins."""
    given = {argument.split("=")[0] for argument in arguments}
    defaults = [f"{name}={value}" for name, value in DEFAULTS.items() if name not in given]
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [str(venv_program("jupyter-lab")), *defaults, *root, *arguments]


def open_lab(java, arguments):
    return main.execute(java, command(arguments))
