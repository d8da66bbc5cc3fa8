"""The stored speed report, without running a job."""
import json

from cli import bench

STORED = json.loads(bench.RESULTS.read_text())


def renewed(**changes):
    row = STORED["jobs"][3] | {"ours": 0.125, "peer": 1.0, "ratio": 8.0}
    return bench.renewed(STORED, {"machine": STORED["machine"] | changes, "jobs": [row]})


def test_a_run_of_one_job_renews_its_row_and_no_other():
    whole = renewed()
    assert [row["job"] for row in whole["jobs"]] == [row["job"] for row in STORED["jobs"]]
    assert whole["jobs"][3]["ours"] == 0.125 and whole["scaling"] == STORED["scaling"]
    assert [r for i, r in enumerate(whole["jobs"]) if i != 3] == [r for i, r in enumerate(STORED["jobs"]) if i != 3]


def test_rows_of_two_machines_are_not_mixed():
    for key, other in (("cpu", "another"), ("cores", 64), ("java", "17"), ("python", "3.12")):
        assert renewed(**{key: other}) is None


def test_the_page_is_made_from_the_stored_report():
    assert bench.PAGE.read_text() == bench.page(STORED)
    for job in bench.JOBS:
        assert f"| `{job.name}`: " in bench.PAGE.read_text()
