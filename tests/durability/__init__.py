"""Proofs that no count is lost: power cuts, killed desks, many processes at once, slow and failing cards."""
