"""Made-up events for load work: words from tables, dates and choices from a seed; none saved."""

from .programme import MadeUp, MadeUpProgramme, Surroundings
from .venues import VENUE_MARK, made_up_venues

__all__ = ["VENUE_MARK", "MadeUp", "MadeUpProgramme", "Surroundings", "made_up_venues"]
