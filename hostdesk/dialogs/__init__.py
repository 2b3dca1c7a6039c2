"""What is put over a screen for a moment."""
