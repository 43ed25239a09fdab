"""Files to the model, with a problem for every fault of the author. The only reader of a publication's sources.

A package without names of its own: who looks at folders does not load what reads Word, Excel and pictures.
"""
