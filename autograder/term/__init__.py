"""What lasts longer than an assignment? A term: its end, and the next one."""
