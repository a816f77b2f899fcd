"""What every form is made of: questions, elements, choices, what it holds, how it opens."""
