"""Branch coverage by probes in our own modules: slipcover notes, coverage.py judges.

On Python 3.11 the tracer of coverage.py slows everything down, Django too, to half its
speed; a probe costs next to nothing, and nothing outside our own code. With
PYTEST_PLUGINS=tests.probes each worker (-n 2) sets them before it imports anything of
ours. What they noted lands beside .coverage, as coverage.py keeps it.
Where the two name a branch differently and it cannot be told how, it counts as missed.
"""

from __future__ import annotations

import atexit
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import slipcover
from coverage import Coverage, CoverageData
from coverage.parser import PythonParser
from xdist.workermanage import NodeManager

Arc = tuple[int, int]
# A line that was reached, by whatever way.
FROM_OUTSIDE = -1
# To take a probe out again, once it was passed often, costs more than to pass it.
NEVER = 2**31 - 1
# Seconds a worker has to write down what it noted. After ten, as pytest-xdist has it, a
# busy machine kills it, and what it ran counts as never run.
TO_WRITE = 300


def pytest_configure() -> None:
    """Where the workers are ended: wait for them."""
    NodeManager.EXIT_TIMEOUT = TO_WRITE


def begin() -> None:
    """Put probes into every module of ours that is imported from now on."""
    config = Coverage().config
    found = slipcover.Slipcover(branch=True, d_miss_threshold=NEVER)
    ours = slipcover.FileMatcher(sources=config.source, omit=config.run_omit)
    slipcover.ImportManager(found, ours).__enter__()
    everything = [
        str(path.absolute())
        for source in config.source
        for path in Path(source).rglob("*.py")
        if ours.matches(path)
    ]
    # At the very end: the last fixtures run after all hooks of pytest.
    measured = CoverageData(str(Path(config.data_file).absolute()), suffix=True)
    atexit.register(keep, found, measured, everything)


def keep(
    found: slipcover.Slipcover, measured: CoverageData, everything: list[str]
) -> None:
    """Write down what was noted; what nobody imported counts as missed."""
    noted = found.get_coverage()["files"]
    measured.add_arcs(
        {str(Path(name).absolute()): list(arcs(name, noted[name])) for name in noted}
    )
    measured.touch_files(everything)
    measured.write()


def arcs(name: str, noted: dict) -> Iterator[Arc]:
    """The lines reached and the branches taken, in the words of coverage.py."""
    reached = set(noted["executed_lines"])
    yield from ((FROM_OUTSIDE, line) for line in reached)
    parser = PythonParser(filename=name)
    parser.parse_source()
    ways, known = branches(parser.arcs()), branches(noted["executed_branches"])
    for line, ends in branches(noted["missing_branches"]).items():
        known[line] |= ends
    for line, end in noted["executed_branches"]:
        yield line, renamed(end, known[line], ways[line])
    # Where slipcover sees no branch, between the handlers of an exception: a line to
    # which only one way leads says of the way that it was taken.
    leading = branches((end, line) for line, ends in ways.items() for end in ends)
    for line in ways.keys() - known.keys():
        yield from (
            (line, end) for end in ways[line] & reached if len(leading[end]) == 1
        )


def branches(arcs: Iterable[Iterable[int]]) -> dict[int, set[int]]:
    """The ends by the line where they part."""
    found = defaultdict(set)
    for line, end in arcs:
        found[line].add(end)
    return found


def renamed(end: int, known: set[int], ways: set[int]) -> int:
    """What coverage.py calls an end of a branch: told by what is left over."""
    mine, theirs = known - ways, ways - known
    return theirs.pop() if {end} == mine and len(theirs) == 1 else end


if "PYTEST_XDIST_WORKER" in os.environ:
    begin()
