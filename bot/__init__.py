"""Portdesk: a number-porting desk that lives in Slack."""
