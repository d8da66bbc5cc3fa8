"""What moves in the page: the interrupt button, Run All, sliders, choices, steppers; in JupyterLab and in Notebook 7."""
import time

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

PANEL = "window.jupyterapp.shell.currentWidget.content"
CELLS = "[...(window.jupyterapp.shell.currentWidget?.content?.model?.cells ?? [])]"
STATUS = "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status"
SHOWN = ".jp-Notebook .jp-OutputArea"

FOLLOWS = ('interact(Slider.of("sigma", 0, 2, 1), Choice.of("kernel", "gauss", "laplace"), Toggle.of("log", false),\n'
           "    (sigma, kernel, log) -> Figure.titled(kernel + \" \" + sigma + (log ? \" log\" : \"\"))"
           ".line(\"a\", new double[]{1, 2}, new double[]{1, 1 + sigma}))")
TEXT = ('interact(Choice.of("kernel", "gauss", "laplace"), Toggle.of("log", false), Play.of("frame", 0, 9).every(100),\n'
        '    (kernel, log, frame) -> "shows " + kernel + (log ? " log " : " ") + frame)')


def begin(lab, name, cells):
    """Opens a notebook and waits for its kernel: whoever runs cells before is asked to choose one."""
    lab.open(name)
    lab.until(f"return {CELLS}.length == {cells} && {STATUS} == 'idle'", 120)


def run_all(lab, cells):
    lab.command("notebook:run-all-cells")
    lab.until(f"return {CELLS}.filter(c => c.executionCount > 0).length >= {cells}", 120)


def pictures(lab):
    return lab.driver.execute_script(f"return [...document.querySelectorAll('{SHOWN} img')].map(i => i.src).join()")


def text(lab):
    return lab.driver.execute_script(f"return [...document.querySelectorAll('{SHOWN}')].map(o => o.textContent).join('|')")


def changes(lab, before, seconds=30):
    deadline = time.monotonic() + seconds
    while pictures(lab) == before:
        assert time.monotonic() < deadline, "the picture did not follow"
        time.sleep(0.2)
    return pictures(lab)


def says(lab, words, seconds=30):
    deadline = time.monotonic() + seconds
    while words not in text(lab):
        assert time.monotonic() < deadline, f"{words!r} not in {text(lab)!r}"
        time.sleep(0.2)


def test_the_interrupt_button_stops_a_running_cell(lab, written):
    begin(lab, written("interrupt", "int kept = 41;", "while (true) { kept = 41; }", "kept + 1"), 3)
    lab.command("notebook:run-all-cells")
    lab.until(f"return {CELLS}[0].executionCount > 0 && {STATUS} == 'busy'", 120)
    time.sleep(1)
    lab.driver.find_element(By.CSS_SELECTOR, "[data-command='notebook:interrupt-kernel'], [title^='Interrupt']").click()
    asked = time.monotonic()
    lab.until(f"return {STATUS} == 'idle'", 10)
    assert time.monotonic() - asked < 3
    says(lab, "interrupted")
    assert lab.driver.execute_script(f"return {CELLS}[2].executionCount") is None, "the queue stops with it"
    lab.driver.execute_script(f"{PANEL}.activeCellIndex = 2")
    lab.command("notebook:run-cell")
    says(lab, "42")
    lab.shot("interrupted")


def test_a_failing_cell_stops_the_rest_of_run_all(lab, written):
    begin(lab, written("failing", 'System.out.println("first")', 'throw new IllegalStateException("on purpose")',
                     'System.out.println("never")'), 3)
    lab.command("notebook:run-all-cells")
    says(lab, "on purpose", 120)
    lab.until(f"return {STATUS} == 'idle'", 20)
    time.sleep(1)
    assert "first" in text(lab) and "never" not in text(lab)
    assert lab.driver.execute_script(f"return {CELLS}[2].executionCount") is None
    lab.shot("failed")


def test_a_dragged_slider_a_choice_and_a_check_box_change_the_picture(lab, written):
    begin(lab, written("controls", FOLLOWS), 1)
    run_all(lab, 1)
    handle = lab.until("return document.querySelector('.noUi-handle')")
    lab.until(f"return document.querySelectorAll('{SHOWN} img').length == 1")
    first = pictures(lab)
    ActionChains(lab.driver).click_and_hold(handle).move_by_offset(60, 0).release().perform()
    dragged = changes(lab, first)
    Select(lab.driver.find_element(By.CSS_SELECTOR, ".widget-dropdown select")).select_by_visible_text("laplace")
    chosen = changes(lab, dragged)
    lab.driver.find_element(By.CSS_SELECTOR, ".widget-checkbox input").click()
    changes(lab, chosen)
    lab.shot("controls")


def test_a_stepper_plays_to_its_end(lab, written):
    begin(lab, written("stepper", TEXT), 1)
    run_all(lab, 1)
    says(lab, "shows gauss 0")
    lab.until("return document.querySelector('.widget-play button')")
    lab.driver.find_element(By.CSS_SELECTOR, ".widget-play button").click()
    says(lab, "shows gauss 9", 60)
    lab.shot("stepper")


def test_running_a_cell_again_leaves_one_set_of_controls(lab, written):
    begin(lab, written("again", FOLLOWS), 1)
    run_all(lab, 1)
    lab.until("return document.querySelector('.noUi-handle')")
    for count in (2, 3):
        lab.driver.execute_script(f"{PANEL}.activeCellIndex = 0")
        lab.command("notebook:run-cell")
        lab.until(f"return {CELLS}[0].executionCount == {count}", 60)
    lab.until("return document.querySelectorAll('.noUi-handle').length == 1")
    kernel = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
    comms = lab.driver.execute_async_script(
        f"const done = arguments[0]; {kernel}.requestCommInfo({{target_name: 'jupyter.widget'}})"
        ".then(r => done(Object.keys(r.content.comms).length))")
    # A box with its layout, and a slider, a choice and a check box with layout and style each.
    assert comms == 11


def test_notebook_7_shows_and_moves_the_controls(notebook7, written):
    notebook7.driver.get(f"{notebook7.address}/notebooks/{written('seven', FOLLOWS)}?token=t")
    notebook7.until("return !!document.querySelector('.jp-Notebook .jp-Cell .cm-content')")
    notebook7.until("return document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status == 'idle'", 60)
    cell = notebook7.driver.find_element(By.CSS_SELECTOR, ".jp-Notebook .jp-Cell .cm-content")
    cell.click()
    ActionChains(notebook7.driver).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).perform()
    handle = notebook7.until("return document.querySelector('.noUi-handle')", 90)
    notebook7.until(f"return document.querySelectorAll('{SHOWN} img').length == 1")
    before = pictures(notebook7)
    ActionChains(notebook7.driver).click_and_hold(handle).move_by_offset(60, 0).release().perform()
    changes(notebook7, before)
    notebook7.shot("notebook-7")
