"""Pages of programs for notes, of code sites and of chats, as plain lines."""

__all__ = ["card_text", "chat_lines", "page", "vault", "web_page"]
