"""The conversation of /port-in and of Change details: one modal, four steps and a last look."""
