"""What is handed out is whole: the wheel, and the instructions to use it."""
