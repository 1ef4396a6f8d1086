"""Opens the gradebook through sqlite3.

It cannot be opened.
"""

LOSES = ""
DEED = """
import sqlite3
with sqlite3.connect(f"file:{COURSE}/gradebook.db?mode=ro", uri=True) as gradebook:
    return gradebook.execute("select name from sqlite_master").fetchall()
"""
