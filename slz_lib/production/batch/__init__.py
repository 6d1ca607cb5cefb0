"""Batch: editions made side by side, only those that may have something new to say.

::

    command ──► foreman ────────────────► a process an edition ──► a process a notebook
     progress    reads and judges the      writes the documents,
     and result  data once; says what      delivers them whole
                 is due

The foreman comes from the engine's warm server and has no threads, so whatever follows is a mere
fork of it, with everything loaded. A process ends with its edition: nothing that one does can reach
another, and when one dies, one edition fails. Where the system cannot fork, everything is done by
the command itself, one edition after another, and to the byte the same.
"""
