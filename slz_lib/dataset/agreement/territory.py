"""Agreement within the territory: partnerships and their starts, tiles of the map."""

from __future__ import annotations

from collections.abc import Mapping

from slz_lib.dataset.cells import Checked
from slz_lib.dataset.faults import Fault


def territory_faults(tables: Mapping[str, Checked]) -> list[Fault]:
    """Faults between columns and rows of the territory."""
    return [*_partnerships(tables["partnerships"]), *_tiles(tables["orp"])]


def _partnerships(partnerships: Checked) -> list[Fault]:
    """The start is known exactly when it is given."""
    given = partnerships.sheet.text["since"].notna()
    said = partnerships.frame["since_known"]
    differs = (said != given).fillna(False).astype(bool)
    return partnerships.sheet.faults(
        differs,
        "since_known",
        "čeká se true, když je sloupec since vyplněn, jinak false",
    )


def _tiles(orp: Checked) -> list[Fault]:
    """Tiles are one wide, so those of one row stand a whole column apart."""
    placed = orp.frame.dropna(subset=["tile_row", "tile_column"])
    placed = placed.sort_values(["tile_row", "tile_column"], kind="stable")
    apart = placed.groupby("tile_row")["tile_column"].diff()
    beside = placed["id"].groupby(placed["tile_row"]).shift()
    wrong = apart.lt(1).reindex(orp.frame.index, fill_value=False)
    return orp.sheet.faults(
        wrong,
        "tile_column",
        lambda position, _: (
            f"dlaždice se překrývá s dlaždicí obvodu {beside[position]} v téže řadě; "
            "čeká se sloupec vzdálený aspoň o 1"
        ),
    )
