"""What could be better about the texts of the history."""

from assembly_site.backoffice.upkeep import keep_up
from assembly_site.backoffice.upkeep_rules import rules_of_a_text

from .models import AssemblySession, Body, Document, Milestone, Person, Stage

# A history stands on its sources: without one a text loses as much as without a language.
SOURCE = 25


def keep_up_history() -> None:
    for model in (Milestone, AssemblySession, Stage, Person, Body, Document):
        keep_up(model, rules_of_a_text(model, SOURCE), oldest_by="updated_at")
