"""Refuges: is demand met, where do people wait and come from, and where would more places help?"""
