"""How wrong could it be through what nobody measured or knows?"""
