"""The editors' desk for countries, people, bodies, themes and agreements: one module for each main record."""

from . import agreement, claims, country, forum, organisation, person, theme, working_group

__all__ = ["agreement", "claims", "country", "forum", "organisation", "person", "theme", "working_group"]
