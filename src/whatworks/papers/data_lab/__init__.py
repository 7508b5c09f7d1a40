"""How does the Justice Data Lab's form show it?"""
