"""Say how much an answer hangs on which records were taken for one person's.

Which records belong together is itself an estimate. `draws` joins them in other believable ways, `statistics.rubin`
puts the answers together, and `corrected` works out by formula what wrong links do to a rate.
"""
