"""How is a paper written as a file?"""
