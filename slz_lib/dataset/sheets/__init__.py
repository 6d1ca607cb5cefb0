"""Tables as sheets of a workbook and back, and values as Czech programs spell them."""
