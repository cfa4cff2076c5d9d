"""Language models behind one port: servers, files, guard, budget, recording, probe."""

__all__ = [
    "addresses",
    "budget",
    "call_files",
    "call_loop",
    "chat_guard",
    "chat_record",
    "fence",
    "gguf_server",
    "litellm_chat",
    "messages",
    "model_probe",
    "openai_chat",
    "prices",
    "server_facts",
]
