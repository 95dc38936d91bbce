"""The public surface: headers, template tags, what pages have in common."""
