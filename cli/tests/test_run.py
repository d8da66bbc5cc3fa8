"""Running notebooks: verdicts, ledger, failures, interruption."""
import json
import os
import shutil
import signal
import time

import pytest

from cli import ledger, notebooks, skeleton
from cli.tests.conftest import processes_of

PAPER = "kde-large-dimensions"


def notebook(checkout, slug, cells):
    """Writes a notebook of one's own for a paper; the last two cells are the contract's."""
    sources = [f'var paper = Paper.open("{slug}");', *cells, "paper.verdict()", "paper.close()"]
    made = {"cells": [skeleton.cell("title", "markdown", "# A title\n\nDoes it work? It does.", {})] + [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": source, "execution_count": None, "outputs": []}
        for i, source in enumerate(sources)], "metadata": skeleton.METADATA, "nbformat": 4, "nbformat_minor": 5}
    chapter = next(paper.chapter_name for paper in notebooks.catalogue().values() if paper.slug == slug)
    path = checkout.root / "notebooks" / chapter / f"{slug}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(made))
    return path


def unwritten(checkout):
    """A paper that has no notebook yet."""
    there = {path.stem for path in (checkout.root / "notebooks").rglob("*.ipynb")}
    return next(slug for slug in notebooks.catalogue() if slug not in there)


@pytest.fixture
def trial(checkout):
    """A paper that has no notebook yet, to play with; the ledger and the gallery are put back."""
    kept = {name: (checkout.root / "notebooks" / name).read_bytes() for name in ("ledger.json", "README.md")}
    slug = unwritten(checkout)
    yield slug, lambda *cells: notebook(checkout, slug, cells)
    for path in (checkout.root / "notebooks").rglob(f"{slug}.ipynb"):
        path.unlink()
    for name, content in kept.items():
        (checkout.root / "notebooks" / name).write_bytes(content)


def records(checkout, slug):
    every = json.loads((checkout.root / "notebooks" / "ledger.json").read_text())["papers"]
    return [record for record in every if record["paper"] == slug]


HOLDS = 'paper.claim("good", "Fig. 1", "one is one").measured(1).control(2).within(0.1).of(1);'
FAILS = 'paper.claim("bad", "Fig. 2", "two is one").measured(2).control(3).within(0.1).of(1);'


def test_run_prints_a_verdict_and_writes_the_ledger_and_the_gallery(checkout, trial):
    slug, write = trial
    write(HOLDS)
    ran = checkout.run("run", slug)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{slug}: ok  1 passed / 0 failed / 0 not checked" in ran.stdout
    (record,) = records(checkout, slug)
    assert record["scale"] == "quick"
    assert record["backend"] == "cpu"
    assert record["peakMemoryMb"] > 50
    assert record["seconds"] > 0
    (claim,) = record["claims"]
    assert (claim["id"], claim["source"], claim["verdict"]) == ("good", "Fig. 1", "holds")
    assert {"claim", "expected", "tolerance", "measured", "control"} <= claim.keys()
    gallery = (checkout.root / "notebooks" / "README.md").read_text()
    assert f"{slug}.ipynb" in gallery
    assert "Does it work?" in gallery


def test_a_failed_claim_fails_the_run_and_every_other_claim_is_shown(checkout, trial):
    slug, write = trial
    write(FAILS, HOLDS)
    ran = checkout.run("run", slug)
    assert ran.returncode == 1
    assert "1 passed / 1 failed" in ran.stdout
    assert "claim bad fails" in ran.stdout
    (record,) = records(checkout, slug)
    assert {claim["id"]: claim["verdict"] for claim in record["claims"]} == {"good": "holds", "bad": "fails"}


def test_an_exception_in_the_middle_is_recorded_as_a_failure(checkout, trial):
    slug, write = trial
    write(HOLDS, 'var late = paper.claim("late", "Fig. 3", "comes too late");',
          'throw new IllegalStateException("in the middle");', FAILS)
    ran = checkout.run("run", slug)
    assert ran.returncode == 1
    assert "in the middle" in ran.stdout
    (record,) = records(checkout, slug)
    assert {claim["id"]: claim["verdict"] for claim in record["claims"]} == {"good": "holds", "late": "fails"}


def test_a_claim_that_vanishes_fails_the_run(checkout, trial):
    slug, write = trial
    write(HOLDS, HOLDS.replace("good", "second"))
    assert checkout.run("run", slug).returncode == 0
    write(HOLDS)
    ran = checkout.run("run", slug)
    assert ran.returncode == 1
    assert "claim second vanished" in ran.stdout


