"""Words of a measure's card that are the same in every writer."""

from __future__ import annotations

#: What the official wording of a measure is called.
DESIGNATION_TERM = "Znění ve strategii"
#: What stands where a commentary would.
NO_COMMENTARY = "Komentář nebyl dodán."
