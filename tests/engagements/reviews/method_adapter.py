"""From the functions and figures of the file of cases to ours.

FUNCTIONS is the table: the file's name of a function, what computes it, and the file's
names of inputs and figures beside ours where they differ. What is more than a change of
names stands above it, as a function of the inputs.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from inspect import signature

from engagements.boards import loop
from engagements.contracts.terms import (
    Notice,
    add_months,
    count_working_days,
    on_or_before,
)
from engagements.parties.working_days import JointCalendar, WorkingCalendar
from engagements.reviews import calendar
from engagements.reviews.scoring import (
    agreement,
    change,
    confidence,
    disclosure,
    early_warning,
    gaps,
    health,
    items,
    mirror,
    momentum,
    outcome,
    power,
    promoters,
    reliability,
    renewal,
    sides,
    status,
    suppression,
    trend,
    versions,
    weighting,
)


@dataclass(frozen=True)
class Row:
    """A function of the file: ours, and the names that differ, theirs first."""

    ours: Callable
    inputs: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)

    def __call__(self, method, given):
        """The answer to the inputs of a case, in the file's words."""
        inputs = {self.inputs.get(name, name): one for name, one in given.items()}
        if "method" in signature(self.ours).parameters:
            inputs["method"] = method
        found = self.ours(**inputs)
        return renamed(found, self.figures) if self.figures else found


def renamed(record, figures):
    """A record's figures under the file's names; nothing stays nothing."""
    if record is None:
        return None
    return {theirs: getattr(record, ours) for theirs, ours in figures.items()}


def alike(*names, **others):
    """Figures of the same name, and the others: the file's name, then ours."""
    return dict(zip(names, names, strict=True)) | others


# What is more than a change of names.


def answer(x, lo=1, hi=7, *, reverse=False, weight=1):
    return items.Answer(x, lo, hi, reverse, weight)


def respondent_dimension(answers, method):
    return items.respondent_dimension([answer(**one) for one in answers], method=method)


def side_dimension(ys, method, mode="confidential"):
    return sides.side_dimension(ys, mode=sides.Mode(mode), method=method)


def weighted(profile, weights, method):
    found = weighting.weighted(profile, weights, method=method)
    return [found.value, found.coverage]


def cadences(age):
    """An age in cadences: given so, or as an age and a cadence in one unit."""
    if len(age) < 2:
        return next(iter(age.values()), 0) or 0
    old, cadence = (age[name] for name in sorted(age))
    return old / cadence


def confidence_of(n, eligible, method, *, split=False, **age):
    old = cadences(age)
    return confidence.confidence(n, eligible, split=split, age=old, method=method)


def power_of(d_c, d_s, v_c, v_s, method):
    client, supplier = power.Stance(d_c, v_c), power.Stance(d_s, v_s)
    return power.power(client, supplier, method=method)


def side_as_filed(found):
    cells = found.cells
    return {
        "profile": found.profile,
        "n_valid": {name: cell.n for name, cell in cells.items()},
        "state": {name: cell.state for name, cell in cells.items()},
        "overall": found.overall.value,
        "coverage": found.overall.coverage,
        "completed": found.completed,
    }


def pipeline(weights, client, supplier, method, mode="confidential"):
    people = [
        [{name: [answer(x) for x in row] for name, row in one.items()} for one in side]
        for side in (client, supplier)
    ]
    found = outcome.outcome(*people, weights, mode=sides.Mode(mode), method=method)
    return {
        "client": side_as_filed(found.client),
        "supplier": side_as_filed(found.supplier),
        "health": renamed(found.health, HEALTH),
        "gap": renamed(found.gap, GAP),
    }


def suppress_groups(groups, method, k=None):
    return suppression.suppress_groups(groups, k or method.least_per_group)


def momentum_of(points, method):
    known = [(date.fromisoformat(day), value) for day, value in points]
    return momentum.momentum(known, method=method)


def early_warning_of(method, rr=None, rr_prev=None, **given):
    rates, before = rr or {}, rr_prev or {}
    evidence = early_warning.Evidence(
        **{WARNING.get(name, name): value for name, value in given.items()},
        client_rate=rates.get("C"),
        supplier_rate=rates.get("S"),
        client_rate_before=before.get("C"),
        supplier_rate_before=before.get("S"),
    )
    found = early_warning.early_warning(evidence, method=method)
    rules = [f"{hit.rule}:{hit.level}" for hit in found.hits]
    return {"level": found.level, "rules": rules}


def status_of(method, flags=(), **given):
    known = {STATUS[name]: given.pop(name) for name in given.keys() & STATUS.keys()}
    known |= {"flags": [status.Flag(flag) for flag in flags], "age": cadences(given)}
    return status.status(status.Picture(**known), method=method)


def exit_propensity(method, **given):
    known = {EXIT[name]: value for name, value in given.items()}
    return renewal.exit_propensity(renewal.ExitEvidence(**known), method=method)


def cab_loop(recs):
    def recommendation(decision, in_sla=None, **rest):
        known = decision and loop.Decision(decision)
        return loop.Recommendation(decision=known, in_time=bool(in_sla), **rest)

    return loop.loop(recommendation(**one) for one in recs)


def closed(*holidays):
    days = frozenset(date.fromisoformat(day) for group in holidays for day in group)
    return JointCalendar((WorkingCalendar(closed=days),))


