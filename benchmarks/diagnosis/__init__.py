"""How many wrong programs are given the right reason?"""
