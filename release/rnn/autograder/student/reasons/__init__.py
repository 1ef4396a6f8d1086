"""What is most likely wrong?"""
