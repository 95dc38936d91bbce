"""Formats that Django lacks; FORMAT_MODULE_PATH points here."""
