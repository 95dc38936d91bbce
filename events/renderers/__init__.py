"""The same programme in other formats."""
