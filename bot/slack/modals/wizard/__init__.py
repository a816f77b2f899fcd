"""The engine of every form of several pages: a form is a description, what it does stands here."""
