"""Batch: editions made side by side, only those that may have something new to say.

::

    command ──► foreman ────────────────► a worker an edition ───► a process
     progress    reads and judges the      writes and delivers it    a notebook
     and result  data once; says what      whole
                 is due

The foreman comes from the engine's warm server and has no threads, so whatever follows is a mere
fork of it, with everything loaded. Cells run in the process of their notebook alone, which ends
with it: nothing that one does can reach another. When a worker dies, its edition fails. A worker
may start threads once its notebook has ended: it forks nothing more.
Where the system cannot fork, everything is done by the command itself, one edition after another,
and to the byte the same.
"""
