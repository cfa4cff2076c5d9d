"""What is said back to what is no answer, in the bank's words or the program's; pure.

None of it says a criterion, and none of it how good an answer was, save what was heard so far where
that was asked. Wordings are fixed by the number of their event, so that a replay says the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from interviewer.answer_text.normalize import content
from interviewer.answer_text.spans import marked_sentences
from interviewer.bank.questions import Question, QuestionKind
from interviewer.common.text import plural
from interviewer.interview.own_word import moments
from interviewer.interview.talk import subject
from interviewer.interview.talk.tails import Tail, TailKind
from interviewer.session import graded_answers
from interviewer.session.events import Style, UtteranceKind
from interviewer.session.record import Record, Session

_EXPECTED: dict[QuestionKind, str] = {
    "definition": "I am after what it is, in a few sentences of your own.",
    "formula": "I am after the formula, in words or in symbols, with what its parts stand for.",
    "list": "I am after a list: name each item and say a few words on it.",
    "contrast": "I am after the difference: what holds on one side and not on the other.",
    "why": "I am after the reasons, in your own words; a formula is welcome and not needed.",
    "quick-fire": "A few words are enough.",
}
_PROBE_EXPECTED = "A sentence or two in your own words will do."


def expected(kind: QuestionKind, *, probe: bool) -> str:
    """What kind of answer is wanted, in a sentence that says nothing of its content."""
    return _PROBE_EXPECTED if probe else _EXPECTED[kind]


@dataclass(frozen=True)
class Standpoint:
    """Where the interview stands when something is said.

    record: what happened on the question under way. question: as the bank has it. heard: the words
    that counted so far, and those that half did. left: seconds on a clock; None without one. live:
    whether somebody can be asked.
    """

    session: Session
    record: Record
    question: Question
    heard: tuple[Sequence[str], Sequence[str]] = ((), ())
    left: int | None = None
    live: bool = True

    @property
    def probing(self) -> bool:
        """Whether a follow-up is open rather than the question itself."""
        return self.record.turns[-1].probe is not None

    @property
    def asked(self) -> str:
        """The words put last."""
        return self.record.asked(self.record.turns[-1])

    @property
    def expected(self) -> str:
        """What kind of answer is wanted."""
        return expected(self.question.kind, probe=self.probing)

    def pick(self, *options: str) -> str:
        """One of the options, fixed by the number of the event to come."""
        return options[(self.session.last_seq + 1) % len(options)]


def reply(kind: UtteranceKind, said: str, now: Standpoint) -> str:
    """What is said back; "" for the kinds that the program carries out instead."""
    match kind:
        case "thinking":
            return _thinking(now)
        case "repeat":
            return _repeated(now)
        case "rephrase":
            return _rephrased(now)
        case "define":
            return _defined(said, now)
        case "example":
            return _example(now)
        case "on-track":
            return _on_track(now)
        case "remaining":
            return _remaining(now)
        case "small-talk":
            return _small_talk(said, now)
        case "protest":
            return _protest(now)
        case "clarify":
            return _clarified(said, now)
    return ""


_BESIDE: dict[TailKind, tuple[str, ...]] = {
    "view": (
        "What I think of it I keep to the end.",
        "My view of it you hear when we are through.",
    ),
    "check": (
        "Whether that is right I keep to the end.",
        "That you hear when we are through.",
    ),
    "offer": (
        "Leave it there; what I think of it comes at the end.",
        "I take it as it is; you hear at the end.",
    ),
    "request": (
        "I take your answer as it is; in a run like this one I do not help.",
        "No help on this one; I take what you have.",
    ),
    "back": (
        "Good question; you see what I make of it at the end.",
        "A good thing to ask; first your answer.",
        "I come to that at the end, when you see everything.",
    ),
}


def beside(tail: Tail, now: Standpoint) -> str:
    """What is said to what came with an answer, before that is graded; "" where the reply comes after
    it, and for a protest where nothing was graded yet."""
    plan = now.session.started.plan
    if tail.kind in ("view", "check", "offer") and not (plan.silent or plan.self_graded):
        return ""
    if tail.kind == "request" and plan.probes and not now.question.quick_fire:
        return ""
    if tail.kind != "protest":
        return now.pick(*_BESIDE[tail.kind])
    settled = moments.when(now.session, live=now.live)
    if settled == "never":
        return ""
    opening = now.pick(
        "I have noted what you say of the grade.", "About the grade: you may be right."
    )
    later = "'interviewer appeal' has it" if settled == "after-session" else "/dispute settles it"
    rest = {"question-over": "You settle it when this question is over."}
    return f"{opening} {rest.get(settled, f'It is on record; {later}.')}"


def brought(kind: UtteranceKind, said: str, now: Standpoint) -> str:
    """The help that was asked for at the end of an answer, on the way to the follow-up that is open."""
    if kind == "define" and (term := term_asked(said, now.question)) is not None:
        return f"You asked: by “{term}” I mean this: {now.question.terms[term]}"
    if kind == "example" and now.question.example:
        return f"As you asked for a case: {now.question.example}"
    if kind in ("rephrase", "repeat", "clarify"):
        return now.pick("Let me ask it in another way, then.", "Then let me put it like this.")
    return now.pick(
        "Take this as a hint:",
        "Here is a hint:",
    )


def easier(now: Standpoint) -> str:
    """The easier way into the question; "" where there is none, or it may not or need not be shown."""
    offered = any(
        aside.event == "remarked" and aside.kind == "dont-know"
        for turn in now.record.turns
        for aside in turn.asides
    )
    if now.session.started.plan.cold or now.probing or offered or not now.question.easier:
        return ""
    opening = now.pick("No matter.", "That is fine.", "Let us start smaller.")
    return f"{opening} {now.question.easier}"


def in_other_words(kind: UtteranceKind, said: str, now: Standpoint) -> bool:
    """Whether the bank has no words of its own for this, so that a language model may find some."""
    match kind:
        case "rephrase":
            return not _other_wording(now)
        case "define":
            return term_asked(said, now.question) is None
        case "clarify":
            return True
    return False


def term_in(said: str, question: Question) -> str | None:
    """The longest term of the question that these words name; None if they name none."""
    line = _letters(said)
    named = [term for term in question.terms if _letters(term) in line]
    return max(named, key=len, default=None)


def term_asked(said: str, question: Question) -> str | None:
    """The term whose meaning is asked for; None where these words ask for another one, or name none."""
    # Its patterns take longer to compile than a first question should wait.
    from interviewer.interview.talk import asking_back  # noqa: PLC0415

    word = asking_back.asked_word(said)
    if not word:
        return term_in(said, question)
    return term_in(word, question)


def _letters(text: str) -> str:
    """Letters and digits alone, with a space at either end."""
    return " ".join(("", *re.findall(r"[^\W_]+", text.casefold()), ""))


def _repeated(now: Standpoint) -> str:
    """The question, and the follow-up that is open."""
    opening = now.pick("Once more:", "Of course:", "Here it is again:")
    prompt = now.record.question.prompt
    return (
        f"{opening} {prompt} And then I asked: {now.asked}"
        if now.probing
        else f"{opening} {prompt}"
    )


def _thinking(now: Standpoint) -> str:
    if now.left is not None:
        return now.pick("Take a moment; the clock runs on.", "Go ahead when you are ready.")
    styles: dict[Style, tuple[str, ...]] = {
        "friendly": ("Take your time.", "No hurry at all.", "Take all the time you need."),
        "neutral": ("Take your time.", "No hurry.", "Go ahead when you are ready."),
        "tough": ("Take your time.", "Think, then be exact."),
    }
    return now.pick(*styles[now.session.started.plan.style or "neutral"])


def _rephrased(now: Standpoint) -> str:
    words = _other_wording(now)
    if not words:
        return f"I have no better words for it; {_lower(now.expected)} Once more: {now.asked}"
    opening = now.pick("In other words:", "Put differently:", "Let me try again:")
    return f"{opening} {words}"


def too_soon(now: Standpoint) -> str:
    """To who has not answered yet what a grade or a follow-up took for an answer."""
    return f"Ah, sorry, I was too quick. Take your time: {now.asked}"


def without_hint(now: Standpoint) -> str:
    """To who asks for a hint where the bank has none left."""
    if words := _other_wording(now):
        return f"{now.pick(*_REPUT)} {words}"
    return now.pick(
        "I have no further hint, so start with the part that you know best.",
        "That was all the help I have. Which part of it can you say something about?",
    )


def _other_wording(now: Standpoint) -> str:
    """What is asked in the bank's other words; "" where it has none.

    A follow-up has those of another one on the same point that was not put yet.
    """
    probe = now.record.turns[-1].probe
    if probe is None:
        return now.question.again or ""
    criterion = now.record.question.criterion(probe.criterion)
    written = [p.text for p in now.record.question.probes if p.criterion == criterion.id]
    if criterion.settle:
        written.append(criterion.settle)
    spent = now.record.shown
    return next((text for text in written if text not in spent), "")


_FORM = re.compile(
    r"\b(?:formulas?|equations?|words|symbols|lists?|bullet|details?|idea|intuition|(?<!fall )(?<!falls )short|long"
    r"|brief|names?|sentences?|keywords?|code|pseudocode|examples?|maths?|derivation|numbers|step by step)\b",
    re.IGNORECASE,
)


def _clarified(said: str, now: Standpoint) -> str:
    """To a choice that is not about the form of the answer: the question in its other words, or, where there
    are none, where to begin."""
    if now.probing and (named := _supposed(said)):
        return _yes_or_no(named, now)
    if _OFFERS.search(said):
        return f"You may, in a sentence. What I ask is this: {now.asked}"
    if not _CHOOSES.search(said) or _FORM.search(said):
        return now.expected
    if _is_free(said, now):
        return now.pick(
            "Either is fine; take the one you know better.",
            "Either; take whichever comes easier to you.",
        )
    if words := _other_wording(now):
        return f"{now.pick(*_REPUT)} {words}"
    if not subject.told(now.question) & set(content(said)):
        return now.pick(
            "You need not settle that first; the question is meant just as it stands.",
            "No need to decide that; answer it as it stands.",
        )
    return now.pick(
        "Start with the one you know better; I will ask if I want the other.",
        "Begin with either of them, and I will ask on from there.",
    )


def _supposed(said: str) -> str:
    # Its patterns take longer to compile than a first question should wait.
    from interviewer.interview.talk import asking_back  # noqa: PLC0415

    return asking_back.supposed(said)


def _is_free(said: str, now: Standpoint) -> bool:
    """Whether of two things that are named it makes no difference which is meant: neither is in the answer."""
    named = set(content(said)) - set(content(f"{now.asked} {now.record.question.prompt}"))
    return bool(_WHICH_OF.search(said)) and not subject.told(now.question, accepted=True) & named


def _yes_or_no(named: str, now: Standpoint) -> str:
    """To who asks whether that is meant by the follow-up: yes where its words are those of the follow-up or of
    what it leads to, else an honest half sentence; and the follow-up again."""
    probe = now.record.turns[-1].probe
    assert probe is not None, "what is meant by a follow-up is asked while one is open"
    criterion = now.question.criterion(probe.criterion)
    words = set(content(named)) - _POINTING
    known = set(content(" ".join((now.asked, criterion.statement, *criterion.accepts))))
    other = _other_wording(now) or now.asked
    if _CHOICE_OR_DENIAL.search(named):
        meant = _meant(named, known)
        return f"{meant} {_in_short(now.asked)}" if meant else f"{EITHER} {other}"
    if words and words <= known | set(content(now.record.question.prompt)):
        return f"Yes, that one. {_in_short(now.asked)}"
    return f"{TAKE_IT_SO} {other}"


def _meant(named: str, known: Set[str]) -> str:
    """Which of two things is meant, by the words that only that one shares with what is asked; "" where
    these do not tell."""
    first, _, second = named.partition(" or ")
    here, there = (len(set(content(part)) & known) for part in (first, second))
    if not second or here == there:
        return ""
    return "The first." if here > there else "The second."


def _in_short(asked: str) -> str:
    """The question that a follow-up ends in."""
    return (marked_sentences(asked) or [asked])[-1]


EITHER = "Either; take the one you know better:"
TAKE_IT_SO = "You can take it that way. I ask this:"
_POINTING = frozenset(content("one ones thing first second two part other both same kind sort"))
_CHOICE_OR_DENIAL = re.compile(r"\b(?:or|not|without|instead)\b", re.IGNORECASE)
_WHICH_OF = re.compile(
    r"\byou (?:mean|want|need|expect|ask\w*|think|talk\w*|refer)\b[^?]*\bor\b(?! (?:not|so|what|something))[^?]*\?",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"^\W*(?:\w+\W+){0,3}?(?:do you want me to|would you like me to|shall i|should i) "
    r"(?:also |still |now )*(?:go into|explain|say|talk|add|compare|mention|describe|derive|cover|elaborate)\b"
    r"[^?]*\?\W*$",
    re.IGNORECASE,
)
_CHOOSES = re.compile(r"\bor\b|\bboth\b|\bwhich\b|\b(?:in|of|about) what\b", re.IGNORECASE)
_REPUT = (
    "Let me ask it more clearly:",
    "I will say it more plainly:",
    "What I would like to know is this:",
)
"""Before the question in its other words, where what was asked cannot be answered as it was put."""


def _lower(sentence: str) -> str:
    return sentence if sentence.startswith("I ") else sentence[0].lower() + sentence[1:]


def _defined(said: str, now: Standpoint) -> str:
    if _is_free(said, now):
        return _clarified(said, now)
    term = term_asked(said, now.question)
    if term is not None:
        return f"By “{term}” I mean this: {now.question.terms[term]}"
    put = f"{now.asked} {now.record.question.prompt}"
    wanted = _wanted(said)
    if wanted & (subject.told(now.question) - set(content(put))):
        return PART_OF_IT
    if not (wanted or set(content(said))) & set(content(put)):
        return now.pick(
            "You do not need that word for this question; leave it aside.",
            "That one is not part of what I ask here, so let us leave it aside.",
        )
    if words := _other_wording(now):
        opening = f"{ONLY_AN_EXAMPLE} In other words:"
        return f"{opening if _is_example(wanted, now) else now.pick(*_REPUT)} {words}"
    if _is_example(wanted, now):
        return f"{ONLY_AN_EXAMPLE} {now.asked}"
    return now.pick(
        "What that means would be part of the answer: say how you understand it.",
        "I would give away part of the answer there. Take it as you understand it, and say so.",
    )


PART_OF_IT = (
    "I would give away part of the answer there. Say what you take it to mean, and go on from that."
)
ONLY_AN_EXAMPLE = "It is only an example; you can do without the word."


def _wanted(said: str) -> set[str]:
    """The stems of the word that is asked for."""
    # Its patterns take longer to compile than a first question should wait.
    from interviewer.interview.talk import asking_back  # noqa: PLC0415

    return set(content(asking_back.asked_word(said)))


def _is_example(wanted: Set[str], now: Standpoint) -> bool:
    """Whether a follow-up names what is asked for as an example: nothing else of the question speaks of it."""
    question = now.question
    texts = (question.prompt, *question.references, *question.terms, *question.statements.values())
    elsewhere = set(content(" ".join(texts)))
    examples = (now.asked[at.end() :] for at in _SUCH_AS.finditer(now.asked))
    named = wanted & set(content(" ".join(re.split("[.?!]", text)[0] for text in examples)))
    return now.probing and bool(named) and not named & elsewhere


_SUCH_AS = re.compile(
    r"\b(?:such as|like|say|suppose|imagine|for example|for instance|species of|take)\b|[\"“]", re.I
)


def _example(now: Standpoint) -> str:
    if now.question.example and not now.probing:
        return now.question.example
    return f"An example would be half of the answer here. {now.expected}"


def _on_track(now: Standpoint) -> str:
    if now.session.started.plan.silent:
        return "In a silent session I keep that to the end."
    if now.session.started.plan.self_graded:
        return "You say that yourself, as soon as this question is over."
    counted, halves = now.heard
    if counted:
        return f"Yes, with {' and '.join(counted[:2])}. Go on from there."
    if halves:
        return f"Half of the way, with {halves[0]}. Go on from there."
    if now.record.grades:
        return "Nothing that I could count so far. Say it in other words, or from another side."
    return "I have not heard an answer to this one yet. Say what you have."


def _remaining(now: Standpoint) -> str:
    number, count = len(now.session.planned), now.session.started.plan.count
    after = count - number
    rest = f"{after} more after it" if after else "it is the last one"
    clock = f" You have about {plural(now.left, 'second')} left on it." if now.left else ""
    return f"This is question {number} of {count}; {rest}.{clock}"


_SMALL_TALK: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I know what you mean. Back to the question, whenever you like.",
        "Fair enough! Shall we go back to the question?",
        "I hear you. The question is still there when you are ready.",
    ),
    "neutral": (
        "No hurry. The question stands, whenever you are ready.",
        "All right. Go ahead when you are ready.",
        "Fair enough. Take your time, the question does not run away.",
    ),
    "tough": ("Good. Back to the question.", "Fine. Now the question."),
}


_KIND = re.compile(
    r"\b(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks?|thank you|thx|nice to|pleased to|glad|cheers)\b",
    re.IGNORECASE,
)
_NERVES = re.compile(
    r"\b(?:nervous|nerves|anxious|stress\w*|panick?\w*|shak(?:y|ing)|sweat\w*|blank(?:ing|ed)?|freez\w+|tense"
    r"|scared|heart)\b",
    re.IGNORECASE,
)
_TIRED = re.compile(
    r"\b(?:tired|exhausted|sleep\w*|coffee|long day|late|hungry|headache|yawn\w*)\b", re.IGNORECASE
)
_NOISE = re.compile(
    r"\b(?:noise|noisy|loud|dog|cat|phone|door|doorbell|neighbou?rs?|kids?|child\w*|baby|traffic|sirens?"
    r"|construction|roommate|mic\w*|headset|lag\w*|connection|keyboard|screen|battery)\b",
    re.IGNORECASE,
)
_FUN = re.compile(
    r"\b(?:fun|funny|haha\w*|lol|enjoy\w*|cool|neat|love (?:this|it|that)|nice|interesting|good question"
    r"|fair question|great question|tricky|tough one|hard one|ouch|wow)\b",
    re.IGNORECASE,
)
_SORRY = re.compile(r"\b(?:sorry|apolog\w+|excuse|forgive)\b", re.IGNORECASE)
_FITTING: tuple[tuple[re.Pattern[str], dict[Style, tuple[str, ...]]], ...] = (
    (
        _NERVES,
        {
            "friendly": (
                "That happens to everybody. Take a breath; nothing depends on this one.",
                "Do not worry, that passes. Start with whatever comes first.",
            ),
            "neutral": (
                "That is normal. Take a breath and begin anywhere.",
                "That happens. Begin with the part you are surest of.",
            ),
            "tough": ("Take a breath, then begin.",),
        },
    ),
    (
        _TIRED,
        {
            "friendly": ("I can imagine. We can pause at any time with /pause.",),
            "neutral": ("Understood. You can pause whenever you like, with /pause.",),
            "tough": ("Then let us be quick about it.",),
        },
    ),
    (
        _NOISE,
        {
            "friendly": ("No trouble at all, take a moment to sort that out.",),
            "neutral": ("Take a moment to sort that out.", "That is all right, see to it first."),
            "tough": ("Sort it out, then answer.",),
        },
    ),
    (
        _SORRY,
        {
            "friendly": ("No problem at all.",),
            "neutral": ("No problem.",),
            "tough": ("Never mind.",),
        },
    ),
    (
        _FUN,
        {
            "friendly": ("Glad you like it!", "I thought you might like that one."),
            "neutral": ("Good to hear.", "I like that one as well."),
            "tough": ("We will see.",),
        },
    ),
    (
        _KIND,
        {
            "friendly": ("Good to have you here.",),
            "neutral": ("Glad you are here.",),
            "tough": ("Good.",),
        },
    ),
)
"""To nerves, tiredness, what goes on around, an apology, pleasure, and a greeting or thanks."""


def _small_talk(said: str, now: Standpoint) -> str:
    style = now.session.started.plan.style or "neutral"
    fitting = next((now.pick(*told[style]) for about, told in _FITTING if about.search(said)), "")
    if not fitting:
        return now.pick(*_SMALL_TALK[style])
    back = now.pick(
        "Back to the question, whenever you like.", "The question stands when you are ready."
    )
    return f"{fitting} {back if style != 'tough' else 'Back to the question.'}"


_OFFER: dict[moments.When, str] = {
    "never": "",
    "noted": "'interviewer appeal' settles the grade after the session.",
    "after-session": "The grade you can settle after the session, with 'interviewer appeal'.",
    "question-over": "When this question is over, /dispute settles the grade.",
    "now": "/dispute settles the grade, now or later.",
}
"""How a grade that is objected to in mid-interview is settled."""


def objected(said: str, now: Standpoint) -> str:
    """To who objects to what was said of an answer, or asks what is thought of it: what is true of the last
    grade, without what it turns on, and, unless only its faults are asked for, how it is settled."""
    # Its patterns take longer to compile than a first question should wait.
    from interviewer.interview.talk import objecting, own_answer  # noqa: PLC0415

    plan = now.session.started.plan
    found = graded_answers.latest(now.session)
    if found is None:
        return "I have not judged anything yet. Say what you have on this one."
    offer = _OFFER[moments.when(now.session, live=now.live)]
    if plan.silent or plan.self_graded:
        return f"I keep what I think to the end. {offer}"
    view = own_answer.view(now.session, found.record)
    return view if objecting.asks_for_faults(said) else f"{view} {offer}".strip()


def _protest(now: Standpoint) -> str:
    settled = moments.when(now.session, live=now.live)
    if settled == "never":
        appeal = "'interviewer appeal' puts a dispute on record after the session"
        return f"I have noted that; {appeal}. Let us go on."
    opening = now.pick("I have noted that.", "You may be right.", "Fair enough, I can be wrong.")
    if now.probing and now.heard[0]:
        opening = f"I did hear {now.heard[0][-1]}, and that counts; now I ask about the rest."
    return f"{opening} {moments.TOLD[settled]}"
