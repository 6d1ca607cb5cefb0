"""The tables of ``data/``: one loader, one frozen value that holds them."""

from slz_lib.dataset.dataset import Dataset
from slz_lib.dataset.loading import load

__all__ = ["Dataset", "load"]
