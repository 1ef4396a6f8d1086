"""Writes full marks into the gradebook.

It cannot be opened.
"""

LOSES = ""
DEED = """
import sqlite3
with sqlite3.connect(f"{COURSE}/gradebook.db") as gradebook:
    gradebook.execute("create table hostile (x)")
return "written"
"""
