"""Slack's limits as one table, so that no number is written twice (SLACK.md §1)."""

from types import MappingProxyType

LIMITS = MappingProxyType(
    {
        # views
        "view_title": 24,
        "view_blocks": 100,
        "private_metadata": 3000,
        "callback_id": 255,
        "external_id": 255,
        "view_bytes": 250_000,
        "view_stack": 3,
        # messages
        "message_blocks": 50,
        "message_text": 4000,
        # All texts of a message's blocks; undocumented, Slack answers so (bolt-js#2509).
        "message_characters": 13_200,
        "tables": 1,
        "table_rows": 100,
        "table_columns": 20,
        "markdown": 12_000,
        "metadata_bytes": 16_000,
        # blocks
        "section": 3000,
        "section_fields": 10,
        "section_field": 2000,
        "header": 150,
        "alert": 200,
        "actions": 25,
        "context": 10,
        "context_text": 2000,
        "label": 2000,
        "id": 255,
        # elements
        "button_text": 75,
        "button_value": 2000,
        "url": 3000,
        "alt_text": 2000,
        "placeholder": 150,
        "choices": 10,
        "overflow": 5,
        "select_options": 100,
        "option_text": 75,
        "option_value": 75,
        "confirm_title": 100,
        "confirm_text": 300,
        "confirm_button": 30,
        "text_input": 3000,
        "files": 10,
        "file_bytes": 10_000_000,
        # delivery
        "sockets": 10,
        "response_uses": 5,
        "home_blocks": 100,
    }
)
ACK_SECONDS = 3.0
TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60.0
POSTS_PER_SECOND = 1.0
POST_BURST = 4
