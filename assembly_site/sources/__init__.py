"""Where a fact was read: sources, and the citations that tie them to what the site says."""
