"""What leaves the tool: the calendar, the poster, the document for the room's website."""
