"""The words of JupyterLab's menus and dialogues in Czech, as its language packs have them."""
