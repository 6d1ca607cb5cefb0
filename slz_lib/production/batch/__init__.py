"""Batch: all editions of a period, made side by side, only those that have something new to say.

::

    command ──► foreman ──► edition ──► notebook        a process each
     progress    data read and judged once;  run, render,
     and result  decides what is to be made  deliver whole

The foreman comes from the engine's warm server and has no threads, so every edition is a mere fork
of it. An edition's process dies with its edition: nothing that one does can reach another.
"""
