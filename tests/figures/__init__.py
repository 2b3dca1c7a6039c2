"""The figures: what each is made of, what is missing, and how a report says so."""
