"""The history for programs: search engines, readers, spreadsheets."""
