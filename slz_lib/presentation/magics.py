"""The IPython side of ``%%prose``; loaded by ``%load_ext slz_lib.presentation``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.display import display

from slz_lib.errors import ParameterError
from slz_lib.presentation.prose import prose

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


@magics_class
class ProseMagics(Magics):
    """Cell magics of the reports."""

    @cell_magic("prose")  # type: ignore[arg-type]  # IPython types it for functions only
    def show(self, line: str, cell: str) -> None:
        """Show the cell's Markdown with its expressions computed.

        Names of the notebook are at hand; an object named on the first line
        (``%%prose findings``) lends its own attributes as further names.
        """
        variables: dict[str, Any] = self.shell.user_ns if self.shell else {}
        names = {name: value for name, value in variables.items() if not name.startswith("_")}
        unknown = [lender for lender in line.split() if lender not in names]
        if unknown:
            raise ParameterError(
                f"Buňka %%prose se odvolává na „{unknown[0]}“, "
                "v\u00a0notebooku ale takové jméno není."
            )
        lenders = [names[lender] for lender in line.split()]
        display(prose(cell, names, lenders))


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register the magics (called by ``%load_ext``)."""
    shell.register_magics(ProseMagics)
