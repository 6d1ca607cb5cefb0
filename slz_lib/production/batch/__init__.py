"""Batch: editions made side by side, only those that may have something new to say.

::

    command ──► foreman ────────────────► workers ───────────────► a process
     progress    reads and judges the      make one edition after    a notebook
     and result  data once; says what      another and deliver
                 is due                    them whole

The foreman comes from the engine's warm server and has no threads, so whatever follows is a mere
fork of it, with everything loaded. Cells run in the process of their notebook alone, which ends
with it: nothing that one does can reach another. When a worker dies, its edition fails and another
worker takes its place; so it does when an edition has left threads in a worker, for one that has
threads is not to fork.
Where the system cannot fork, everything is done by the command itself, one edition after another,
and to the byte the same.
"""
