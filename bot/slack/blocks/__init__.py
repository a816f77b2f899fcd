"""What stands in windows and messages: cards, lists, sentences, dates."""
