"""The notebooks in the tree and the papers in the catalogue."""
import difflib
import functools
import json
from dataclasses import dataclass
from pathlib import Path

from cli.environment import NOTEBOOKS, ROOT, Problem

CATALOGUE = ROOT / "library/src/main/resources/reprise/paper/papers.json"


@dataclass(frozen=True)
class Paper:
    number: str
    slug: str
    title: str
    chapter: str
    tier: str
    source: str

    @property
    def chapter_number(self):
        return self.chapter.split("-")[0]

    @property
    def chapter_name(self):
        return self.chapter.split("-", 1)[1]

    @property
    def path(self):
        return NOTEBOOKS / self.chapter_name / f"{self.slug}.ipynb"


@functools.lru_cache
def catalogue():
    """All papers by their slugs."""
    entries = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    return {entry["slug"]: Paper(entry["id"], entry["slug"], entry["title"], entry["chapter"], entry["tier"],
                                 entry["source"]) for entry in entries}


def written():
    """Every notebook in the tree, by name."""
    found = sorted(path for path in NOTEBOOKS.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)
    return {path.stem: path for path in found}


def select(names):
    """The notebooks that these names and chapters mean; all if there are none."""
    every = written()
    if not names:
        return list(every.values())
    chosen = {}
    for name in names:
        chapter = {paper.slug for paper in catalogue().values()
                   if name in (paper.chapter, paper.chapter_number, paper.chapter_name)}
        if name in every:
            chosen[every[name]] = True
        elif chapter:
            chosen.update((every[slug], True) for slug in sorted(chapter & every.keys()))
        elif name in catalogue():
            raise Problem(f"{name} is in the catalogue, but has no notebook yet", f"./reprise new {name}")
        else:
            raise unknown(name, every)
    if not chosen:
        raise Problem(f"no notebook in {' '.join(names)} yet")
    return list(chosen)


def unknown(name, every):
    chapters = {paper.chapter_name for paper in catalogue().values()}
    near = difflib.get_close_matches(name, sorted({*every, *catalogue(), *chapters}), n=4, cutoff=0.4)
    hint = f"; near: {', '.join(near)}" if near else ""
    return Problem(f"there is no notebook or chapter {name!r}{hint}")


def read(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))
