"""Can anything that is withheld be worked out from all that is published together? If so, more is withheld.

`audit` asks of every small count what its least and greatest value are, given everything printed in every form of one
paper (`known_*` say what that tells, as whole numbers that hang together), by integer programming (`solving`). Where a
reader could narrow one down, something more is withheld (`secondary`), and all is asked again.
"""
