"""What a stored notebook shows to somebody who trusts nothing, and what its export needs of the network: nothing."""
import subprocess
import sys
from pathlib import Path

import axe_core_python
import nbformat
import pytest
from nbclient import NotebookClient

from cli.environment import HOME, ROOT

AXE = Path(axe_core_python.__file__).parent / "axe.min.js"
PAPER = ROOT / "notebooks" / "density-and-sampling" / "kde-large-dimensions.ipynb"
SHOWN = ".jp-Notebook .jp-OutputArea-output"
FIGURE = 'Figure.titled("Growth %s").x("n").y("h").line("theory", new double[]{1, 2, 4}, new double[]{3, 4, 9})'
RICH = (
    f'columns({FIGURE % "one"}.size(320, 240), {FIGURE % "two"}.size(320, 240))',
    f'tabs(tab("Picture", {FIGURE % "three"}), tab("Formula", Latex.of("\\\\hat h = 1.06\\\\,\\\\sigma n^{{-1/5}}")))',
    'columns(Markdown.of("**Bold** and $x_1 < y$\\n\\n- item"), rows(new double[][]{{1, 2}, {3, 4}}, "text <b>"))',
    'Audio.of("A tone", java.util.stream.IntStream.range(0, 8000).mapToDouble(i -> Math.sin(0.35 * i)).toArray(), 8000)',
    f'Animation.of(8, i -> {FIGURE % "frame"}.yRange(0, 10).vertical(1 + i / 4.0, "now").size(320, 240)).alt("A line moves")',
    f'{FIGURE % "live"}.points("measured", new double[]{{1, 3}}, new double[]{{4, 5}}).vertical(2, "two")'
    '.band("theory", new double[]{1, 4}, new double[]{2, 8}, new double[]{4, 10}).interactive()',
    'Figure.titled("Heat").heat(new double[]{0, 1, 2}, new double[]{0, 1}, new double[][]{{1, 2, 3}, {4, 5, 6}}, "z")'
    '.line("path", new double[]{0, 2}, new double[]{0, 1}).interactive()',
    'Figure.row(Figure.titled("Bars").bars("a", List.of("x", "y"), new double[]{1, 2}).bars("b", List.of("x", "y"), '
    'new double[]{2, 1}).interactive(), Figure.titled("Log").logY().line("c", new double[]{1, 2}, new double[]{1, 100}))',
    'Table.create("t").addColumns(IntColumn.create("n", java.util.stream.IntStream.range(0, 40).toArray()))',
)


@pytest.fixture(scope="session")
def rich(written, folder):
    """A notebook with stored outputs of every kind, made headless as `./reprise run` does; nobody has signed it."""
    path = folder / written("rich", *RICH)
    book = nbformat.read(path, 4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPRISE_HEADLESS", "1")
        NotebookClient(book, kernel_name="reprise", timeout=120).execute()
    nbformat.write(book, path)
    return path


def outputs(lab, expression):
    """The value of an expression for each cell's output o."""
    return lab.driver.execute_script(
        f"return [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-Cell-outputWrapper')].map(o => {expression})")


@pytest.fixture(scope="module")
def opened(lab, rich):
    lab.open(rich.name)
    lab.until(f"return document.querySelectorAll('.jp-Notebook .jp-CodeCell').length == {len(RICH)}")
    lab.until("return document.querySelectorAll('.jp-Notebook .vega-embed canvas').length == 3")
    lab.until("return document.querySelectorAll('.jp-Notebook mjx-container').length >= 2")
    assert lab.driver.execute_script(
        "return [...window.jupyterapp.shell.currentWidget.content.model.cells].every(c => !c.trusted)")
    return lab


@pytest.fixture(scope="module", params=["paper", "rich"])
def page(request, lab, rich, tmp_path_factory):
    """The notebook as one HTML file, opened from the disk."""
    source = PAPER if request.param == "paper" else rich
    to = tmp_path_factory.mktemp("html")
    subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", "--template", "reprise", "--log-level=ERROR",
                    f"--TemplateExporter.extra_template_basedirs={ROOT / 'cli' / 'nbconvert'}",
                    "--output-dir", str(to), str(source)], check=True)
    lab.driver.get(next(to.glob("*.html")).as_uri())
    lab.until("return document.readyState == 'complete'")
    lab.shot(f"export-{request.param}")
    return lab.driver