def schedule(anchor, months, i=1, hol_c=(), hol_s=()):
    both = closed(hol_c, hol_s)
    slot = add_months(date.fromisoformat(anchor), i * months)
    wave = calendar.wave_of(slot, calendar.FULL, both)
    return {
        "open": wave.opens_on,
        "reminders": calendar.reminders(wave.opens_on, both),
        "close": wave.closes_on,
        "extended_close": calendar.extended(wave.closes_on, both),
        "publish_by": wave.publish_by,
        "discuss_by": wave.discuss_by,
        "agree_by": wave.agree_by,
    }


def notice_deadline(end, days=None, months=None, **holidays):
    works = closed(*holidays.values()).works
    notice = Notice(days, "days") if months is None else Notice(months, "months")
    raw = notice.before(date.fromisoformat(end), works)
    last_safe = on_or_before(raw, works)
    target = count_working_days(last_safe, -10, works)
    return {"raw": raw, "last_safe": last_safe, "internal_target": target}


# The file's names, then ours.

HEALTH = alike("value", "state")
GAP = alike(
    *("signed", "widest", "coverage"),
    per_dim="by_dimension",
    mean_abs="mean_size",
    label="band",
)
CHANGE = alike("delta", p="chance", p_min="least_chance")
WARNING = {
    "H": "healths",
    "max_dim_gap": "largest_gap",
    "min_dim_change": "lowest_change",
}
STATUS = alike(
    "gap",
    h_c="client",
    h_s="supplier",
    dims="dimensions",
    max_dim_gap="largest_gap",
    rr_c="client_rate",
    rr_s="supplier_rate",
)
EXIT = alike(
    "intent",
    h="health",
    mom="momentum",
    rr="response_rate",
    on_time="on_time_rate",
)

FUNCTIONS = {
    "action_burden": Row(
        power.action_burden, figures=alike("imbalance", flag="one_sided")
    ),
    "agreement": Row(
        agreement.agreement,
        {"A": "options"},
        alike("rwg", "band", ad="deviation", ag="index"),
    ),
    "attack_mean": Row(disclosure.exposed_mean),
    "blind_spot": Row(mirror.blind_spots, {"self_x": "own", "other_of_x": "others"}),
    "cab_loop": Row(
        cab_loop,
        figures=alike(
            *("n", "answer_rate", "commitment_rate", "delivery_rate"),
            *("close_rate", "verified_rate", "open"),
            sla_rate="in_time_rate",
        ),
    ),
    "change_matched": Row(change.change_matched, {"diffs": "differences"}, CHANGE),
    "change_test": Row(
        change.change_test,
        {"a": "before", "b": "after"},
        alike("label", g="effect") | CHANGE,
    ),
    "confidence": Row(confidence_of),
    "cronbach_alpha": Row(reliability.cronbach_alpha),
    "dependence_facts": Row(
        power.declared_dependence, {"switch_months": "months_to_replace"}
    ),
    "display": Row(disclosure.displayed),
    "early_warning": Row(early_warning_of),
    "ewma": Row(
        trend.ewma,
        figures=alike(
            *("state", "signal"),
            center="centre",
            sigma="deviation",
            z="smoothed",
            lcl="lower",
            ucl="upper",
        ),
    ),
    "exit_propensity": Row(exit_propensity),
    "health": Row(health.health, {"h_c": "client", "h_s": "supplier"}, HEALTH),
    "is_complete": Row(
        items.is_complete, {"valid_dims": "valid", "scored_dims": "scored"}
    ),
    "item_score": Row(items.item_score, {"x": "value", "lo": "low", "hi": "high"}),
    "linked_change": Row(
        versions.linked_change,
        {"w_old": "old_weights", "w_new": "new_weights"},
        alike(
            *("state", "old", "new", "delta"),
            coverage_old="old_coverage",
            coverage_new="new_coverage",
        ),
    ),
    "may_publish_matched": Row(disclosure.may_publish_matched),
    "momentum": Row(
        momentum_of,
        figures=alike("slope", "provisional", label="direction", n="waves"),
    ),
    "notice_deadline": Row(notice_deadline),
    "nps": Row(promoters.promoter_score, figures=alike(nps="score", se="error")),
    "perception_gap": Row(gaps.perception_gap, {"c": "client", "s": "supplier"}, GAP),
    "pipeline": Row(pipeline),
    "power": Row(
        power_of,
        figures=alike(
            *("joint_dependence", "dominance", "basis", "label"),
            power_balance="balance",
            felt_voice_diff="voice_difference",
        ),
    ),
    "renewal_risk": Row(
        renewal.renewal_risk,
        {"p_c": "client", "p_s": "supplier"},
        alike("propensity", "band", "urgency", "risk"),
    ),
    "reopen_allowed": Row(disclosure.may_recompute, {"new_responses": "different"}),
    "respondent_dimension": Row(respondent_dimension),
    "response_rate": Row(confidence.response_rate),
    "schedule": Row(schedule),
    "se_fpc": Row(confidence.non_response_error, {"ys": "scores", "N": "population"}),
    "side_dimension": Row(side_dimension, figures=alike("n", "value", "state")),
    "status": Row(status_of, figures=alike("base", "caps", status="light")),
    "suppress_groups": Row(
        suppress_groups, figures=alike("published", "hidden", "empty")
    ),
    "watermelon": Row(
        status.watermelon,
        {
            "sla_pass_rate": "services_met",
            "h_c": "client",
            "del_c": "client_delivery",
        },
    ),
    "weighted": Row(weighted),
}
