"""By which values the index counts what a headline says of commitments."""

OF_THE_HEADLINE = {
    "firm": {"standing": "firm"},
    "soft": {"standing": "soft"},
    "overdue": {"schedule": "overdue"},
    "soft_past": {"schedule": "passed"},
    "completed": {"standing": "firm", "completed": "yes"},
    "claimed": {"standing": "firm", "completed": "yes", "progress": "complete", "assessment": "claimed"},
    "confirmed": {"standing": "firm", "completed": "yes", "progress": "complete", "assessment": "confirmed"},
}
