"""Which organisations a file names: grouped by number, else by name; known or new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from engagements.exchange.known import Known, KnownOrganisation
from engagements.exchange.remarks import Kind, Remark
from engagements.exchange.rows import Key, Party, name_of


@dataclass
class PlannedOrganisation:
    """An organisation of the file, with what an import would add to it."""

    key: Key
    line: int
    pk: UUID
    name: str
    known: KnownOrganisation | None
    aliases: list[str] = field(default_factory=list)
    numbers: list[Key] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """new, updated or unchanged."""
        if self.known is None:
            return "new"
        added = self.aliases or self.numbers or self.facts
        return "updated" if added else "unchanged"


class Named:
    """Everything a file says of one organisation, over all its rows."""

    def __init__(self, key: Key, line: int) -> None:
        self.key = key
        self.line = line
        self.spellings: Counter[str] = Counter()
        self.lines: dict[str, int] = {}
        self.numbers: dict[Key, None] = {}
        self.facts: dict[str, str] = {}

    def add(self, party: Party) -> None:
        """Take in one row's words; the first word on a fact counts."""
        if party.name:
            self.spellings[party.name] += 1
            self.lines.setdefault(party.name, party.line)
        self.numbers.update(dict.fromkeys(party.numbers))
        for name, value in party.facts:
            self.facts.setdefault(name, value)

    @property
    def name(self) -> str:
        """The spelling written most often, the first of several; else the number."""
        commonest = self.spellings.most_common(1)
        return commonest[0][0] if commonest else self.key[1]


def gathered(parties: Iterable[Party]) -> dict[Key, Named]:
    """The organisations of a file, in the order in which it names them."""
    found: dict[Key, Named] = {}
    for party in parties:
        if party.key not in found:
            found[party.key] = Named(party.key, party.line)
        found[party.key].add(party)
    return found


def planned(
    named: Named,
    known: Known,
    met: Iterable[KnownOrganisation] = (),
    *,
    by_name: bool = False,
) -> PlannedOrganisation:
    """What an import would do with one organisation.

    `met` are organisations on contracts the file names again: one of this name is
    the same, even when somebody gave it a number since. `by_name`: the file has no
    numbers to go by, so that the only organisation of this name is the same.
    """
    match = _match(named, known, list(met), by_name=by_name)
    if match is None:
        return PlannedOrganisation(
            named.key,
            named.line,
            uuid4(),
            named.name,
            None,
            [spelling for spelling in named.spellings if spelling != named.name],
            list(named.numbers),
            dict(named.facts),
        )
    plan = PlannedOrganisation(named.key, named.line, match.pk, match.name, match)
    if match.claimed and match is not known.own:
        return plan
    plan.numbers = [n for n in named.numbers if n not in known.by_number]
    if match is not known.own:
        heard = {match.name, *match.spellings}
        plan.aliases = [name for name in named.spellings if name not in heard]
        plan.facts = {
            name: value
            for name, value in named.facts.items()
            if not match.facts.get(name)
        }
    return plan


def _match(
    named: Named, known: Known, met: list[KnownOrganisation], *, by_name: bool
) -> KnownOrganisation | None:
    for number in named.numbers:
        if number in known.by_number:
            return known.by_number[number]
    schemes = {scheme for scheme, _number in named.numbers}
    names = {name_of(name) for name in named.spellings}
    if name_of(known.own.name) in names and _may_be(known.own, schemes):
        return known.own
    if named.numbers:
        return None
    same = [one for name in names for one in known.by_name.get(name, ())]
    bare = [one for one in same if not one.numbers]
    again = [one for one in same if any(one is other for other in met)]
    only = same if by_name and len({one.pk for one in same}) == 1 else []
    return next(iter([*bare, *again, *only]), None)


def _may_be(own: KnownOrganisation, schemes: set[str]) -> bool:
    """A name decides only where no number of the same scheme says otherwise."""
    return not schemes & {scheme for scheme, _number in own.numbers}


def remarks_on(
    named: dict[Key, Named], organisations: dict[Key, PlannedOrganisation]
) -> Iterable[Remark]:
    """What there is to say about the organisations of a file, once for each."""
    first: dict[str, PlannedOrganisation] = {}
    for key, one in named.items():
        name = organisations[key].name
        for spelling in one.spellings:
            if spelling != one.name:
                yield Remark(
                    Kind.NAME_SPELLED_DIFFERENTLY,
                    one.lines[spelling],
                    "",
                    _("“%(spelling)s” is kept as another name of “%(name)s”.")
                    % {"spelling": spelling, "name": name},
                )
        other = first.setdefault(name_of(one.name), organisations[key])
        if other.pk != organisations[key].pk:
            yield Remark(
                Kind.SAME_NAME_OTHER_NUMBER,
                one.line,
                "",
                _("“%s” stands in the file with another number as well.") % name,
            )
        if not one.numbers:
            yield Remark(Kind.NO_NUMBER, one.line, "", name)
        if (known := organisations[key].known) and known.archived:
            yield Remark(Kind.ARCHIVED_HERE, one.line, "", name)
