"""How do an agency's columns, codes and dates become ours?"""
