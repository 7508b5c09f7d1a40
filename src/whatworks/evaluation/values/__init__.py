"""What is a value of a table that an analyst brings?"""
