"""A scheme given by area: how many areas there are decides what can be told, however many people live in them.

`given_by_area` says whether a scheme was; `Assignments` are the ways in which its areas could have been chosen, with
the smallest p that they allow; `permutation_p` and `inverted_interval` compare what happened with all of them; `cr2`
lets people of one area be alike; `plan` says how many areas a study needs.
"""
