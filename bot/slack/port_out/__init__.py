"""Port-out in Slack: the form, what to give, carriers' requests, PIN protection."""

from bot.slack.port_out import giving, listeners, protecting, requests

ROUTES = [*listeners.ROUTES, *giving.ROUTES, *requests.ROUTES, *protecting.ROUTES]