def test_seed_scale_and_backend_reach_the_notebook(checkout, trial):
    slug, write = trial
    write('paper.claim("seen", "x", "the draw").measured(paper.rng("a").uniform()).control(2).between(0, 1);',
          'paper.claim("scale", "x", "full").measured(paper.scale(1, 2)).control(9).within(0.1).of(2);')
    claims = []
    for seed in ("5", "5", "6"):
        checkout.run("run", slug, "--scale", "full", "--seed", seed, "--backend", "nd4j")
        record = next(r for r in records(checkout, slug))
        assert (record["scale"], record["backend"], record["seed"]) == ("full", "nd4j", int(seed))
        claims.append(record["claims"])
    assert claims[0] == claims[1]
    assert claims[0] != claims[2]


def test_a_corrupted_ledger_is_rebuilt(checkout, trial):
    slug, write = trial
    write(HOLDS)
    (checkout.root / "notebooks" / "ledger.json").write_text('{"papers": [{"paper": ')
    ran = checkout.run("run", slug)
    assert ran.returncode == 0, ran.stdout
    assert "made anew" in ran.stdout
    every = json.loads((checkout.root / "notebooks" / "ledger.json").read_text())["papers"]
    assert {slug, PAPER} <= {record["paper"] for record in every}


def test_wrong_names_list_the_near_ones(checkout):
    told = checkout.run("run", "kde-large-dimension")
    assert told.returncode == 2
    assert PAPER in told.stderr
    assert "there is no notebook or chapter" in told.stderr


def test_a_paper_without_notebook_says_how_to_begin(checkout):
    slug = unwritten(checkout)
    told = checkout.run("run", slug)
    assert told.returncode == 2
    assert f"./reprise new {slug}" in told.stderr


def test_unknown_backends_and_unavailable_ones_say_what_to_do(checkout, trial):
    slug, write = trial
    assert "invalid choice: 'tpu'" in checkout.run("run", PAPER, "--backend", "tpu").stderr
    write("reprise.backend.Backends.current();", HOLDS)
    told = checkout.run("run", slug, "--backend", "cuda")
    assert told.returncode == 1
    assert "cuda" in told.stdout
    assert "-Pgpu" in told.stdout


def test_interrupting_a_run_leaves_no_process_behind(checkout, trial):
    slug, write = trial
    write("Thread.sleep(600_000);")
    run = checkout.start("run", slug, start_new_session=True)
    deadline = time.monotonic() + 60
    while not any("jjava" in line for line in processes_of(checkout.root)) and time.monotonic() < deadline:
        time.sleep(0.2)
    time.sleep(3)
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=30) == 130
    time.sleep(1)
    assert processes_of(checkout.root) == []


def test_new_writes_a_notebook_whose_open_claim_fails_honestly(checkout, trial):
    slug, _ = trial
    made = checkout.run("new", slug)
    assert made.returncode == 0, made.stderr
    assert checkout.run("new", slug).returncode == 2
    ran = checkout.run("run", slug)
    assert ran.returncode == 1
    assert "claim first-claim fails" in ran.stdout
    assert "cell" not in ran.stdout.replace("cells", ""), ran.stdout


def test_new_refuses_unknown_papers_with_near_names(checkout):
    told = checkout.run("new", "kde-larg-dimensions")
    assert told.returncode == 2
    assert PAPER in told.stderr


def test_ledger_has_one_claim_a_line_and_is_sorted(checkout):
    text = (checkout.root / "notebooks" / "ledger.json").read_text()
    parsed = json.loads(text)["papers"]
    claims = [claim for record in parsed for claim in record["claims"]]
    assert sum(line.strip().startswith('{"id"') for line in text.splitlines()) == len(claims)
    assert [r["paper"] for r in parsed] == sorted(r["paper"] for r in parsed)


def test_stored_notebooks_are_full_runs_without_paths_warnings_or_times(checkout):
    for name, path in notebooks.written().items():
        text = path.read_text(encoding="utf-8")
        notebook = json.loads(text)
        assert len(text) < 400_000, name
        outputs = [o for c in notebook["cells"] for o in c.get("outputs", ())]
        assert outputs, f"{name} has no stored outputs"
        assert not [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"], name
        claims = ledger.claims_of(notebook)
        if name in notebooks.catalogue():
            assert claims["scale"] == "full", name
        for home in (str(checkout.root), os.path.expanduser("~") + "/", "/tmp/"):
            assert home not in json.dumps(outputs), name


def test_copy_of_gallery_is_current(checkout):
    """What the tree holds is what its ledger and notebooks give."""
    before = ledger.GALLERY.read_text(encoding="utf-8")
    copy = shutil.copy2(ledger.GALLERY, checkout.home / "gallery-before.md")
    try:
        ledger.gallery()
        assert ledger.GALLERY.read_text(encoding="utf-8") == before
    finally:
        shutil.copy2(copy, ledger.GALLERY)
