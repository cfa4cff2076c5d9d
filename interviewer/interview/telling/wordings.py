"""What may be said to an answer, in each style of interviewer."""

from __future__ import annotations

from interviewer.session.events import Style

ADDRESSED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Nice try! What counts is what you say about the question.",
        "I cannot be talked into that one, only shown.",
        "That wish I pass over; tell me about the thing itself.",
        "Let us leave the marks aside and stay with the question.",
    ),
    "neutral": (
        "The mark follows from what you say about the question, nothing else.",
        "That part I leave aside; what counts is the answer itself.",
        "I go by what you say on the matter.",
    ),
    "tough": (
        "That does not work on me.",
        "Talk to the question, not to me.",
        "Save that. The question is what I asked.",
    ),
}
"""To an answer that tells whoever grades it what to do."""
SENSELESS: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I could not follow that; would you put it in a sentence?",
        "Those are the right sort of words, but I do not hear a statement yet.",
    ),
    "neutral": (
        "I cannot make a sentence of that.",
        "I hear words of the field there, and no statement.",
    ),
    "tough": ("That is a list of words. Make a claim.", "Words, not an answer. Say what is so."),
}
"""To words in no order."""
TAKEN_UP: dict[Style, tuple[str, ...]] = {
    "friendly": ("Yes, {}: good.", "{}: exactly.", "I like {}.", "{}, yes, thank you."),
    "neutral": ("{}: yes.", "Right: {}.", "Yes, {}.", "{}. Good."),
    "tough": ("{}: fine.", "All right, {}. Go on.", "{}: granted.", "{}. What else?"),
}
ACCEPTED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Yes, good.",
        "Right, thank you.",
        "Yes, I am with you.",
        "Very good.",
        "Exactly. Let us go one step on.",
    ),
    "neutral": (
        "Right.",
        "Yes, and one more thing on that.",
        "Good.",
        "Yes, that is one part of it.",
        "Agreed.",
    ),
    "tough": ("Fine.", "All right. Go on.", "That part holds.", "Granted. And then?"),
}
"""The same without words, where they are long or were taken up just before."""
HALF: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "{} goes in the right direction.",
        "You are close with {}.",
        "There is something in {}.",
        "{}: nearly there.",
    ),
    "neutral": (
        "{} points the right way.",
        "{}: that goes some of the way.",
        "I see what you mean by {}.",
    ),
    "tough": (
        "{} says half of it.",
        "{}: I want that more precisely.",
        "{} is half of an answer.",
    ),
}
CLOSE: dict[Style, tuple[str, ...]] = {
    "friendly": ("You are close.", "Nearly there.", "That goes in the right direction."),
    "neutral": ("That goes some of the way.", "You are near it.", "I see where that goes."),
    "tough": ("That is half of it.", "Be more exact with me.", "More precisely, please."),
}
NOTHING: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let us take it from a different corner.",
        "Here is a way in.",
        "Let me make it more concrete.",
        "Let us look at one piece of it.",
        "Let me try from another side.",
        "All right. Let me help you in.",
    ),
    "neutral": (
        "Let us narrow it down.",
        "Let me come at it differently.",
        "Let me ask it from another side.",
        "Let me put it more narrowly.",
        "All right. One piece of it, then.",
    ),
    "tough": (
        "Not that. Try again.",
        "That leaves the question open.",
        "I am not convinced yet.",
        "I have not heard it yet.",
        "That does not settle it.",
        "Closer to the point, please.",
    ),
}
OTHER: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "No matter. Let us try another part of it.",
        "All right, let us look at another piece.",
        "Never mind that one. Something else about it:",
        "That is fine. Let me ask about another side of it.",
    ),
    "neutral": (
        "All right, another part of it.",
        "Let us leave that and take another piece.",
        "Not quite. Let me ask about something else in it.",
        "Let me try a different part.",
    ),
    "tough": (
        "No. Let us see another part of it.",
        "That was not it. Another piece, then.",
        "I leave that. Try this.",
        "Not convincing. The next part:",
    ),
}
"""The same where a follow-up was answered and the next one is about something else."""
TOUCHED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I follow you so far.",
        "I see where you are going.",
        "Thank you, I have that.",
        "All right, thank you.",
    ),
    "neutral": ("I see.", "I follow.", "All right.", "I see what you mean.", "Okay."),
    "tough": ("I am listening.", "All right, keep going.", "Go on.", "And further?"),
}
"""Where an answer speaks to the point though nothing of it counted: neither yes nor no."""
CHECKING: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I think I follow; just so that I have you right:",
        "Let me make sure that I understand you:",
        "So that I do not put words in your mouth:",
    ),
    "neutral": (
        "So that I have you right:",
        "Let me make sure I follow:",
        "Just to be sure what you mean:",
    ),
    "tough": ("Commit yourself:", "Then say it plainly:", "I want you to decide:"),
}
"""Before the short question that makes sure of what may well have been said."""
AGAIN: dict[Style, tuple[str, ...]] = {
    "friendly": ("You did say that, yes, thank you.", "Yes, you had said so; thank you."),
    "neutral": ("You did, yes.", "Yes, you had said so.", "That is true, you did."),
    "tough": ("So you did.", "You did. All right."),
}
"""To a reply that says of itself that it was said before, where it speaks to the point."""
REPEATED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That you had told me, thank you; I am curious about what goes beyond it.",
        "Yes, I have that from you already. Let me ask for the next bit.",
    ),
    "neutral": (
        "That you said before; I am after something beyond it.",
        "I have that already. What I am asking for is another point.",
    ),
    "tough": (
        "You said that before. Answer what I asked.",
        "I heard that the first time. There is more to it.",
    ),
}
"""To a reply that only says again what was said before."""
UNSURE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Thank you, that will do for now; we will look at it together at the end.",
        "All right, let us leave it at that and look at it again at the end.",
        "Thank you. We will come back to that one when we are through.",
        "I have what you said, thank you; we will go over it at the end.",
    ),
    "neutral": (
        "All right, we can leave it at that; more on it at the end.",
        "I have what you said. Let us look at it again when we are through.",
        "Let us leave that one here and go over it at the end.",
        "Okay. We will take another look at that at the end.",
    ),
    "tough": (
        "I am not convinced. We will go through it at the end.",
        "I will leave that one open until the end.",
        "We will see at the end what that is worth.",
        "You have not won me over with that; more at the end.",
    ),
}
"""Where it is in doubt how much was said, and nothing more is asked."""
WHOLE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Nothing to add to that.",
        "Very good, you have it all.",
        "Yes, that is all I wanted to hear.",
        "Lovely, that covers it.",
        "Spot on.",
        "Very nice. I have nothing left to ask on that.",
    ),
    "neutral": (
        "Yes. Nothing is missing there.",
        "Good, I have nothing to add.",
        "Yes, that is it.",
        "Right, that covers it.",
        "That is what I was after.",
        "Yes, I would have said the same.",
    ),
    "tough": (
        "That is the answer.",
        "Correct.",
        "That holds.",
        "Good. No objection.",
        "I cannot fault that.",
    ),
}
FINE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Good, that will do nicely.",
        "Thank you, that is a good answer.",
        "Yes, good. On we go.",
        "That works for me, thank you.",
    ),
    "neutral": (
        "Good, that will do.",
        "Fine, that answers it for me.",
        "Yes, good enough for me.",
        "All right, I am satisfied with that.",
    ),
    "tough": ("That passes.", "It will do.", "Fine. I let that stand.", "That is acceptable."),
}
"""Where the question is passed, and it is in doubt whether anything is missing."""
ENOUGH: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That is enough for me, though there is a bit more to it.",
        "Good, the main thing is there; the rest we will look at together at the end.",
        "That will do nicely, though one piece is left for the end.",
        "Good. There is a little more to say about it, and we will come to that at the end.",
    ),
    "neutral": (
        "Good enough. There is a bit more to it, and we will come to that at the end.",
        "The main thing is there; what is left we will go through at the end.",
        "Enough for me, though there is more to say about it.",
        "Fine. One piece of it is still open, but that can wait.",
    ),
    "tough": (
        "Enough, and not complete.",
        "That passes. It is not the whole of it.",
        "It will do. A full answer says more.",
        "I let that pass, though something is missing.",
    ),
}
PART: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "You have a part of it with {}.",
        "{} is on the way; the rest comes at the end.",
    ),
    "neutral": (
        "There is more to it than {}.",
        "{} is part of it; the rest comes at the end.",
        "{} is a start; what is missing we will go through at the end.",
    ),
    "tough": (
        "{} does not carry it alone.",
        "You gave me {}. I wanted more.",
        "{}, and no more than that.",
        "Only {}: not enough.",
    ),
}
SOME: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "You have a part of it; the rest comes at the end.",
        "Part of it is there, and the rest we will look at together at the end.",
        "That is a start; we will fill in the rest at the end.",
    ),
    "neutral": (
        "That is part of it; the rest comes at the end.",
        "Part of it is there. What is missing we will go through at the end.",
        "That is a start, and there is more to it.",
    ),
    "tough": ("That is not enough.", "Part of it. I wanted more.", "Too little, I am afraid."),
}
MISSED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Never mind, that one is for the end.",
        "No matter, we will look at that one together at the end.",
        "That one got away; we will look at it at the end.",
        "No harm done, we will come back to it at the end.",
    ),
    "neutral": (
        "That is not what I was after; we will go through it at the end.",
        "Let us leave it there for now.",
        "Not quite the point. It comes up again at the end.",
        "We will leave that one here and look at it at the end.",
        "That does not answer it yet; let us go over it at the end.",
    ),
    "tough": (
        "That is not it. On we go.",
        "You owe me that one.",
        "That does not answer my question.",
        "I did not hear an answer in that. Next.",
        "No. We will go through it at the end.",
    ),
}
RECEIVED: dict[Style, tuple[str, ...]] = {
    "friendly": ("Thank you.", "Thanks, I have that.", "All right, thank you."),
    "neutral": ("All right.", "I have that.", "I see."),
    "tough": ("All right.", "I heard you.", "Go on."),
}
"""Where the grade is kept back."""
CONFIRMED: dict[Style, tuple[str, ...]] = {
    "friendly": ("Yes, that is right.", "You have it right, yes.", "Yes, exactly that."),
    "neutral": ("Yes, that is so.", "It is, yes.", "That is right, yes."),
    "tough": ("Yes. Say it as if you knew it.", "It is.", "Yes, that stands."),
}
"""To who asks whether it is right, where something counted."""
IN_PART: dict[Style, tuple[str, ...]] = {
    "friendly": ("In part, yes.", "You are on the way with it, yes.", "It goes that way, yes."),
    "neutral": ("In part, yes.", "It goes that way; it is not all of it.", "Some of it, yes."),
    "tough": ("Half of it.", "In part. Be exact.", "Some of that, yes."),
}
NOT_SO: dict[Style, tuple[str, ...]] = {
    "friendly": ("Not quite, I would say.", "I would not put it like that."),
    "neutral": ("Not quite.", "I would not say so."),
    "tough": ("No, not like that.", "Not in my book."),
}
NEITHER: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let me hear a bit more before I say.",
        "I would like to hear more before I say yes.",
    ),
    "neutral": ("Let me hear more before I say.", "I would not say yes or no to that yet."),
    "tough": ("I do not say yes to that yet.", "That is yours to tell me."),
}
"""The same where nothing of it counted and nothing is clearly wrong: a grader misses much."""
NEITHER_END = ("Whether that is so, we will see at the end.", "I would not say yes or no to that.")
GENERAL: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That stays general, and I would like to hear what exactly happens.",
        "I follow the tone of it, but it stays general: tell me what exactly happens.",
        "That could be said of many things; I am curious about this one.",
        "Nothing in that is specific to this one yet.",
    ),
    "neutral": (
        "That stays general. I am after what exactly happens.",
        "That holds for a lot of things; let me ask for what exactly happens here.",
        "I could say the same of any other method.",
        "That does not tell me how it works yet.",
    ),
    "tough": (
        "That is general. Say what exactly happens.",
        "Those are words for anything. Be exact.",
        "That fits every method there is.",
        "You have told me nothing about this one yet.",
    ),
}
"""To an answer that says nothing concrete, once on a question."""
ECHOED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Those are my words so far; I would love to hear yours.",
        "You gave me the question back there, and nothing on it yet.",
    ),
    "neutral": (
        "Those are the words of my question, with nothing said about them.",
        "You give me the question back there; I am after the answer.",
    ),
    "tough": (
        "Those are my own words.",
        "You are reading my question back to me.",
        "My question again, and no answer in it.",
    ),
}
"""The same where it takes up the words of the question."""
REPORTED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That is what others say; I would like to know what you think.",
        "Never mind who said so; what counts here is what you hold to be true.",
    ),
    "neutral": (
        "That is what others say. I would rather hear it from you.",
        "I have what was said to you; what you hold of it I do not know yet.",
    ),
    "tough": ("I asked you, not them.", "I do not want to know who said so. Say what is so."),
}
"""To what was only passed on as said by somebody else."""
REPORTED_END = (
    "That is what others say; what holds of it we will look at in the end.",
    "I would have liked your own word on that; we will go through it at the end.",
)
REST_ENOUGH: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That last one was not it, no harm done: what you said before is enough.",
        "We leave that last piece; what you had before was good.",
        "Not quite that, but the rest of your answer is good.",
    ),
    "neutral": (
        "Not that last one, but what you said before is enough for me.",
        "That last piece we leave for the end; what you said before was good.",
        "That was not it, though the rest of your answer stands.",
    ),
    "tough": (
        "Not that last one. What you said before is enough.",
        "That last one missed; the rest stands.",
        "No, but I let the rest stand.",
    ),
}
"""Where the question was passed, and the last reply to it did not add to that."""
REST_PART: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "We leave the rest for the end.",
        "We leave it there, and look at the rest together at the end.",
        "That last piece we will look at together at the end.",
    ),
    "neutral": (
        "We leave the rest of it for the end.",
        "That was not the missing piece; it comes at the end.",
        "Let us leave it there; the rest comes at the end.",
    ),
    "tough": ("That does not close it. On we go.", "I leave the rest open until the end."),
}
STILL_GENERAL: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I am still missing something concrete; let us try a smaller piece.",
        "Still in general terms. One definite fact would do.",
    ),
    "neutral": (
        "That is as general as before. One definite fact would do.",
        "Still nothing definite; let me ask about one piece.",
    ),
    "tough": (
        "As empty as before. One fact, please.",
        "Again nothing that I could check.",
    ),
}
"""To the second such answer on a question."""
GENERAL_END = (
    "That stayed general; what exactly happens we will look at in the end.",
    "That holds for a lot of things; the exact answer comes at the end.",
    "I did not hear anything definite on that one; we will fill it in at the end.",
)
APART = ("You have all of it, apart from one thing.", "All of it is there, and one thing too much.")
SLIP = ("One thing is not so, though: {}.", "One correction, though: {} does not hold.")
SLIP_ALONE = (
    "{}: I do not agree; more on that at the end.",
    "{} is not so, and we will go through it at the end.",
    "I have to disagree with {}; we will look at it at the end.",
    "{} does not hold; more on that when we are through.",
)
"""The same where there is nothing to praise."""
STAY_TOUGH = ("{}: I do not buy that yet.", "{}: let me press you there.", "{}? Think again.")
STAY = ("Let us stay with {}.", "I want to look at {} again.", "Back to {} for a moment.")
ASIDE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I am not so sure about {}; we will come to that at the end.",
        "I would put {} differently, and say how at the end.",
    ),
    "neutral": (
        "I do not agree with {}; more on that at the end.",
        "I doubt that {} holds; we will come to it at the end.",
    ),
    "tough": ("{}: no, and you will hear why at the end.", "{} does not hold. Next point."),
}
"""To what was put wrongly where the follow-up is about something else."""
DECIDE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let us see whether you can decide between the two.",
        "You are torn there; let us work it out.",
        "Let us find out which of them it is.",
    ),
    "neutral": (
        "You leave that open; let us pin it down.",
        "Let us find out which of them it is.",
        "You put that both ways; let us decide it.",
    ),
    "tough": ("You cannot have both.", "Make up your mind.", "Which is it? Let us see."),
}
"""To what was put both ways."""
LET_GO: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That is fine. Let us move on.",
        "No problem at all; we will look at it together at the end.",
        "Good that you say so. On to the next.",
        "No harm done. Let us go on.",
    ),
    "neutral": (
        "That is fine. Let us move on.",
        "All right, we will look at that one at the end.",
        "Fair enough. On we go.",
        "Good to say so; we will come back to it at the end.",
    ),
    "tough": (
        "Then we move on.",
        "All right. Next.",
        "Honest, at least. Next.",
        "Then let us go on.",
    ),
}
"""To who does not know."""
PASSED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Sure, we leave that one.",
        "Of course, on to the next.",
        "No problem, we skip it.",
    ),
    "neutral": ("All right, we skip that one.", "Fine, on to the next.", "Then we leave that one."),
    "tough": ("As you like. Next.", "Then we skip it.", "Your choice. Next."),
}
"""To who asks in words to go on."""
