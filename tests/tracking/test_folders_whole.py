"""The whole plan folder: read, written, and refused with everything that is wrong at once."""

import time
from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings

from aop.calc.reading.folder_problems import FolderRefused, Ignored
from planning.folders.messages import MESSAGES
from planning.folders.sentences import ignored_sentence, problem_sentence
from tests.folder_strategies.tracking import plan_folders
from tests.plan_folders import IMPORT_COMPANY, changed, problems_of, sample_files
from tracking.folders.content import PlanFolder
from tracking.folders.storage import read_directory
from tracking.folders.whole import FILES, NEEDED_FILES, read_plan_folder, write_plan_folder


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Sentences are compared word for word."""
    with translation.override("en"):
        yield


def test_the_sample_is_written_back_byte_for_byte() -> None:
    files = sample_files()
    written = write_plan_folder(read_plan_folder(files))

    assert {name: written[name] for name in files if name in FILES} == {
        name: data for name, data in files.items() if name in FILES
    }
    assert sorted(written) == sorted(FILES)


def test_the_company_of_the_import_examples_loads() -> None:
    folder = read_plan_folder(read_directory(IMPORT_COMPANY))

    assert len(folder.lines) == 10
    assert folder.budget[4].amounts == (35_000_000,) * 12
    assert read_plan_folder(write_plan_folder(folder)) == folder


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan_folders())
def test_what_is_written_is_read_back(folder: PlanFolder) -> None:
    files = write_plan_folder(folder)

    assert read_plan_folder(files) == folder
    assert write_plan_folder(read_plan_folder(files)) == files


def test_four_files_are_enough() -> None:
    sample = sample_files()
    lines = sample["lines.csv"].splitlines()
    without_owners = [line.rsplit(b",", 1)[0] + b"\n" for line in lines]
    files = {name: sample[name] for name in NEEDED_FILES} | {"lines.csv": b"".join(without_owners)}
    folder = read_plan_folder(files)

    assert len(folder.lines) == 24
    assert folder.entries == ()
    assert set(folder.absent) == set(FILES) - set(NEEDED_FILES)


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_an_empty_file_means_none(content: bytes) -> None:
    files = {**sample_files(), "decisions.json": content, "commitments.csv": content}
    folder = read_plan_folder(files)

    assert (folder.decisions, folder.commitments) == ((), ())
    assert folder.absent == ("commitments.csv", "forecasts.csv", "counts.csv", "decisions.json")


@pytest.mark.parametrize("file", NEEDED_FILES)
def test_each_needed_file_is_asked_for(file: str) -> None:
    files = sample_files()
    del files[file]
    empty = {**files, file: b""}

    assert [(each.file, each.code) for each in problems_of(files)] == [(file, "file_missing")]
    assert [(each.file, each.code) for each in problems_of(empty)] == [(file, "file_empty")]


@pytest.mark.parametrize(
    ("file", "content", "row", "code"),
    [
        ("goals.json", b"\xef\xbb\xbf[]", 1, "byte_order_mark"),
        ("entries.csv", b"\xef\xbb\xbfid,date", 1, "byte_order_mark"),
        ("goals.json", "[]".encode("utf-16"), 1, "not_utf8"),
        ("entries.csv", "id,date\nE1,Tết".encode("cp1258", "replace") + b"\xff", 2, "not_utf8"),
        ("goals.json", b"{}", None, "file_not_list"),
        ("goals.json", b"[1]", 1, "not_object"),
        ("plan.json", b"[]", None, "file_not_object"),
        ("goals.json", b"null", None, "file_not_list"),
        ("plan.json", b"null", None, "file_not_object"),
        ("risks.json", b'[{"code": "R1",}]', None, "bad_json"),
        ("decisions.json", b'[{"date": NaN}]', None, "not_json_number"),
        ("entries.csv", b"id;date;line_code;amount\n", 1, "not_commas"),
        ("entries.csv", b'id,date,line_code,amount\n"E1,2026-01-01\n', 2, "bad_csv"),
        ("entries.csv", b"x" * (50 * 1024 * 1024 + 1), None, "file_too_large"),
    ],
)
def test_it_refuses_a_file_that_is_not_what_it_should_be(
    file: str, content: bytes, row: int | None, code: str
) -> None:
    found = [each for each in problems_of({**sample_files(), file: content}) if each.file == file]

    assert [(each.row, each.code) for each in found] == [(row, code)]


def test_an_unreadable_file_makes_nobody_else_guilty() -> None:
    for file in ("lines.csv", "people.json", "goals.json", "kpis.json", "initiatives.json"):
        found = problems_of({**sample_files(), file: b"\xff"})

        assert [(each.file, each.code) for each in found] == [(file, "not_utf8")]


def test_everything_wrong_is_said_at_once_in_the_order_of_the_files() -> None:
    files = sample_files()
    for file, old, new in (
        ("company.json", '"VND"', '"XXX"'),
        ("plan.json", '"review_day": 5', '"review_day": 0'),
        ("lines.csv", "0.75;0.25", "0.75;0.20"),
        ("lines.csv", ",capex,", ",assets,"),
        ("goals.json", '"K3"', '"K33"'),
        ("goals.json", '"rank": 3', '"rank": "third"'),
        ("entries.csv", "E0002,2026-01-03", "E0001,2027-01-03"),
        ("entries.csv", "58276000", "58.276.000"),
        ("reviews.json", '"2026-10"', '"2026-09"'),
    ):
        text = files[file].decode()
        assert old in text
        files[file] = text.replace(old, new, 1).encode()

    assert [(each.file, each.row, each.field, each.code) for each in problems_of(files)] == [
        ("company.json", None, "currency", "unknown_currency"),
        ("plan.json", None, "review_day", "out_of_range"),
        ("lines.csv", 3, "cash_lag", "lag_not_one"),
        ("lines.csv", 24, "kind", "not_choice"),
        ("goals.json", 2, "kpi_code", "unknown_kpi"),
        ("goals.json", 3, "rank", "not_integer"),
        ("reviews.json", 10, "month", "duplicate"),
        ("entries.csv", 3, "id", "duplicate"),
        ("entries.csv", 3, "date", "outside_year"),
        ("entries.csv", 5, "amount", "not_integer"),
    ]


ENTRY_HEAD = "id,date,line_code,amount,note,ref,source,initiative_code\n"


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("E1,2025-12-31,REV-ONL,1,,,,", "date", "outside_year"),
        ("E1,01/02/2026,REV-ONL,1,,,,", "date", "not_day"),
        ("E1,2026-02-30,REV-ONL,1,,,,", "date", "not_day"),
        ("E1,2026-02-01,REV,1,,,,", "line_code", "unknown_line"),
        ("E1,2026-02-01,,1,,,,", "line_code", "required"),
        ("E1,2026-02-01,REV-ONL,,,,,", "amount", "required"),
        ("E1,2026-02-01,REV-ONL,12tr,,,,", "amount", "not_integer"),
        ("E1,2026-02-01,REV-ONL,1,,,,I9", "initiative_code", "unknown_initiative"),
        (",2026-02-01,REV-ONL,1,,,,", "id", "required"),
        (f"E1,2026-02-01,REV-ONL,1,{'x' * 2001},,,", "note", "too_long"),
        (f"E1,2026-02-01,REV-ONL,1,,{'x' * 201},,", "ref", "too_long"),
        ("E1,2026-02-01,REV-ONL,1,a\x07b,,,", "note", "unprintable"),
        ("E1,2026-02-01,REV-ONL,1,one, two,,,", "", "ragged"),
    ],
)
def test_it_refuses_a_broken_entry(row: str, field: str, code: str) -> None:
    files = {**sample_files(), "entries.csv": (ENTRY_HEAD + row + "\n").encode()}

    assert [(each.row, each.field, each.code) for each in problems_of(files)] == [(2, field, code)]


def test_it_refuses_a_forecast_typed_twice() -> None:
    text = "line_code,month,amount,note,author,on\nREV-ONL,2026-11,1,,,\nREV-ONL,2026-11,2,,,\n"
    (problem,) = problems_of({**sample_files(), "forecasts.csv": text.encode()})

    assert (problem.row, problem.field, problem.code) == (3, "month", "duplicate")
    assert problem_sentence(problem) == (
        "forecasts.csv, row 3, month: “REV-ONL, 2026-11” already stands in row 2. "
        "Keep one, or change one of the two."
    )


def test_a_sentence_says_where_what_and_what_to_do() -> None:
    (problem,) = problems_of(changed("goals.json", '"K0"', '"K99"'))

    assert problem_sentence(problem) == (
        "goals.json, item 1, kpi_code: No KPI in kpis.json has the code “K99”. "
        "Correct it or add the KPI."
    )


def test_what_is_not_used_is_told() -> None:
    files = {**sample_files(), "notes.txt": b""}
    files["lines.csv"] = files["lines.csv"].replace(b",note,", b",remark,", 1)
    ignored = read_plan_folder(files).ignored

    assert Ignored("notes.txt") in ignored
    assert [ignored_sentence(each) for each in ignored if each.file == "lines.csv"] == [
        "lines.csv, row 1, remark: This is not used."
    ]


def test_every_message_takes_a_percent_sign_from_the_file() -> None:
    problems = problems_of(changed("goals.json", "0.45", '"45%(x)s"'))

    assert "“45%(x)s”" in problem_sentence(problems[0])


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_ends_as_a_sentence(code: str) -> None:
    with translation.override("en"):
        assert str(MESSAGES[code]).endswith(".")


def test_a_hundred_thousand_entries_are_read_in_seconds() -> None:
    files = sample_files()
    head, *rows = files["entries.csv"].splitlines()
    many = [b"X%d,%s" % (i, rows[i % len(rows)].split(b",", 1)[1]) for i in range(100_000)]
    files["entries.csv"] = b"\n".join([head, *many])
    started = time.process_time()
    entries = read_plan_folder(files).entries

    assert len(entries) == 100_000
    assert time.process_time() - started < 10  # about 2 on an idle machine


def test_refused_says_how_much() -> None:
    with pytest.raises(FolderRefused, match="8 problems"):
        read_plan_folder({"goals.json": b"[{}]"})
