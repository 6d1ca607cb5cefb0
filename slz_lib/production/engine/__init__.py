"""The papermill engine ``slz``: a notebook runs in a child forked from a server that is warm.

A stock kernel spends most of its time on starting, importing and stopping. The server imports the
libraries once and forks a child for each notebook; a child runs one notebook and dies, so notebooks
share nothing. Outputs go through nbclient's own code, so they are those of a kernel.
"""

#: Our engine, as papermill knows it.
SLZ = "slz"
#: The engine of papermill itself: the fallback where a process cannot be forked, and the measure
#: of what ours has to give.
NBCLIENT = "nbclient"
ENGINES = (SLZ, NBCLIENT)
