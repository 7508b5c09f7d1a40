"""Who is tied to whom, and what goes with what: arithmetic on ties and labels, which knows no person.

`dominating_set` finds the fewest who reach everybody; `communities` divides a network where its ties are fewest;
`agreement` says how well two ways of dividing fit each other, beyond chance, and how often chance would do as well.
"""
