"""Writes the skeleton of a paper's notebook: the contract's sections in their order, each saying what belongs there."""
import json

from cli import notebooks
from cli.environment import ROOT, Problem

METADATA = {
    "kernelspec": {"display_name": "Java (Reprise)", "language": "java", "name": "reprise"},
    "language_info": {"file_extension": ".jshell", "mimetype": "text/x-java-source", "name": "Java"},
}

CELLS = [
    ("title", "markdown", "# {title}\n\n"
     "One paragraph in our words: the question that the paper asks, then its answer."),
    ("paper", "code", 'var paper = Paper.open("{slug}");\npaper'),
    ("idea", "markdown", "## The idea\n\n"
     "The equations that are needed, each symbol named: $n$ points $y_i$ in dimension $d$ ..."),
    ("experiment", "markdown", "## The experiment\n\nWhat is simulated or computed, at which sizes, and why these."),
    ("data", "code", 'int n = paper.scale(1_000, 20_000);   // quick, full\nvar rng = paper.rng("data");'),
    ("look", "markdown", "Where to look in the next figure."),
    ("figure", "code", 'double[] x = {{1, 2, 4, 8}}, y = {{1, 3, 9, 27}};\n'
     'Figure.titled("What the figure shows").x("quantity (unit)").y("quantity (unit)")\n'
     '    .points("measured", x, y)\n    .thumbnail()'),
    ("meaning", "markdown", "What the figure means, without typed numbers."),
    ("trap", "markdown", "## The trap\n\nThe mistake that looks right, run for real, and what it does to the picture. "
     "Its measurements are the controls of the claims."),
    ("trap-run", "code", "double wrong = Double.NaN;   // the control: what the mistake measures"),
    ("try", "markdown", "## Try it\n\nOne slider on the quantity that the paper is about."),
    ("slider", "code", 'interact("exponent", 0.5, 3.0, 1.5, p ->\n'
     '    Figure.titled("Drag the slider").x("x").y("x to the power p")\n'
     '        .line("power", x, java.util.stream.DoubleStream.of(x).map(v -> Math.pow(v, p)).toArray()))'),
    ("claims", "markdown", "## The claims\n\nEach with its source in the paper, where its tolerance comes from, and a "
     "control: a plausible wrong answer that must fail the same test."),
    ("claim", "code", 'paper.claim("first-claim", "Fig. 1", "What the paper says, in one line");\n'
     "    // .measured(value).control(wrong).within(tolerance).of(expected)"),
    ("verdict", "code", "paper.verdict()"),
    ("provenance", "markdown", "## Provenance"),
    ("versions", "code", "paper.provenance()"),
    ("close", "code", "paper.close()"),
]


def cell(identity, kind, source, words):
    made = {"cell_type": kind, "id": identity, "metadata": {}, "source": source.format(**words).splitlines(True)}
    return made | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def main(slug):
    papers = notebooks.catalogue()
    if slug not in papers:
        raise notebooks.unknown(slug, papers)
    paper = papers[slug]
    where = paper.path.relative_to(ROOT)
    if paper.path.exists():
        raise Problem(f"{where} is there already")
    paper.path.parent.mkdir(parents=True, exist_ok=True)
    words = {"title": paper.title, "slug": paper.slug}
    notebook = {"cells": [cell(*parts, words) for parts in CELLS], "metadata": METADATA,
                "nbformat": 4, "nbformat_minor": 5}
    paper.path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {where}\nnext: ./reprise lab, write it; then ./reprise run {slug} --scale full")
    return 0
