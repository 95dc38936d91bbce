"""The programme of the anniversary: events and when and where they take place."""
