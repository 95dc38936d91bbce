"""Plain pages: about, contacts, accessibility, privacy, open data."""
