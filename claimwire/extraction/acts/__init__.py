"""Acts: what a speaker or an outlet does with words, such as asserting, denying or calling them untrue.

It imports the text alone.
"""
