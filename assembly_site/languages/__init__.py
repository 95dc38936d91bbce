"""Three languages in one row: fields, fallback, folding, slugs, sorting, dates."""
