"""What every use case stands on: the context, cases as facts, history, audit, refusals."""
