"""What "public" means: status, dates, addresses that last, starting content."""
