"""The picture library, its cropped copies, and the covers drawn for what has no picture."""
