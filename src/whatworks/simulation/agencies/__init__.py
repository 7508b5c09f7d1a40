"""What do agencies write down, and how badly?"""
