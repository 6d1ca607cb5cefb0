"""From a notebook and its parameters to a folder of finished documents."""

from slz_lib.production.edition import Edition, produce
from slz_lib.production.workplace import Workplace, locate

__all__ = ["Edition", "Workplace", "locate", "produce"]
