"""Did events move elsewhere when a place was treated, and against which places is that told? Arithmetic on counts.

`weighted_difference` compares treated and displacement areas with their controls; `ratio_of_ratios` does so where their
levels differ; `dispersion` says by how much counts vary beyond Poisson's; `controls` chooses what to compare with by
the trend before, and shows every other choice; `replacement` asks whether rivals came to where a group was removed.
"""
