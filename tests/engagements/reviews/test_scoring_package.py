"""The arithmetic stands alone, in its order, and its page names what exists."""

import re
import sys
from importlib import import_module
from pathlib import Path

from engagements.reviews import scoring
from tests.project.sources import ROOT, imported

PLACE = "engagements.reviews.scoring"
MODULES = sorted(
    path
    for path in Path(scoring.__file__).parent.glob("*.py")
    if path.stem != "__init__"
)
LISTED = re.findall(r"^ {4}(\w+) {2,}\S", scoring.__doc__, re.MULTILINE)
PAGE = (ROOT / "docs/method.md").read_text(encoding="utf-8")


def test_every_module_is_listed_once():
    assert sorted(LISTED) == [path.stem for path in MODULES]


def test_each_imports_the_standard_library_and_what_is_listed_above_it():
    found = [
        f"{path.stem} imports {name}"
        for path in MODULES
        for _line, name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not is_above(name, path.stem)
    ]

    assert found == []


def is_above(name, module):
    above = LISTED[: LISTED.index(module)]
    return any(f"{name}.".startswith(f"{PLACE}.{one}.") for one in above)


def test_the_page_names_what_exists_and_every_module():
    named = set(re.findall(r"`(\w+)(?:\.(\w+))?(?:\(\w*\))?`", PAGE))
    modules = {one for one, _function in named} & set(LISTED)

    missing = [
        f"{module}.{function}"
        for module, function in named
        if function and module in LISTED
        if not hasattr(import_module(f"{PLACE}.{module}"), function)
    ]

    assert missing == []
    assert set(LISTED) - modules == {"ranges"}


def test_the_sections_named_in_the_code_stand_on_the_page():
    texts = [path.read_text(encoding="utf-8") for path in MODULES]
    named = {
        section
        for text in texts
        for match in re.findall(r"[Ss]ections? ([\d., and]+)|(?<=\. )(\d\.\d+)\.", text)
        for section in re.findall(r"\d(?:\.\d+)?", " ".join(match))
    }

    headings = set(re.findall(r"^## (\d(?:\.\d+)?) ", PAGE, re.MULTILINE))
    assert named <= headings
    assert len(named) > 15
