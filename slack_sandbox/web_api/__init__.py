"""The methods of the Web API that the app calls."""
