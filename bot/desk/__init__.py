"""Use cases of the porting desk: one public method is one transaction."""
