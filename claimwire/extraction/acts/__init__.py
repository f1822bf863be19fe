"""Acts: what a speaker or an outlet does with words, such as asserting, denying or calling them untrue.

Of the extraction folders, it imports only the text.
"""
