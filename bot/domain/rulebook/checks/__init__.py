"""One module for each chapter of the rule book: facts in, findings out."""
