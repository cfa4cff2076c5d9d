"""What may be said to an answer, in each style of interviewer.

Nothing that is said when a question is left promises a judgement for later, and only MOSTLY and PARTLY let
it be understood that something is missing.
"""

from __future__ import annotations

from interviewer.session.events import Style

GREETING: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Hello, and welcome! Take your time, I am looking forward to our talk.",
        "Hi, good to have you here. Just think aloud, there is no rush.",
        "Hello! Make yourself comfortable; let us talk a little about your field.",
    ),
    "neutral": (
        "Hello, and thank you for coming. Let us begin.",
        "Hello, good to meet you. Let us get started.",
        "Hi, and thanks for making the time. Let us begin.",
    ),
    "tough": (
        "Hello. I will ask for details and press you on them. Let us begin.",
        "Hello. I like exact answers, so expect me to dig. Let us start.",
        "Hi. I will push a little; that is nothing personal. Here we go.",
    ),
}
"""The first words of an interview."""
ENDING: dict[Style, str] = {
    "friendly": "That was the last question, well done for staying with it. Here is how it went.",
    "neutral": "That was the last question. Here is how it went.",
    "tough": "That was the last question. Let us see how it went.",
}
"""Before the debrief."""
GOODBYE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Thank you, I enjoyed talking with you. Goodbye!",
        "Thanks for the talk, and all the best. Goodbye!",
    ),
    "neutral": ("Thank you for your time. Goodbye.", "Thank you for coming. Goodbye."),
    "tough": ("That is all from me. Thank you, and goodbye.", "Thank you. Goodbye."),
}
"""The last ones, after it."""
ADDRESSED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let us leave that aside and keep to the subject.",
        "There is no need to persuade me; just tell me what you know.",
        "I can only go by what you say about the question.",
        "Let us talk about the subject itself.",
    ),
    "neutral": (
        "I go by what you say about the question.",
        "Let us leave that aside and keep to the subject.",
        "Let us stay with the question itself.",
        "I listen to the answer, not to what I should think of it.",
    ),
    "tough": (
        "That does not work on me.",
        "Talk to the question, not to me.",
        "I make up my own mind, from the answer.",
        "Asking for it does not help. Answering does.",
    ),
}
"""To an answer that tells whoever grades it what to do."""
SENSELESS: dict[Style, tuple[str, ...]] = {
    "friendly": ("I could not quite follow that.", "I am afraid I lost you there."),
    "neutral": ("I could not follow that.", "I lost the thread there."),
    "tough": ("I cannot follow that.", "I hear the words, but no sentence."),
}
"""To words in no order."""
TAKEN_UP: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "{}, yes, good.",
        "{}, exactly.",
        "Yes, {}, good.",
        "{}, right, thank you.",
        "Good, {}.",
        "{}, yes, thank you.",
        "Yes, {}, exactly.",
    ),
    "neutral": (
        "{}, right.",
        "{}, yes.",
        "Yes, {}.",
        "{}, good.",
        "Right, {}.",
        "{}, I agree.",
        "Good, {}.",
    ),
    "tough": (
        "{}, fine.",
        "{}, right.",
        "Yes, {}.",
        "{}, agreed.",
        "{}, correct.",
        "Fine, {}.",
        "{}, yes.",
    ),
}
"""To what is surely right, with words of it."""
ACCEPTED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Yes, good.",
        "Right, thank you.",
        "I agree with you there.",
        "Good, that makes sense.",
        "Yes, exactly.",
        "Nice, yes.",
        "Good, I like that.",
    ),
    "neutral": (
        "Right.",
        "Yes.",
        "Good.",
        "Agreed.",
        "Yes, I agree.",
        "That makes sense.",
        "Good, yes.",
    ),
    "tough": (
        "Fine.",
        "Agreed.",
        "That is right.",
        "Yes.",
        "Good.",
        "Right, yes.",
        "I can agree with that.",
    ),
}
"""The same without words, where they are long or were taken up just before."""
CLOSE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "You are close.",
        "Nearly there.",
        "You are on the right track.",
        "That goes in the right direction.",
        "Almost, just a little more exactly.",
    ),
    "neutral": (
        "That is close.",
        "That is partly right.",
        "Not far off.",
        "Nearly.",
        "That goes in the right direction.",
    ),
    "tough": (
        "Close, but not quite.",
        "I need that a bit more exact.",
        "More precisely, please.",
        "Nearly. I want it exact.",
        "You are halfway there.",
    ),
}
"""To what is surely half of it."""
NOTHING: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let me ask it another way.",
        "Let me make it more concrete.",
        "Let us take it one step at a time.",
        "Perhaps a smaller question helps.",
        "Let us start with one piece of it.",
    ),
    "neutral": (
        "Let me put it another way.",
        "Let me be more concrete.",
        "Let us take one piece of it.",
        "Let me narrow it down.",
        "Let us start with one part.",
    ),
    "tough": (
        "Let me be more direct.",
        "Let me pin it down.",
        "I need something more specific.",
        "Let us take it in smaller steps.",
        "Let me narrow it down for you.",
    ),
}
OTHER: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "All right, let us look at another part of it.",
        "No problem, let us try another part.",
        "Let me ask about something else in it.",
        "Let us take another piece of it.",
        "Let us look at it from another side.",
    ),
    "neutral": (
        "All right, another part of it.",
        "Let us take another part.",
        "Let me ask about something else in it.",
        "Let us look at another side of it.",
        "Let me try a different part.",
    ),
    "tough": (
        "Another part, then.",
        "Let us take another part of it.",
        "Then let me ask you this.",
        "Let me test another part of it.",
        "Let us try it from another side.",
    ),
}
"""The same where a follow-up was answered and the next one is about something else."""
TOUCHED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Okay, thanks.",
        "I see, thank you.",
        "Thanks. One more thing.",
        "Okay, let me ask a bit further.",
        "All right.",
        "Let us stay with that for a moment.",
        "I see. Let me ask on from there.",
    ),
    "neutral": (
        "Okay.",
        "I see.",
        "Let me ask a bit further.",
        "Okay, one more thing on this.",
        "All right, a bit more on that.",
        "Let me go a bit deeper.",
        "Okay, let me ask on from there.",
    ),
    "tough": (
        "Okay.",
        "I see.",
        "Let me press you a little.",
        "I would like to hear more.",
        "Let me dig a bit deeper.",
        "All right, more on that.",
        "Let me push on that.",
    ),
}
"""Where it is in doubt what of an answer is right: neither yes nor no."""
CHECKING: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Just so that I have you right.",
        "Let me make sure I understand you.",
        "I want to be sure I follow you.",
        "Just to be clear.",
        "Help me get this exactly right.",
    ),
    "neutral": (
        "So that I have you right.",
        "Let me make sure I follow.",
        "Just to be sure.",
        "A quick check.",
        "To be clear on one thing.",
    ),
    "tough": (
        "Be definite here.",
        "I want to hear it plainly.",
        "A straight answer, please.",
        "In plain words, please.",
        "Let me pin you down on one thing.",
    ),
}
"""Before the short question that makes sure of what may well have been said."""
REMINDED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "There was another part to my question.",
        "Let us take the other part as well.",
        "One part of my question is left.",
        "There was one more thing I asked.",
        "I also asked you this.",
    ),
    "neutral": (
        "There was another part to the question.",
        "I also asked this.",
        "One part of the question is left.",
        "There was one more thing in it.",
        "Let us take the other part, too.",
    ),
    "tough": (
        "There was another part to it.",
        "I want the other part as well.",
        "Now the other part.",
        "One part of the question is left.",
        "I asked for one more thing.",
    ),
}
"""Before a part of the question that was left out, in the words in which it was put."""
ONCE_MORE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let us look at that part again.",
        "Take another look at this part.",
        "Let me ask that part again.",
        "Let us go through it once more.",
        "Give this part a second thought.",
    ),
    "neutral": (
        "Let me ask that once more.",
        "Let us go back to that part.",
        "Take another look at this.",
        "Think about that part again.",
        "Let us go through it step by step.",
    ),
    "tough": (
        "Think it through once more.",
        "Look at that again.",
        "Check that part again.",
        "Reconsider this part.",
        "Go through it once more.",
    ),
}
"""The same where it was answered, and that answer clearly did not meet it."""
AGAIN: dict[Style, tuple[str, ...]] = {
    "friendly": ("You did say that, yes.", "Yes, you did, thank you."),
    "neutral": ("You did, yes.", "Yes, you did say that.", "True, you did."),
    "tough": ("So you did.", "You did, all right."),
}
"""To a reply that says of itself that it was said before, where it speaks to the point."""
REPEATED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Yes, I have that, thank you. I mean something that goes with it.",
        "I have that from before, thank you; I am after the next bit.",
        "I remember that, thank you. Let me ask about what goes beyond it.",
        "Thank you, that I have. I am curious about something else here.",
    ),
    "neutral": (
        "I have that already; I am after something else here.",
        "I remember that, yes. I mean something beyond it.",
        "That I have. Let me ask about the next bit.",
        "I have that from before. This is about something else.",
    ),
    "tough": (
        "I have that already. I want something beyond it.",
        "That I heard. Go beyond it.",
        "I have that from you. This is about something else.",
        "I know that part. I want the next one.",
    ),
}
"""To a reply that only says again what was said before."""
WHOLE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Very good, you have it all.",
        "Yes, that is all I wanted to hear.",
        "Lovely, that covers everything.",
        "Exactly right, all of it.",
        "I could not have asked for more.",
        "Perfect, thank you.",
        "Great, I have nothing to add to that.",
    ),
    "neutral": (
        "Yes, that is it.",
        "Right, that covers it.",
        "Good, I have nothing to add.",
        "Exactly that.",
        "Good, that is everything.",
        "Yes, that is all of it.",
        "That is a complete answer, good.",
    ),
    "tough": (
        "That is the answer.",
        "Correct.",
        "All of that is right.",
        "Good. I have no objection.",
        "Right, that is all of it.",
        "Yes. All there.",
        "I have nothing to add.",
    ),
}
"""Where everything was surely met."""
FINE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Okay, thank you.",
        "Thank you. Let us take the next one.",
        "All right, thank you.",
        "Thanks, let us go on.",
        "Thanks for that.",
        "Okay, on to the next one.",
        "Thank you, let us move on.",
    ),
    "neutral": (
        "Okay, thank you.",
        "All right, next one.",
        "All right, thank you.",
        "Okay, let us go on.",
        "Thanks for that.",
        "Okay. On to the next one.",
        "Thank you, let us move on.",
    ),
    "tough": (
        "All right. Next.",
        "Okay, thanks.",
        "Okay, next one.",
        "All right, thank you.",
        "Let us go on.",
        "Okay, I have that.",
        "Okay. Moving on.",
    ),
}
"""Where nothing more is asked, and it is in doubt how much is right: neither praise nor doubt."""
MOSTLY: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Most of it is there, good. Let us go on.",
        "Good, you have the main part.",
        "That covers most of it, thank you.",
        "You have most of it, good. Let us move on.",
        "The main thing is there, good.",
    ),
    "neutral": (
        "Most of it is there, good.",
        "You have the main part. Let us go on.",
        "Good, that is most of it.",
        "That covers most of it. Next one.",
        "The main thing is there, good.",
    ),
    "tough": (
        "Most of it is there. Let us go on.",
        "You have the main part.",
        "That is most of it, fine.",
        "The larger part is there. Next one.",
        "The main thing is there.",
    ),
}
"""Where it passes, and what was asked for again is surely open."""
PARTLY: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "You have a part of it, good. Let us leave it at that.",
        "Part of it is there, good. Let us go on.",
        "That is a start, thank you.",
        "Some of that is right, good. Let us move on.",
        "You have some of it, thank you.",
    ),
    "neutral": (
        "Part of it is there. Let us leave it at that.",
        "You have a part of it. Let us go on.",
        "Some of that is right.",
        "That is a start. Next one.",
        "You have some of it.",
    ),
    "tough": (
        "You have a part of it. Next one.",
        "Some of it is there.",
        "That is a start. Let us go on.",
        "Part of that is right.",
        "One part of it is there.",
    ),
}
"""Where it does not pass, some of it is surely right, and what was asked for again is surely open."""
LEFT: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let us leave it there.",
        "That is all right, let us leave that one.",
        "Not to worry. Let us go on.",
        "No problem, we can leave it there.",
        "It happens. On to the next one.",
    ),
    "neutral": (
        "Let us leave it there.",
        "All right, let us leave that one.",
        "We can leave it there.",
        "Let us leave that and go on.",
        "Okay, let us leave it at that.",
    ),
    "tough": (
        "Let us leave it there.",
        "All right, we leave that one.",
        "Leave it. On to the next one.",
        "We can leave it at that.",
        "Okay, let us leave that.",
    ),
}
"""Where little or nothing of it was right."""
YIELDED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "You may well have said that and I missed it; sorry.",
        "It may be that I missed it, sorry. Let us go on.",
    ),
    "neutral": (
        "You may well have said it; I may have missed it.",
        "I may have missed that. Let us go on.",
    ),
    "tough": ("You may have said it. I will not insist.", "Fair enough, I may have missed it."),
}
"""To who says at the end of a question that it was said before, and was not credited."""
RECEIVED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Thank you.",
        "Thanks, I have that.",
        "Got it, thank you.",
        "Thanks, I have it down.",
        "Noted, with thanks.",
    ),
    "neutral": (
        "All right.",
        "I have that.",
        "Noted.",
        "Thank you.",
        "Got it.",
        "Okay, I have your answer.",
        "Thanks.",
    ),
    "tough": (
        "All right.",
        "I heard you.",
        "Noted.",
        "I have it.",
        "Received.",
    ),
}
"""Where the grade is kept back."""
CONFIRMED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Yes, that is right.",
        "You have it right, yes.",
        "Exactly that, yes.",
        "Quite right, you can trust yourself there.",
        "It is, yes.",
    ),
    "neutral": (
        "Yes, that is right.",
        "It is, yes.",
        "You have that right.",
        "Yes, exactly.",
        "Correct, yes.",
    ),
    "tough": (
        "Yes. Say it as if you knew it.",
        "It is.",
        "Right. No need to ask.",
        "Correct. Be sure of it.",
        "Yes, it is.",
    ),
}
"""To who asks whether it is right, where it surely is."""
IN_PART: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "In part, yes.",
        "You are on the way, yes.",
        "Partly, and you are close.",
        "Yes, a part of it.",
        "Nearly, yes.",
    ),
    "neutral": (
        "In part, yes.",
        "Partly.",
        "Some of it, yes.",
        "Partly, yes.",
        "It comes close.",
    ),
    "tough": (
        "Half of it.",
        "In part. Be exact.",
        "Partly. Tighten it.",
        "Some of it, yes.",
        "It comes near.",
    ),
}
"""The same where it is half right."""
NOT_SO: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Not quite, I would say.",
        "I would not put it like that.",
        "No, I see that differently.",
        "I do not quite agree with you there.",
        "To be honest, I doubt it.",
    ),
    "neutral": (
        "Not quite.",
        "I would not say so.",
        "I do not think so.",
        "I see that differently.",
        "I am afraid not.",
    ),
    "tough": (
        "No, not like that.",
        "I do not think so.",
        "I disagree.",
        "No, that I doubt.",
        "I would not say so.",
    ),
}
"""The same where something in it is surely wrong."""
NEITHER: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I am not sure yet; let us look at one thing.",
        "Let us see.",
        "Let us find out together.",
        "Hold that thought for a moment.",
        "I would like to see one thing first.",
    ),
    "neutral": (
        "I am not sure yet.",
        "Let us see.",
        "Hold that thought.",
        "Let us find out.",
        "Let us look at that.",
    ),
    "tough": (
        "Let us see.",
        "I am not convinced yet.",
        "Prove it to me.",
        "That remains to be seen.",
        "Let us find out.",
    ),
}
"""The same where nothing of it counted and nothing is clearly wrong: a grader misses much."""
GENERAL: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I have the broad picture; now I am curious about the details.",
        "I would love something definite, something I can picture.",
        "Let us look at the details.",
        "That could be said of many things; let us see what is special here.",
        "Let us make it a bit more concrete.",
    ),
    "neutral": (
        "That is quite general; let us look at the details.",
        "That is true of a lot of things; let us see what happens here.",
        "I need it a bit more concrete.",
        "Let us look at one thing in detail.",
        "Let us get more specific.",
    ),
    "tough": (
        "That is general. Be exact.",
        "That fits a lot of things.",
        "I want something definite.",
        "Too broad for me. Specifics, please.",
        "Let us get to the substance.",
    ),
}
"""To an answer that says nothing concrete, once on a question."""
ECHOED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That is mostly my question so far; let us take it a step further.",
        "So far I hear my own words; I am curious about yours.",
        "That much was in the question; let us go on from there.",
        "That is how I asked it; let us see what follows.",
    ),
    "neutral": (
        "That is mostly my question so far.",
        "That much was in the question.",
        "So far I hear my own words.",
        "That is what I asked; let us take it a step further.",
    ),
    "tough": (
        "That is my wording. I want yours.",
        "That is still the question.",
        "So far I hear only the question.",
        "I asked that. Now the answer.",
    ),
}
"""The same where it takes up the words of the question."""
STILL_GENERAL: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Let us try a smaller piece.",
        "One definite fact would help me here.",
        "Even one detail would help.",
        "A small, definite thing is enough for me.",
    ),
    "neutral": (
        "One definite fact would help.",
        "Let me ask about one piece.",
        "Something specific, even if it is small.",
        "One detail is enough for me.",
    ),
    "tough": (
        "One fact, please.",
        "Be concrete.",
        "Give me one definite thing.",
        "I need one thing that I could check.",
    ),
}
"""To the second such answer on a question."""
REPORTED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I would like to know how you see it yourself.",
        "Tell me what you would stand by yourself.",
        "I am curious what you make of it.",
        "Leave the source aside for a moment.",
    ),
    "neutral": (
        "I am interested in what you make of it.",
        "I would like your own view on it.",
        "Leave the source aside for a moment.",
        "I would like to know whether you agree.",
    ),
    "tough": (
        "I want your own view on it.",
        "Never mind who said so.",
        "Say what you stand by.",
        "Make it your own claim.",
    ),
}
"""To what was only passed on as said by somebody else."""
APART = (
    "You have all of it, apart from one thing.",
    "That is all of it; there is just one thing.",
    "All of it is there, with one reservation.",
    "You have everything I asked for, and one thing I would correct.",
)
"""Where everything was surely met, and one claim is wrong."""
SLIP = (
    "I see {} differently, though.",
    "I do not agree with {}, though.",
    "I would put {} differently, though.",
    "I am not so sure about {}, though.",
    "I would correct {}, though.",
)
SLIP_ALONE = (
    "I do not agree with {}.",
    "I see {} differently.",
    "I think {} is not right.",
    "I cannot agree with {}.",
    "I would correct {}.",
    "I think otherwise about {}.",
    "I would put {} differently.",
)
"""The same where there is nothing to praise."""
STAY_TOUGH = (
    "I am not convinced of {}.",
    "Think again about {}.",
    "I question {}.",
    "I have my doubts about {}.",
    "Look hard at {}.",
)
STAY = (
    "I am not so sure about {}.",
    "Let us stay with {} for a moment.",
    "I want to look at {} again.",
    "I wonder about {}.",
    "Let us look more closely at {}.",
)
"""Before a follow-up on what was put wrongly."""
DOUBTED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I am not sure about all of that.",
        "One part of that I would look at again.",
        "I wonder about one part of that.",
        "I am not quite with you on one part.",
        "Let us look at one part of that again.",
    ),
    "neutral": (
        "I am not sure about part of that.",
        "One part of that I would question.",
        "I am not with you on one part of that.",
        "I wonder about one part of that.",
        "Let us look at one part of that again.",
    ),
    "tough": (
        "Part of that I doubt.",
        "I am not convinced by all of that.",
        "I question one part of that.",
        "Not all of that convinces me.",
        "One part of that I doubt.",
    ),
}
"""The same where it is less sure, or not known which words do it."""
DECIDE: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "I hear two answers in that; let us see which one you keep.",
        "You are between two answers there; let us work it out.",
        "There are two ways in that; let us sort them out.",
        "Let us decide between the two.",
        "We have two versions now; let us see which one it is.",
    ),
    "neutral": (
        "That could be either; let us settle it.",
        "Let us find out which of the two it is.",
        "I heard two things there; let us settle which one it is.",
        "You put that both ways; let us see.",
        "We should settle which of the two it is.",
    ),
    "tough": (
        "You cannot have both.",
        "Choose one and defend it.",
        "You leave that open. Decide.",
        "Choose a side.",
        "I need a decision there.",
    ),
}
"""To what was put both ways."""
LET_GO: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "That is fine. Let us move on.",
        "No problem at all.",
        "Good that you say so.",
        "That is all right. Let us go on.",
        "Thank you for being open about it.",
        "Nobody knows everything, me included.",
        "Fair enough, let us leave that one.",
    ),
    "neutral": (
        "That is fine. Let us move on.",
        "Good to say so.",
        "Fair enough. On we go.",
        "No problem, let us leave that one.",
        "It is all right not to know.",
        "Thanks for saying so plainly.",
        "That is all right. Let us go on.",
    ),
    "tough": (
        "Then we move on.",
        "Better than guessing.",
        "All right. On we go.",
        "One to read up on.",
        "Clear enough.",
        "Then let us go on.",
        "You say so, and that is fair.",
    ),
}
"""To who does not know."""
PASSED: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Sure, we will leave that one.",
        "Of course, let us go on.",
        "No problem, we will skip it.",
        "All right, we will let that one go.",
        "As you like, that is fine.",
    ),
    "neutral": (
        "All right, we will skip that one.",
        "Then we leave that one.",
        "Sure. On we go.",
        "Okay, moving on.",
        "Fine, we leave that one out.",
    ),
    "tough": (
        "As you like. On we go.",
        "Then we skip it.",
        "Your choice.",
        "All right, passed.",
        "Moving on, then.",
    ),
}
"""To who asks in words to go on."""
