"""From a notebook and its parameters to a folder of finished documents.

Import from the modules: papermill and nbformat are heavy, and half of the commands do not need them.
"""
