"""What leaves the tool for people outside: the calendar, the poster for the door, the room's website.

None of it holds personal data: who leads, who signed up and why something was cancelled stay inside.
"""
