"""The ledger of all runs and the gallery that is made from it. Nothing in either is typed by hand."""
import base64
import json
import subprocess

from cli import notebooks
from cli.environment import NOTEBOOKS, ROOT

LEDGER = NOTEBOOKS / "ledger.json"
GALLERY = NOTEBOOKS / "README.md"
THUMBNAILS = NOTEBOOKS / "thumbnails"
CLAIMS = "application/vnd.reprise.claims+json"
SYMBOLS = {"holds": "✓", "fails": "✗", "not checked": "–", "not reproduced": "≠"}


def load():
    """The records, or none if the file is missing or cannot be read: runs make it anew."""
    try:
        records = json.loads(LEDGER.read_text(encoding="utf-8"))["papers"]
        assert all({"paper", "scale", "claims"} <= record.keys() for record in records)
        return records
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, TypeError, AssertionError, AttributeError) as broken:
        print(f"notebooks/ledger.json cannot be read ({broken}); it is made anew from the stored notebooks")
        return rebuilt()


def rebuilt():
    """What can be known without running: the claims in the notebooks' stored outputs."""
    records = []
    for path in notebooks.written().values():
        found = claims_of(notebooks.read(path))
        if found is not None:
            records.append(record(found, None, None))
    return records


def claims_of(notebook):
    """The last claims bundle in a notebook's outputs, or None."""
    bundles = [
        output["data"][CLAIMS] for cell in notebook["cells"] for output in cell.get("outputs", ())
        if CLAIMS in output.get("data", ())]
    return bundles[-1] if bundles else None


def record(found, seconds, memory):
    """One record of the ledger from a claims bundle and what was measured around it."""
    entry = {key: found[key] for key in ("paper", "scale", "backend", "seed")}
    if seconds is not None:
        entry |= {"seconds": round(seconds, 1), "peakMemoryMb": memory, "commit": commit()}
    return entry | {"versions": found.get("versions", {}), "claims": found["claims"]}


def commit():
    head = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return head.stdout.strip() or "unknown"


def vanished(found):
    """Ids that an earlier run of this paper recorded and this one does not know any more."""
    known = {claim["id"] for claim in found["claims"]}
    earlier = {claim["id"] for entry in load() if entry["paper"] == found["paper"] for claim in entry["claims"]}
    return sorted(earlier - known)


def store(entries):
    """Replaces the records of the same paper, scale and backend; sorted, one claim a line, so that branches merge."""
    key = lambda entry: (entry["paper"], entry["scale"], entry["backend"])  # noqa: E731
    every = {key(entry): entry for entry in [*load(), *entries]}
    write([every[k] for k in sorted(every)])


def write(records):
    blocks = []
    for entry in records:
        head = {k: v for k, v in entry.items() if k != "claims"}
        claims = ",\n".join("   " + line(claim) for claim in sorted(entry["claims"], key=lambda c: c["id"]))
        blocks.append(f"  {line(head)[:-1]}, \"claims\": [\n{claims}\n  ]}}")
    LEDGER.write_text('{"papers": [\n' + ",\n".join(blocks) + "\n]}\n", encoding="utf-8")


def line(value):
    return json.dumps(value, ensure_ascii=False)


def gallery():
    """Writes the gallery and the thumbnails."""
    papers, every = notebooks.catalogue(), notebooks.written()
    latest = {}
    for entry in load():
        if entry["paper"] not in latest or entry["scale"] == "full":
            latest[entry["paper"]] = entry
    here = [papers[slug] for slug in every if slug in papers]
    out = [
        "<!-- Made by `./reprise run`; do not edit. -->",
        "# Reprise: papers, replayed and checked", "",
        f"{len(here)} of {len(papers)} papers. Each notebook reruns the paper's experiment and ends in a table of "
        "checked claims. Every claim has a control: a plausible wrong answer that must fail the same test. "
        "✓ holds, ≠ not reproduced (with our diagnosis), ✗ fails, – not checked at this scale.", ""]
    if "tour" in every:
        out += ["New here? [A tour of the library](tour.ipynb).", ""]
    for chapter in sorted({paper.chapter for paper in here}):
        name = chapter.split("-", 1)[1].replace("-", " ")
        out += [f"## {chapter[:2]} · {name[0].upper() + name[1:]}", "",
                "| | paper | claims | run |", "|---|---|---|---|"]
        for paper in sorted((p for p in here if p.chapter == chapter), key=lambda p: p.slug):
            out.append(row(paper, latest.get(paper.slug)))
        out.append("")
    GALLERY.write_text("\n".join(out), encoding="utf-8")


def row(paper, entry):
    notebook = notebooks.read(paper.path)
    link = f"{paper.chapter_name}/{paper.slug}.ipynb"
    picture = thumbnail(paper, notebook)
    shown = f'<a href="{link}"><img src="{picture}" width="240" alt="{paper.slug}"></a>' if picture else ""
    cells = [shown, f"**[{clean(paper.title)}]({link})**<br>{clean(first_sentence(notebook))}", *run_of(entry)]
    return "| " + " | ".join(cells) + " |"


def run_of(entry):
    if entry is None:
        return ["not run yet", ""]
    marks = [SYMBOLS[claim["verdict"]] for claim in entry["claims"]]
    plural = {"holds": "hold", "fails": "fail"}
    counts = [f"{marks.count(symbol)} {plural.get(word, word)}" for word, symbol in SYMBOLS.items() if symbol in marks]
    cost = f"<br>{entry['seconds']:.0f} s, {entry['peakMemoryMb']} MB" if "seconds" in entry else ""
    return [f"{''.join(marks)}<br>{', '.join(counts)}", f"{entry['scale']}, {entry['backend']}{cost}"]


def clean(text):
    return " ".join(text.split()).replace("|", "\\|")


def first_sentence(notebook):
    """The first sentence after the title: the question that the paper answers."""
    text = "".join(notebook["cells"][0]["source"])
    paragraphs = [part for part in text.split("\n\n") if part.strip() and not part.startswith("#")]
    if not paragraphs:
        return ""
    sentence = " ".join(paragraphs[0].split())
    for mark in ("? ", ". "):
        if mark in sentence:
            return sentence.split(mark)[0] + mark.strip()
    return sentence


def thumbnail(paper, notebook):
    """Saves the stored figure that is marked as the thumbnail; its path from the gallery, or None."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if output.get("metadata", {}).get("reprise", {}).get("thumbnail") and "image/png" in output["data"]:
                THUMBNAILS.mkdir(exist_ok=True)
                (THUMBNAILS / f"{paper.slug}.png").write_bytes(base64.b64decode(output["data"]["image/png"]))
                return f"thumbnails/{paper.slug}.png"
    return None
