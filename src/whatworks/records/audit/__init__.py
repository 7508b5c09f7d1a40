"""Remember what was done, in a chain that shows whether anything was cut out of it or altered.

A `Book` holds `Entry` after entry. `FileBook` keeps one in a folder of the user's, `StoreBook` in a partnership's
store; both keep a random key, with which `PersonKeys` makes people recognisable without saying who they are. `journal`
adds the deeds of the partnership to the store's chain: who did what, when, why, and to whose records.
"""
