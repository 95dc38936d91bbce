"""The Kazakh words that Django and its admin lack, or have wrong.

An app of its own, so that `make messages`, which sorts words by folder, never touches them.
"""
