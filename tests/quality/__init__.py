"""The code reads as agreed: tidy, typed, in layers, and without a trace of anybody's machine."""
