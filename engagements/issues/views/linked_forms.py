"""What a side writes behind its link: each form by the name of its button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from engagements.commitments.queries import people_of
from engagements.issues import forms, queries
from engagements.issues.actions import (
    closing,
    correcting,
    escalating,
    opening,
    recording,
)
from engagements.issues.ladder import rung, steps_of
from engagements.issues.states import Action
from engagements.models import IssueSide, Side, Standing
from engagements.parties.forms.fields import Form
from engagements.parties.forms.shown import ShownForm
from engagements.web import carried_out


@dataclass(frozen=True)
class Part:
    """One form of the page, and the rule that says when it may be sent."""

    form: Form
    act: Callable[..., object]
    rule: Action

    def send(self) -> bool:
        """Do what it asks; False where it is wrong or refused, which it then says."""
        form = self.form
        if not form.is_valid():
            return False

        def once() -> object:
            return self.act(**form.cleaned_data)

        if isinstance(form, ShownForm):
            return carried_out(form, lambda: form.facing(once))
        return carried_out(form, once)


def parts(seat: IssueSide, said: QueryDict | None) -> dict[str, Part]:
    """Every form of a side; the one that was sent holds what was typed."""
    what = said.get("what") if said is not None else ""
    made = {}
    for name, (rule, make, act) in _of(seat).items():
        form = make(said if name == what else None, auto_id=f"{name}_%s")
        made[name] = Part(form, act, rule)
    return made


_Row = tuple[Action, Callable[..., Form], Callable[..., object]]


def _of(seat: IssueSide) -> dict[str, _Row]:
    issue, side = seat.issue, Side(seat.side)
    mine: dict[str, Any] = {"issue": issue, "side": side}
    today = timezone.localdate()
    return {
        "account": (
            Action.ACCOUNT,
            partial(forms.AccountForm, shown=queries.account_words(issue, side)),
            partial(opening.write_account, **mine, by=seat.contact),
        ),
        "facts": (
            Action.WORD,
            partial(forms.FactsForm, shown=queries.facts_words(issue)),
            partial(recording.word_facts, **mine),
        ),
        "correct": (Action.CORRECT, *_correct(seat)),
        "promise": (Action.PROMISE, *_promise(seat)),
        "close": (
            Action.CLOSE,
            partial(
                forms.CloseForm,
                initial={"outcome": issue.outcome, "check_days": issue.check_days},
            ),
            partial(closing.ask_to_close, **mine, today=today),
        ),
        "step_up": (
            Action.STEP_UP,
            forms.StepForm,
            partial(escalating.step_up, **mine, today=today),
        ),
    }


def _correct(seat: IssueSide) -> tuple[Callable[..., Form], Callable[..., object]]:
    mine: dict[str, Any] = {"issue": seat.issue, "side": seat.side, "by": seat.contact}
    return (
        partial(forms.CorrectForm, shown=queries.plain_words(seat.issue)),
        partial(correcting.correct, **mine),
    )


def _promise(seat: IssueSide) -> tuple[Callable[..., Form], Callable[..., object]]:
    """Of one's own side only: what the other will do is for it to say."""
    issue, side = seat.issue, Side(seat.side)
    place = getattr(issue.relationship, side.value)
    return (
        partial(
            forms.OwnPromiseForm,
            people=people_of(issue.relationship, side),
            initial={"owner": seat.contact_id},
        ),
        partial(
            recording.promise,
            issue=issue,
            side=side,
            own_side=side,
            by=Standing(seat.contact, place, role=""),
        ),
    )


def upwards(seat: IssueSide) -> dict[str, Any]:
    """Whom a step up would ask, or in words why nobody is; and who was asked."""
    steps = steps_of(seat.issue)
    above = rung(seat.issue, timezone.localdate(), steps)
    return {
        "steps": steps,
        "why_no_step": above.why_not,
        "asked_above": [person.name for person in above.people.values()],
    }
