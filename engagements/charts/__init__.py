"""Charts as text: plain values in, SVG and HTML out, escaped; no models, no request.

Positions are percentages in SVG attributes, so that a chart fills its place at any
width without inline style. A chart is never alone: the words beside it, or the list it
carries, hold every figure it shows.
"""

from engagements.charts.bars import Segment, bullet, segments
from engagements.charts.comparison import dumbbell_row
from engagements.charts.heat import Score, heat
from engagements.charts.key_dates import KeyDate, Option, Rail, key_date_rail
from engagements.charts.lines import dumbbell, sparkline
from engagements.charts.quadrant import Spot, quadrant
from engagements.charts.renewals import Renewal, renewals
from engagements.charts.waves import Wave, two_lines

__all__ = [
    "KeyDate",
    "Option",
    "Rail",
    "Renewal",
    "Score",
    "Segment",
    "Spot",
    "Wave",
    "bullet",
    "dumbbell",
    "dumbbell_row",
    "heat",
    "key_date_rail",
    "quadrant",
    "renewals",
    "segments",
    "sparkline",
    "two_lines",
]
