"""Opens JupyterLab on the gallery."""
import os

from cli import main
from cli.environment import HOME, NOTEBOOKS, venv_program


def command(arguments):
    root = os.geteuid() == 0 if hasattr(os, "geteuid") else False
    return [
        str(venv_program("jupyter-lab")),
        f"--ServerApp.root_dir={NOTEBOOKS}",
        "--LabApp.default_url=/lab/tree/README.md",
        f"--LabApp.workspaces_dir={HOME / 'jupyter' / 'lab-workspaces'}",
        "--MappingKernelManager.default_kernel_name=reprise",
        *(["--allow-root"] if root else []),
        *arguments,
    ]


def open_lab(java, arguments):
    return main.execute(java, command(arguments))
