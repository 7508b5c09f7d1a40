"""What is left of a difference once what is known is allowed for?"""
