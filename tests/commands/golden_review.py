"""The golden reviews of the synthetic runs; ``python -m tests.commands.golden_review`` anew."""

from __future__ import annotations

from pathlib import Path

from slz_lib.production.comparing import rendering
from slz_lib.production.comparing.documents import review
from slz_lib.production.comparing.reviews import Comparison
from tests.commands.review_sample import after, before

FOLDER = Path(__file__).parent / "golden"


def rendered() -> dict[str, str]:
    """Every form of the review by its golden file's name; of the page what follows its style."""
    comparison = Comparison((review(before(), after(), "prehled"),))
    html = rendering.page(comparison)
    return {
        "review.txt": rendering.text(comparison),
        "review.md": rendering.markdown(comparison),
        "review.html": html[html.index("<body>") :],
    }


if __name__ == "__main__":
    for name, content in rendered().items():
        (FOLDER / name).write_text(content, encoding="utf-8", newline="\n")
