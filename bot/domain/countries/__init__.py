"""What each country allows: whether porting is possible, and its working days and windows."""
