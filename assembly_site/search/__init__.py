"""One folded index over everything public, and the questions that are asked of it."""
