"""Questions to the method that turn on one figure; each takes a method and a figure."""

from datetime import date, timedelta

from engagements.reviews.scoring.agreement import agreement
from engagements.reviews.scoring.change import change_test
from engagements.reviews.scoring.early_warning import Evidence, early_warning
from engagements.reviews.scoring.items import Answer, respondent_dimension
from engagements.reviews.scoring.momentum import momentum
from engagements.reviews.scoring.power import (
    Stance,
    action_burden,
    power,
    power_note,
)
from engagements.reviews.scoring.renewal import (
    ExitEvidence,
    exit_propensity,
    renewal_risk,
)
from engagements.reviews.scoring.status import Picture, status
from engagements.reviews.scoring.trend import ewma
from engagements.reviews.scoring.versions import Item, dimension_link
from engagements.reviews.scoring.weighting import weighted, weights_allowed

START = date(2024, 1, 15)
# 16 quarters to the day.
FOUR_YEARS = timedelta(days=1461)
# Waves of 4 and 6 people whose change has a chance of so many 210ths.
SCATTERED = {
    21: ([80, 100, 70, 40], [10, 30, 80, 40, 40, 30]),
    22: ([90, 20, 90, 80], [10, 40, 70, 30, 0, 50]),
    63: ([50, 60, 30, 40], [100, 10, 60, 80, 50, 100]),
    64: ([60, 40, 20, 10], [90, 0, 50, 40, 60, 100]),
}


def respondent(m, answered):
    given = [Answer(4)] * answered + [Answer(None)] * (100 - answered)
    return respondent_dimension(given, method=m) is not None


def coverage(m, share):
    found = weighted({"TRU": 50.0}, {"TRU": share, "DEL": 1 - share}, method=m)
    return found.value


def share_of_one(m, share):
    others = dict.fromkeys("ABCDE", (1 - share) / 5)
    return weights_allowed({"TRU": share} | others, method=m)


def spread(m, deviation):
    return agreement([[4 - deviation, 4 + deviation]], 7, method=m).band


def dominance(m, points):
    return power(Stance(voice=points), Stance(voice=0), method=m).label


def contradiction(m, points):
    client = Stance(dependence=points, voice=points)
    return power(client, Stance(0, 0), method=m).label


def subdued(m, voice):
    client, supplier = Stance(0, 100), Stance(100, voice)
    return power_note(power(client, supplier, method=m), client, supplier, method=m)


def tied(m, dependence):
    both = Stance(dependence, 50)
    return power_note(power(both, both, method=m), both, both, method=m)


def blend(m, _none):
    return round(power(Stance(0, 100), Stance(50, 0), method=m).dominance, 6)


def scattered(m, share):
    return change_test(*SCATTERED[share], method=m).label


def counted(m, sizes):
    before, after = sizes
    found = change_test([0.0] * before, [100.0] * after, method=m)
    return found.chance == found.least_chance


def separated(m, people):
    return change_test([0.0] * people, [100.0] * people, method=m).label


def effect(m, points):
    return change_test([0.0] * 4, [points] * 4, method=m).label


def waves(m, count):
    points = [(START + timedelta(days=91 * n), 50.0) for n in range(count)]
    return momentum(points, method=m)


def looks_back(m, count):
    return waves(m, count).waves, waves(m, count).early


def is_provisional(m, count):
    return waves(m, count).provisional


def slope(m, points):
    line = [(START, 48.0), (START + FOUR_YEARS, 48 + 16 * points)]
    return momentum(line, method=m).direction


def day_slope(m, points):
    line = [(START, 0.0), (START + timedelta(days=1), points)]
    return momentum(line, method=m).slope


def trend(figure):
    """A figure of the trend after four even waves and a last one."""

    def ask(m, last):
        return round(getattr(ewma([50.0] * 4 + [last], method=m), figure), 6)

    return ask


def burden(m, actions):
    return action_burden(*actions, method=m).one_sided


def level(name, figure=float):
    """The level that evidence amounts to, its one figure given by the case."""

    def ask(m, value):
        return early_warning(Evidence(**{name: figure(value)}), method=m).level

    return ask


def dropped(m, drop):
    found = Evidence(client_rate=0.9 - drop, client_rate_before=0.9)
    return early_warning(found, method=m).level


def watches(m, count):
    known = {"newly_split": True, "largest_gap": 30.0, "lowest_change": -20.0}
    found = Evidence(**dict(list(known.items())[:count]))
    return early_warning(found, method=m).level


def light(name, figure=float):
    """The light of a picture that is well but for one figure, given by the case."""

    def ask(m, value):
        well = {"client": 90.0, "supplier": 90.0} | {name: figure(value)}
        return status(Picture(**well), method=m).light

    return ask


def base(m, points):
    return status(Picture(points, points), method=m).base


def kept(m, count):
    old = {str(n): Item(1) for n in range(100)}
    new = {str(n): Item(1 if n < count else 2) for n in range(100)}
    return dimension_link(old, new, method=m)


def propensity(m, _none):
    known = ExitEvidence(40.0, 45.0, -6.0, 0.4, 0.5)
    return round(exit_propensity(known, method=m), 6)


def risk(figure):
    def ask(m, value):
        points, days = value if isinstance(value, tuple) else (value, 100)
        found = renewal_risk(points, None, days, decision_recorded=True, method=m)
        return getattr(found, figure)

    return ask
