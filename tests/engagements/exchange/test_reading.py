"""Bytes into records: whatever a file is, it is read whole or refused in words."""

import contextlib
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from engagements.exchange import reading, workbooks
from engagements.exchange.reading import FAILED, UnreadableFileError, read_table


def cells_of(content, **settings):
    return [record.cells for record in read_table(content, **settings).records()]


def refusal(content, **settings):
    with pytest.raises(UnreadableFileError) as caught:
        read_table(content, **settings)
    return caught.value.message


def workbook(*rows, title="Contracts"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_record_may_span_lines_and_keeps_its_first_line():
    table = read_table(b'a,b\n"one\ntwo","x ""y"" z"\n3,4\n')

    assert [(r.line, r.cells) for r in table.records()] == [
        (2, ("one\ntwo", 'x "y" z')),
        (4, ("3", "4")),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_one(end):
    assert cells_of(end.join(["a,b", "1,2", ""]).encode()) == [("1", "2")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_records_agree_on(delimiter):
    rows = [["name", "value", "note"], ["Ash", "1", "a.b"], ["Elm", "2", "c d"]]
    content = "\n".join(delimiter.join(row) for row in rows).encode()

    assert cells_of(content) == [tuple(row) for row in rows[1:]]


def test_a_decimal_comma_does_not_make_commas_the_delimiter():
    assert cells_of(b"name;value\nAsh;1,50\nElm;2,75\n") == [
        ("Ash", "1,50"),
        ("Elm", "2,75"),
    ]


def test_a_delimiter_inside_quotation_marks_separates_nothing():
    content = b'name|note\nAsh|"a,b,c"\nElm|"d,e,f"\n'

    assert cells_of(content) == [("Ash", "a,b,c"), ("Elm", "d,e,f")]


def test_a_spreadsheets_own_line_about_the_delimiter_is_obeyed():
    table = read_table(b"sep=;\na;b\n1;2\n")

    assert table.headers == ("a", "b")
    assert [(r.line, r.cells) for r in table.records()] == [(3, ("1", "2"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_and_plain_unicode_is_read(encoding):
    assert cells_of("näme\nŁódź\n".encode(encoding)) == [("Łódź",)]


def test_other_letters_are_refused_with_their_place_and_read_when_told():
    content = "name,town\nZoë,Köln\n".encode("cp1252")

    assert "byte 12 (line 2)" in refusal(content)
    assert cells_of(content, encoding="cp1252") == [("Zoë", "Köln")]


def test_a_mark_of_the_file_wins_over_what_was_told():
    assert cells_of("a\nŁ\n".encode("utf-8-sig"), encoding="cp1252") == [("Ł",)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b" \n \n", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b"a,b\n", "a header and no rows"),
        (b"a,b\n\n,\n", "a header and no rows"),
        (b"a,b\n1,\0\n", "zero byte"),
        (b"\xd0\xcf\x11\xe0rest", "old kind"),
        (b"PK\x03\x04 not a workbook", "cannot be opened"),
        (b"\xff\xfe\0\0a\0\0\0", "UTF-32"),
        (b"\xff\xfea\0b", "not UTF-16"),
        (b'a,b\n1,2\n3,"never closed\n5,6\n', "Line 3: a quotation mark"),
        (b'a,b\n1,"x"y\n', "Line 2: a quotation mark"),
        (",".join("c" * 501).encode() + b"\n1\n", "501 columns"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, words):
    assert words in refusal(content)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 3)

    assert "at most 0 MB" in refusal(b"a,b\n1,2\n")


def test_columns_without_a_name_or_with_the_same_one_can_be_told_apart():
    table = read_table(b"name,,name, name \n1,2,3,4\n")

    assert table.headers == ("name", "Column 2", "name (2)", "name (3)")


def test_empty_rows_are_passed_over_but_counted_in_lines():
    assert [r.line for r in read_table(b"\n\na,b\n\n1,2\n,\n3,4\n").records()] == [5, 7]


def test_a_workbook_brings_days_and_numbers_of_its_own():
    content = workbook(
        ["Title", "Start", "Value", "Number"],
        ["Cleaning", date(2026, 3, 4), 1200.5, 63573932849],
        [None, None, None, None],
        ["Guards", date(2026, 5, 6), None, None],
    )
    table = read_table(content)

    assert table.headers == ("Title", "Start", "Value", "Number")
    assert [(r.line, r.cells) for r in table.records()] == [
        (2, ("Cleaning", date(2026, 3, 4), Decimal("1200.5"), Decimal(63573932849))),
        (4, ("Guards", date(2026, 5, 6), None, None)),
    ]


def test_a_formula_without_a_result_is_not_taken_for_an_empty_cell():
    assert cells_of(workbook(["a", "b"], ["x", "=1+1"], ["y", "#REF!"])) == [
        ("x", FAILED),
        ("y", FAILED),
    ]


def test_another_sheet_can_be_chosen_and_an_unknown_one_is_refused():
    book = Workbook()
    book.active.title = "Notes"
    book.create_sheet("Contracts").append(["a"])
    book["Contracts"].append(["1"])
    content = BytesIO()
    book.save(content)

    assert cells_of(content.getvalue(), sheet="Contracts") == [("1",)]
    assert "It has: Notes, Contracts." in refusal(content.getvalue(), sheet="Other")
    assert "is empty" in refusal(content.getvalue())


def test_a_small_workbook_that_unfolds_to_a_large_one_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_UNFOLDED", 1000)

    assert "unfolds to" in refusal(workbook(["a"], ["1"]))


def test_a_zip_file_that_is_no_workbook_is_refused():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("hello.txt", "hello")

    assert "cannot be opened" in refusal(content.getvalue())


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content):
    with contextlib.suppress(UnreadableFileError):
        list(read_table(content).records())
