"""The words that Django, its admin and the rich text editor lack, or have wrong.

An app of its own, so that `make messages`, which sorts words by folder, never touches them.
"""
