"""One document model and its writers: page, Word, PDF and workbook."""
