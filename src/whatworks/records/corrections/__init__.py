"""What was set aside, and how is it put right?"""
