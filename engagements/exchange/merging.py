"""What a file says of one contract beside what is kept of it here.

A value changed by hand since the last import stays: the file wins only where it says
something else than it said last time, and nobody touched the value in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from engagements.contracts.figures import terms_of
from engagements.contracts.terms import TermsError
from engagements.exchange.fields import OF_TERMS
from engagements.exchange.known import TERMS, KnownContract, written
from engagements.exchange.plan import PlannedContract
from engagements.exchange.remarks import Kind, Remark
from engagements.models import Contract, Side

# A field that stands at its default was never filled in.
_DEFAULTS = {
    name: getattr(Contract._meta.get_field(name), "default", None)
    for name in ("renewal", "client_notice_unit", "supplier_notice_unit", "value_basis")
}
_UNTOLD = object()


def merge(contract: PlannedContract) -> Iterator[Remark]:
    """Work out what differs from what is kept; yields what was left alone."""
    values = _told(contract)
    if contract.known is None:
        contract.changed = values
        yield from _without_title(contract)
        return
    for name, value in values.items():
        if _is_settled(contract.known, name, value):
            continue
        if _is_touched(contract.known, name):
            yield _left_alone(contract, name, value)
        else:
            contract.changed[name] = value
    yield from _refuse_disorder(contract)
    contract.terms = {
        term: contract.changed.get(term, contract.known.facts[term]) for term in TERMS
    }


def gaps_of(contract: PlannedContract, side: Side) -> Iterator[Remark]:
    """What nobody has said of a contract, in the file or here."""
    if not contract.line:
        return
    facts = {**(contract.known.facts if contract.known else {}), **contract.changed}
    name = facts.get("title", "")
    gaps = (
        (Kind.MISSING_NOTICE_PERIOD, facts.get(f"{side}_notice") is None),
        (Kind.MISSING_END, _needs_end(facts)),
        (Kind.MISSING_VALUE, facts.get("value") is None),
    )
    for kind, is_missing in gaps:
        if is_missing:
            yield Remark(kind, contract.line, "", name)


def _needs_end(facts: dict[str, Any]) -> bool:
    evergreen = facts.get("renewal") == Contract.Renewal.EVERGREEN
    told = facts.get("end_on") or facts.get("initial_months")
    return not (told or evergreen)


def _told(contract: PlannedContract) -> dict[str, Any]:
    """Every field the file has something to say about, terms as amended."""
    told = dict(contract.facts)
    for term in TERMS:
        if contract.original[term] is not None and contract.line:
            told[f"original_{term}"] = contract.original[term]
        if contract.terms[term] is not None:
            told[term] = contract.terms[term]
    return told


def _is_settled(known: KnownContract, name: str, value: Any) -> bool:
    """The file says what is kept, or says again what it said last time."""
    text = written(value)
    if text == written(known.facts.get(name)):
        return True
    return known.imported.get(name, _UNTOLD) == text


def _is_touched(known: KnownContract, name: str) -> bool:
    """Somebody wrote another value than the last import did."""
    kept = known.facts.get(name)
    if kept in (None, "") or kept == _DEFAULTS.get(name, _UNTOLD):
        return False
    return known.imported.get(name, _UNTOLD) != written(kept)


def _left_alone(contract: PlannedContract, name: str, value: Any) -> Remark:
    known = contract.known
    kept = written(known.facts.get(name)) if known else None
    return Remark(
        Kind.CHANGED_HERE,
        contract.line,
        contract.key,
        _("%(field)s: the file says %(file)s, %(kept)s was written here and stays.")
        % {"field": name, "file": written(value), "kept": kept},
    )


def _refuse_disorder(contract: PlannedContract) -> Iterable[Remark]:
    """What the file says beside what was kept by hand must not contradict itself."""
    known = contract.known
    if known is None:
        return
    facts = {**known.facts, **contract.changed}
    try:
        terms_of(Contract(**{name: facts[name] for name in OF_TERMS}))
    except TermsError:
        for name in sorted(OF_TERMS & contract.changed.keys()):
            yield _left_alone(contract, name, contract.changed.pop(name))


def _without_title(contract: PlannedContract) -> Iterator[Remark]:
    if contract.changed.get("title"):
        return
    contract.changed["title"] = (
        contract.key or _("Contract of %s") % (contract.terms["start_on"])
    )
    yield Remark(
        Kind.MISSING_TITLE,
        contract.line,
        "",
        _("Named “%s”.") % contract.changed["title"],
    )
