"""Start from one file with a row a person: what its columns hold, and what no column may hold.

`settings` is the protocol's `[data]`; `file` reads the file as text, `columns` and `time` make values of it, and
`people` hands the people on as units. A value that its column cannot have is refused, never guessed.
"""
