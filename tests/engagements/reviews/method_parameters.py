"""From the thresholds of the file of cases to ours."""

from engagements.reviews.scoring.parameters import Method

# The file's name of each, and ours; one of the file may be several of ours.
PARAMETERS = {
    "k_side": ("least_per_side",),
    "k_sub": ("least_per_group",),
    "k_comment": ("least_for_comments",),
    "min_item_share": ("answered_share",),
    "min_weight_cov": ("least_coverage",),
    "green": ("green",),
    "amber": ("amber",),
    "side_cap_amber": ("weak_side",),
    "side_cap_red": ("failing_side",),
    "dim_cap": ("weak_dimension",),
    "gap_note": ("gap_note",),
    "gap_wide": ("gap_wide",),
    "gap_severe": ("gap_severe",),
    "rr_low": ("low_rate", "medium_rate"),
    "rr_drop": ("rate_drop",),
    "drop_warn": ("fall_warning",),
    "drop_alert": ("fall_alert",),
    "dim_drop": ("dimension_fall",),
    "decline3": ("two_falls",),
    "ewma_lambda": ("trend_memory",),
    "ewma_L": ("trend_limit",),
    "ewma_base": ("trend_baseline",),
    "sigma_floor": ("trend_floor",),
    "mom_band": ("momentum_band",),
    "mom_waves": ("momentum_waves",),
    "quarter_days": ("quarter_days",),
    "pb_tilt": ("power_tilted", "power_contested"),
    "pb_dom": ("power_dominated",),
    "alpha": ("clear_chance",),
    "alpha_possible": ("possible_chance",),
    "min_effect": ("least_effect",),
    "stale": ("stale_age",),
    "stale_conf": ("ageing",),
    "rw.intent": ("weight_intent",),
    "rw.health": ("weight_health",),
    "rw.decline": ("weight_decline",),
    "rw.silence": ("weight_silence",),
    "rw.actions": ("weight_actions",),
    "risk_med": ("risk_medium",),
    "risk_high": ("risk_high",),
}


def method_of(params):
    """The method a file speaks of: its thresholds, else the usual ones."""
    flat = {}
    for name, value in params.items():
        inner = value if isinstance(value, dict) else {"": value}
        flat |= {f"{name}.{key}".rstrip("."): one for key, one in inner.items()}
    return Method(**{ours: flat[name] for name in flat for ours in PARAMETERS[name]})
