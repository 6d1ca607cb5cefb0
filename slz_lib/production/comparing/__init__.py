"""What was issued, compared: with another run (``slz diff``), with the data (``slz verify``).

Two executed notebooks are read as documents and compared part by part; what differs is written
for a terminal, as Markdown, or as a page. A proof makes editions again elsewhere and compares
digests; only where these differ, the same comparison says what.
"""
