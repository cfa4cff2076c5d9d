"""What a model can do, by its spec: from its record, or found out by asking it."""

from __future__ import annotations

from dataclasses import replace

from interviewer.chat.manners import capability_store
from interviewer.chat.manners.capability import Capability
from interviewer.chat.messages import ChatModel
from interviewer.common import system
from interviewer.errors import ModelError
from interviewer.specs.model_specs import (
    ModelOptions,
    is_decider,
    make_chat,
    make_keyless_chat,
    models_folder,
    record_key,
)


def capability_of(spec: str, options: ModelOptions | None = None) -> Capability:
    """The record of that model, without asking it anything: one that says nothing where nobody has
    asked it yet (`probed` is then ""). Raises UsageError for a spec that names no model."""
    options = options or ModelOptions()
    name, url = record_key(spec, options.base_url)
    found = capability_store.load(options.known or models_folder(), name, url)
    return found or Capability(spec=name, url=url)


def probed(
    spec: str,
    options: ModelOptions | None = None,
    *,
    server: str = "",
    context: int | None = None,
    long_prompt: bool = False,
    trusted: bool = True,
) -> Capability:
    """The record of that model after asking it anew, as a judge asks and otherwise; it is kept.

    server, context: what its server told of itself. long_prompt: also whether it cuts what is too
    long. trusted: with a key; a server that was found, not named, gets none. What keeps the model
    from being called at all is its `problem`. Raises UsageError for a spec that names no model.
    """
    options = replace(options or ModelOptions(), record=None, replay=None, rests=False)
    options = replace(options, known=options.known or models_folder())
    assert options.known is not None
    name, url = record_key(spec, options.base_url)
    record = Capability(spec=name, url=url, server=server, context=context)
    capability_store.save(options.known, record)
    try:
        if trusted:
            chat = make_chat(spec, options)
        else:
            chat = make_keyless_chat(spec.partition(":")[2], options.base_url or "", options)
        record = _asked(chat, record, long_prompt=long_prompt)
    except ModelError as error:
        record = record.model_copy(update={"problem": error.message, "hint": error.hint})
    learnt = capability_store.load(options.known, name, url)
    day = system.SystemClock().now().date().isoformat()
    changed = {"probed": day} | ({"manner": learnt.manner} if learnt else {})
    record = record.model_copy(update=changed)
    capability_store.save(options.known, record)
    return record


def _asked(chat: ChatModel, record: Capability, *, long_prompt: bool) -> Capability:
    from interviewer.chat.model_probe import probe
    from interviewer.grading.judges.judge_probe import probe_decider, probe_judge
    from interviewer.specs.judge_specs import new_marker

    if is_decider(record.spec):
        return probe_decider(chat, record)
    judged = probe_judge(chat, record, new_marker)
    return probe(chat, judged, long_prompt=long_prompt) if judged.answers else judged
