"""The project: the roof that knows both apps, and the rooms that both share."""
