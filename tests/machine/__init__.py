"""The machine in the room: that it can be left alone, and that it starts into the desk."""
