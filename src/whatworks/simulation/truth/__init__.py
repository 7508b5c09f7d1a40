"""What is true of them?"""
