"""The finders: one room a question, none knowing another."""
