"""Batch: all editions of a period, made side by side, only those that have something new to say.

::

    command ──► foreman ─────────────────────► workers ──────────────► notebooks
     progress    reads and judges the data      each makes one edition   a child each
     and result  once; decides what is due      after another

The foreman comes from the engine's warm server and has no threads, so a worker is a mere fork of it
and a notebook's child a mere fork of a worker, with everything loaded. A child dies with its
notebook: nothing that one does can reach another. A worker writes the documents and delivers them
whole; when it dies, one edition fails and another worker takes its place.
"""
