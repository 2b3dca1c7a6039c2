"""Opening hours that change, and what goes along with them."""
