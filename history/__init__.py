"""The history of the Assembly: stages, milestones, sessions, people, bodies, documents."""
