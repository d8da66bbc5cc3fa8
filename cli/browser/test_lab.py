"""What a reader does: open the gallery, open the paper, run it, drag the slider. Screenshots go to .reprise/screenshots."""
import time

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

PAPER = "density-and-sampling/kde-large-dimensions.ipynb"
PANEL = "window.jupyterapp.shell.currentWidget.content"


def test_the_gallery_opens_first_and_links_to_the_paper(lab):
    lab.driver.get(f"{lab.address}/?token=t")
    lab.until("return !!document.querySelector('.jp-MarkdownViewer h1')")
    page = lab.driver.find_element(By.CSS_SELECTOR, ".jp-MarkdownViewer")
    assert "papers, replayed and checked" in page.text
    lab.until("return [...document.querySelectorAll('.jp-MarkdownViewer img')]"
              ".some(i => i.complete && i.naturalWidth > 100)")
    lab.shot("gallery")
    lab.driver.execute_script(
        "[...document.querySelectorAll('.jp-MarkdownViewer a')]"
        ".find(a => a.textContent.includes('Kernel Density')).click()")
    lab.until("return document.querySelectorAll('.jp-Notebook .jp-Cell').length > 10")


def test_a_stored_notebook_can_be_read_untrusted_and_without_a_kernel(lab):
    lab.open(PAPER)
    lab.until("return document.querySelectorAll('.jp-Notebook .jp-Cell').length > 10")
    lab.until("return document.querySelectorAll('.jp-OutputArea img').length >= 3")
    untrusted = lab.driver.execute_script(f"return [...{PANEL}.model.cells].some(c => c.type == 'code' && !c.trusted)")
    assert untrusted
    pictures = lab.driver.execute_script(
        "return [...document.querySelectorAll('.jp-OutputArea img')].map(i => [i.naturalWidth, i.alt])")
    assert all(width > 300 for width, _ in pictures)
    text = lab.driver.execute_script("return document.querySelector('.jp-Notebook').textContent")
    assert "Loading widget" not in text
    assert "holds" in text


def test_a_reader_runs_all_cells_and_drags_the_slider(lab):
    lab.open(PAPER)
    lab.until("return document.querySelectorAll('.jp-Notebook .jp-Cell').length > 10")
    lab.command("notebook:run-all-cells")
    lab.until(f"return [...{PANEL}.model.cells].filter(c => c.type == 'code').every(c => c.executionCount > 0)", 240)
    errors = lab.driver.execute_script(
        f"return [...{PANEL}.model.cells].filter(c => c.type == 'code').flatMap("
        "c => [...Array(c.outputs.length).keys()].map(i => c.outputs.get(i))).filter(o => o.type == 'error').length")
    lab.shot("all-cells-run")
    assert errors == 0
    handle = lab.until("return document.querySelector('.widget-slider .noUi-handle, .widget-hslider .noUi-handle')")
    lab.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", handle)
    area = "arguments[0].closest('.jp-OutputArea').parentElement.closest('.jp-Cell')"
    pictures = f"return [...{area}.querySelectorAll('img')].map(i => i.src).join('|')"
    before = lab.driver.execute_script(pictures, handle)
    assert before, "the slider's cell shows no picture"
    ActionChains(lab.driver).click_and_hold(handle).move_by_offset(60, 0).release().perform()
    handle.send_keys(Keys.ARROW_RIGHT)
    deadline = time.monotonic() + 30
    while lab.driver.execute_script(pictures, handle) == before:
        assert time.monotonic() < deadline, "the picture did not follow the slider"
        time.sleep(0.3)
    lab.shot("slider-dragged")


def test_light_and_dark_pages_are_kept_for_a_look(lab):
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        lab.open(PAPER)
        lab.driver.execute_async_script(
            "window.jupyterapp.commands.execute('apputils:change-theme', {theme: arguments[0]}).then(arguments[1])",
            theme)
        lab.until("return document.querySelectorAll('.jp-OutputArea img').length >= 3")
        time.sleep(1)
        cells = lab.driver.find_elements(By.CSS_SELECTOR, ".jp-Notebook .jp-Cell")
        for number, cell in enumerate(cells[::6]):
            lab.driver.execute_script("arguments[0].scrollIntoView({block: 'start'})", cell)
            time.sleep(0.3)
            lab.shot(f"{theme.split()[1].lower()}-{number}")
        dark = lab.driver.execute_script("return document.body.dataset.jpThemeLight") == "false"
        assert dark == theme.endswith("Dark")
