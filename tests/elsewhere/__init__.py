"""Coming in from elsewhere with a key: as oneself, into hostdesk and into nothing else."""
