"""From a notebook and its parameters to a folder of finished documents.

Import from its modules: papermill and nbformat are heavy, and half of the commands do without.
"""
