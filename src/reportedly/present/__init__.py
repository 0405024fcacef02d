"""Readings as a person reads them in a terminal: the marked text, the claims, and why each was made.

Everything is legible without colour: colour only repeats what brackets and words say.
"""
