"""What errors and controls look like, in light and dark: kept for a look, and checked for contrast and names."""
from pathlib import Path

import axe_core_python
import pytest

from test_live import CELLS, STATUS, begin

AXE = Path(axe_core_python.__file__).parent / "axe.min.js"
ERRORS = (
    "int fine = 1;\nint bad(int a) { return a.foo() + missing; }",
    'try { Integer.parseInt("x"); } catch (Exception e) {\n    throw new IllegalStateException("line 3 has no number", e);\n}',
    "%tiem 1 + 1",
    "double bandwidth = 0.5;\nbandwdith * 2",
    "KernelRegimes k = null;",
    "int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)",
)
CONTROLS = (
    'interact(Slider.of("sigma", 0, 2, 1), Choice.of("kernel", "gauss", "laplace"), Toggle.of("log", false),\n'
    '    (sigma, kernel, log) -> Figure.titled(kernel).x("x").y("y").size(320, 200).line("a", new double[]{1, 2}, '
    "new double[]{1, 1 + sigma}))",
    'interact(Play.of("frame", 0, 9), i -> "frame " + i)',
    'interact(Slider.of("n", 1, 9, 3).whole(), n -> { if (n > 3) throw new IllegalStateException("too many: " + n); return n; })',
    'browse(Table.create("t").addColumns(IntColumn.create("n", java.util.stream.IntStream.range(0, 25).toArray())))',
    'try (var p = Progress.over("Sweep", 60)) { for (int i = 0; i < 60; i++) { Thread.sleep(10); p.tick(); } }',
    'System.out.println("printed"); System.err.println("a warning");',
)
# ipywidgets names neither the handles of its sliders nor its stepper's buttons, and JupyterLab gives no alternative text
# to pictures that are outputs of their own (figures within HTML have it, see test_static).
NOT_OURS = [[".noUi-handle"], [".widget-play"], [".jp-RenderedImage img"], [".jp-RenderedSVG img"]]


@pytest.fixture(scope="module", params=["errors", "controls"])
def page(request, lab, written):
    cells = ERRORS if request.param == "errors" else CONTROLS
    begin(lab, written(f"looks-{request.param}", *cells), len(cells))
    for number in range(len(cells)):
        lab.driver.execute_script(f"window.jupyterapp.shell.currentWidget.content.activeCellIndex = {number}")
        lab.command("notebook:run-cell")
        lab.until(f"return {CELLS}[{number}].executionCount > 0 && {STATUS} == 'idle'", 60)
    if request.param == "controls":
        lab.until("return document.querySelectorAll('.noUi-handle').length >= 4")
        handles = lab.driver.find_elements("css selector", ".noUi-handle")
        handles[2].send_keys("\ue014")  # the right arrow, which is the error in place
        lab.until("return document.querySelector('.jp-OutputArea [role=alert]')")
    return request.param


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_outputs_can_be_read(lab, page, theme):
    lab.driver.execute_async_script(
        "window.jupyterapp.commands.execute('apputils:change-theme', {theme: arguments[0]}).then(arguments[1])", theme)
    lab.until(f"return document.body.dataset.jpThemeName == '{theme}'")
    lab.driver.execute_script("document.querySelector('.jp-Notebook .jp-Cell').scrollIntoView({block: 'start'})")
    lab.driver.execute_async_script("setTimeout(arguments[0], 1000)")
    lab.shot(f"looks-{page}-{theme.split()[1].lower()}")
    lab.driver.execute_script(AXE.read_text())
    found = lab.driver.execute_async_script(
        "const done = arguments[1]; axe.run({include: [['.jp-Notebook .jp-OutputArea-output']], exclude: arguments[0]}, {resultTypes: ['violations']})"
        ".then(r => done(r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.target.join(' ') + ' '"
        " + n.html.slice(0, 160)).slice(0, 6)])), e => done([['serious', 'axe', [String(e)]]]))",
        NOT_OURS)
    serious = [v for v in found if v[0] in ("serious", "critical")]
    assert serious == [], "\n".join(f"{impact} {rule}: {node}" for impact, rule, nodes in serious for node in nodes)
