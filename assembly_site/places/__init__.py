"""Regions, venues, and names that know their date."""
