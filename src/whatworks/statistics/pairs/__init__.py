"""Who is near to whom, and how alike do they become?"""
