"""What changed between two runs of one edition, told as a reviewer would.

The two executed notebooks are read as documents, the documents are compared block by block, and
what differs is written for a terminal, as Markdown, or as a page.
"""
