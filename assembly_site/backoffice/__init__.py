"""The editors' side: accounts, roles, the admin site and what its screens share."""
