"""What comes from outside on its way to ``data/``; nothing of it is believed before it is checked.

::

    a file ──► lines and cells ──► tables and doubts ──► an analyst ──► data/
               (a process apart)
"""
