"""What nobody means to type, send or put in a file: random keys, any text, hostile databases."""
