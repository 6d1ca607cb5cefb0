"""The title block of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from slz_lib.documents.model import Fact, Run, TitleBlock
from slz_lib.language import no_breaks

if TYPE_CHECKING:
    from slz_lib.vocabulary import Period


def title_block(
    period: Period,
    *,
    title: str,
    subtitle: str,
    subject: str,
    author: str,
    facts: Mapping[str, str],
    keywords: Sequence[str] = (),
    draft: bool = False,
) -> TitleBlock:
    """The first block of a document, from which its properties come.

    Args:
        period: the years it speaks of; its as-of day is the document's only clock.
        title: the document's title.
        subtitle: years and edition.
        subject: one sentence for the file's properties.
        author: the publishing body.
        facts: term → text under the title.
        keywords: for the file's properties.
        draft: whether every page is marked as a draft.
    """
    return TitleBlock(
        title=no_breaks(title),
        subtitle=no_breaks(subtitle),
        subject=subject,
        author=author,
        as_of=period.as_of,
        draft=draft,
        facts=tuple(
            Fact(term=no_breaks(term), text=(Run(text=no_breaks(text)),))
            for term, text in facts.items()
        ),
        keywords=tuple(keywords),
    )
