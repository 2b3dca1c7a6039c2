"""A poor line: 9,600 baud and 300 ms each way, between a desk and the terminal it is on."""
