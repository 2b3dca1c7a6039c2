"""How long what names people is kept, and that what is erased is gone."""