class TestUntrusted:
    def test_columns_stand_side_by_side(self, opened):
        tops = outputs(opened, "[...o.querySelectorAll('img')].map(i => [i.getBoundingClientRect().top, i.naturalWidth])")[0]
        assert len(tops) == 2 and tops[0] == tops[1] and tops[0][1] == 640

    def test_tabs_open_by_a_click_and_the_first_is_open(self, opened):
        assert outputs(opened, "[...o.querySelectorAll('details')].map(d => d.open)")[1] == [True, False]
        second = opened.driver.execute_script(
            "return document.querySelectorAll('.jp-Notebook .jp-CodeCell')[1].querySelectorAll('summary')[1]")
        opened.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", second)
        second.click()
        assert outputs(opened, "[...o.querySelectorAll('details')].map(d => d.open)")[1] == [True, True]
        assert outputs(opened, "o.querySelectorAll('mjx-container').length")[1] == 1
        opened.shot("tabs")

    def test_markdown_and_formulas_are_set(self, opened):
        assert outputs(opened, "[o.querySelectorAll('strong, li').length, o.querySelectorAll('mjx-container').length,"
                            " o.querySelectorAll('table').length, o.textContent.includes('text <b>')]")[2] == [2, 1, 1, True]

    def test_sound_can_be_played(self, opened):
        opened.until("return [...document.querySelectorAll('audio')].some(a => a.controls && Math.abs(a.duration - 1) < 0.01)")

    def test_an_animation_is_a_picture(self, opened):
        assert outputs(opened, "[...o.querySelectorAll('img')].map(i => [i.naturalWidth, i.width])")[4] == [[640, 320]]

    def test_interactive_figures_are_drawn_by_vega(self, opened):
        canvases = outputs(opened, "[...o.querySelectorAll('.vega-embed canvas')].map(c => c.width > 300)")
        assert canvases[5:8] == [[True]] * 3
        errors = opened.driver.execute_script(
            "return [...document.querySelectorAll('.jp-Notebook .jp-OutputArea-output')].map(o => o.textContent)"
            ".filter(t => /Javascript Error|is not a valid|Error rendering/i.test(t))")
        assert errors == []
        for number, canvas in enumerate(opened.driver.find_elements("css selector", ".vega-embed canvas")):
            opened.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", canvas)
            opened.shot(f"vega-{number}")

    def test_composed_pictures_have_words_for_those_who_see_nothing(self, opened):
        # JupyterLab gives no alternative text to pictures that are outputs of their own; the export below does.
        alts = [alt for part in outputs(opened, "[...o.querySelectorAll('.jp-RenderedHTMLCommon img')].map(i => i.alt)")
                for alt in part]
        assert len(alts) == 3 and all(alt.startswith("Growth") for alt in alts)

    def test_light_and_dark_are_kept_for_a_look(self, opened):
        for theme in ("JupyterLab Dark", "JupyterLab Light"):
            opened.driver.execute_async_script(
                "window.jupyterapp.commands.execute('apputils:change-theme', {theme: arguments[0]}).then(arguments[1])",
                theme)
            opened.until(f"return document.body.dataset.jpThemeName == '{theme}'")
            for number, cell in enumerate(opened.driver.find_elements("css selector", ".jp-Notebook .jp-CodeCell")[::3]):
                opened.driver.execute_script("arguments[0].scrollIntoView({block: 'start'})", cell)
                opened.shot(f"rich-{theme.split()[1].lower()}-{number}")


class TestExport:
    def test_nothing_is_loaded_from_the_network(self, page):
        loaded = page.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
        assert [name for name in loaded if not name.startswith(("data:", "file:", "blob:"))] == []
        assert page.execute_script("return [...document.querySelectorAll('img')].filter(i => !i.naturalWidth).length") == 0

    def test_axe_finds_nothing_serious(self, page):
        alts = page.execute_script("return [...document.querySelectorAll('img')].map(i => i.alt)")
        assert alts and all(len(alt) > 10 and alt != "No description has been provided for this image" for alt in alts)
        page.execute_script(AXE.read_text())
        found = page.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map("
            "v => [v.impact, v.id, v.nodes.map(n => n.target.join(' ') + ' ' + n.html.slice(0, 200)).slice(0, 4)])))")
        assert [v for v in found if v[0] in ("serious", "critical")] == []
