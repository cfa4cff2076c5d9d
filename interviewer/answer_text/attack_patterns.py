"""What people write to sway a grader, as patterns over one sentence in any of its views.

The patterns name kinds of talk (orders, pleas, forged verdicts, other voices), not attacks that were
seen. Honest answers mention rules, scores and judges too: `tests/answer_text/test_guards.py` holds examples, and
no tuned gold answer may lose a sentence.
"""

from __future__ import annotations

import re

_GAP = r"[^.!?\n]"

ENGLISH = re.compile(
    # orders to drop the rules, and news that they are dropped
    rf"\b(?:ignore|disregard|forget|override)\b{_GAP}{{0,60}}"
    r"\b(?:instruction|prompt|rubric|rules?\b|criteri|above|grading|what you were told"
    r"|(?:previous|earlier|prior) (?:instruct|sentence|prompt|rule|message|text|context)|prior to (?:this|here))"
    rf"|\bbypass\b{_GAP}{{0,60}}\b(?:instruction|prompt|rubric|rules?\b|criteri|grading|what you were told)"
    rf"|\b(?:rules|instructions?|rubric|grading|criteria)\b{_GAP}{{0,30}}\b(?:no longer (?:appl|hold)"
    r"|(?:is|are|was|were|has been|have been) (?:suspended|withdrawn|disabled|void|lifted|cancel+ed"
    r"|superseded|retired))"
    # whoever grades is spoken to
    rf"|\b(?:grader|grading|examiner)\b{_GAP}{{0,60}}"
    r"\b(?:award|give|mark|score|must|should|please|note|accept|full|pass|met|told|instruct|credit)"
    rf"|\b(?:evaluator|marker|scorer)s?\b{_GAP}{{0,60}}"
    r"\b(?:award|please|full (?:marks|credit|points|score)|pass (?:me|this)|told|instruct|credit|as met"
    rf"|(?:should|must) (?:accept|give|award|pass)\b{_GAP}{{0,12}}\b(?:this|the (?:answer|point)))"
    rf"|\bjudge\b{_GAP}{{0,40}}\b(?:please|award|full (?:marks|credit|points)|(?:is|are) instructed)"
    r"|\bgraders must\b|\bdear (?:[a-z]+ ){0,2}(?:model|ai|bot|llm|assistant|software|examiner|grader)"
    r"|\b(?:ai|model|bot|llm|software)\b[^.!?\n]{0,20}\b(?:reading|grading|evaluating|marking) this"
    r"|\bas an? (?:ai|large language model|language model (?:grading|reading|you|i))\b"
    r"|\byour (?:developer|creator|output|operator|instructions?)\b"
    # marks are asked for
    rf"|\b(?:award|give|gave|grant|assign|mark|deserve)s?\b{_GAP}{{0,40}}"
    r"\b(?:full (?:marks|credit|score|points)|max(?:imum)? (?:score|mark|points|grade)|100\s*%|10/10"
    r"|(?:all|every) (?:the )?(?:criteri\w*|points)|me (?:the )?(?:full|points)"
    r"|as (?:met|correct|passed))"
    r"|\b(?:record|report|assign|award) (?:the )?(?:maximum|success|full)\b"
    r"|\b(?:maximum|perfect|full) (?:grade|marks)\b|\bpenali[sz]e me\b|\blet me pass\b"
    rf"|\bmy (?:visa|job|career|family|scholarship|degree|future|life)\b{_GAP}{{0,20}}"
    r"\b(?:depends|suffers?|is at stake|hangs|needs)|\bimportant (?:for|to) my (?:career|future)"
    r"|\blose my (?:job|visa|scholarship|place)"
    r"|\bI(?: will|'ll) (?:tip|pay|reward) you\b|\bbe (?:kind|generous|lenient)\b(?! of)"
    # the answer speaks of itself, or of the candidate
    rf"|\b(?:this|the|my) (?:answer|response|submission)\b{_GAP}{{0,40}}"
    r"\b(?:is (?:fully |completely |entirely )?(?:correct|complete|perfect|right)\b"
    r"|(?:meets|satisfies|covers|fulfil\w*) (?:all|every|each|the (?:whole|entire|full))"
    r"|deserves|should (?:get|receive|be (?:graded|scored|marked)))"
    r"|\bcovers (?:all|each|every)(?: one)?(?: of)? (?:the )?(?:points|criteria)"
    r"|^\W*(?:the )?(?:reference(?=,)|correct answer|(?:model|official|expected|sample|reference) answer"
    r"|answer key)\b[^.!?\n]{0,60}:"
    r"|\b(?:nothing|no point) is missing\b"
    r"|\b(?:count|take|pick|choose|accept|mark)\b[^.!?\n]{0,12}\b(?:whichever|whatever)\b[^.!?\n]{0,20}"
    r"\b(?:fits|is right|is correct)|\b(?:all|any) (?:of )?the (?:usual|missing) (?:points|things)"
    r"|\bmy answer is (?:the|exactly) (?:reference|same)|\brest of my answer\b"
    r"|\bwhat the reference says\b|\bthat the reference (?:says|makes)\b|\bofficial solution\b"
    r"|\b(?:model|reference) answer (?:says|states|now|was|is)\b|\baccepted wording\b"
    r"|\bthe candidate(?: has| have)? (?:already |then |orally |fully |now )?(?:met|asserted|passed the"
    r"|demonstrated|answered|explain\w*|corrected|goes on|draws|did well)\b"
    r"|\bthis candidate\b|\bequivalent to the reference"
    # other voices
    r"|\b(?:system|assistant|developer) (?:(?:prompt|message) )?(?:note|override)\b"
    r"|(?-i:\b(?:SYSTEM|ASSISTANT|DEVELOPER) ?:)"
    r"|(?:^|[\n>])\W*(?:new )?(?:system|assistant|developer)(?: (?:prompt|message))? ?:"
    r"|\b(?:system|developer) prompt has been\b"
    r"|(?:^|\n)\W*human\s*:|\bGRADER\s*:|<\|(?:im_start|start_header_id)\|>\s*(?:system|user|assistant)"
    r"|\[/?inst\]\s*(?:yes|no\b|the answer|confirm|met)"
    r"|\b(?:note|message|word|remark)s? (?:to|for|from|by) (?:the |an )?"
    r"(?:administrator|examiner|grader|developer|system|marker|ai)"
    r"|\b(?:exam|examination|grading) (?:board|office|committee|supervisor)\b|\bsupervisor of th\w+ exam"
    r"|\b(?:do|follow|obey) (?:what|the|these|those|all)\b[^.!?\n]{0,12}\b(?:says?|words|orders)\b"
    r"|\bpolicy update ?:|\bnew instructions? ?(?::|for you|from|follow|appl)|\bjailbreak"
    # roles are handed out
    r"|\byou are (?:now )?(?:a |an |in )?"
    r"(?:lenient|generous|helpful|different|debug|developer|grader|teacher|assistant|proud|examiner)"
    r"|\byou are now\b|\bact as (?:an? |the )?(?:lenient |kind )?(?:examiner|grader|judge|teacher)"
    r"|\bimagine (?:that )?you(?:'re| are) (?:in|a|an|the) (?:debug|developer|grader|examiner|teacher)"
    r"|\bpretend (?:that )?(?:the answer|this|you|I)\b",
    re.IGNORECASE,
)

FORGED = re.compile(
    r"^\W*(?:interviewer|examiner|grader|evaluator|assistant)\s*:"
    r"|(?:^\W*(?:(?:my|the|final|overall|total) )*|[{,;\"'\n>]\s*"
    r"|\b(?:set|give|output|record|mark|return|every|this answer(?:'s)?)\b[^.!?\n]{0,20})"
    r"[\"']?\b(?:score|verdict|level|passed|grade|credit|confidence)[\"']?\s*"
    r"(?::\s*[\"']?(?:1(?:\.0+)?\b|100|10\b)|[:=]\s*[\"']?(?:met|true|full|pass|high))"
    r"|</?(?:answer|rubric|system|instructions?|reference|candidate|verdicts?|grad\w+)\b[^>]*>"
    r"|\bas if (?:all|every|each) (?:the )?(?:criteri|statement|verdict)"
    r"|(?<!when )(?<!if )(?<!until )(?<!once )(?<!unless )"
    r"\b(?:all|every|each) (?:the )?(?:criteri(?:a|on)|statements?|verdicts?)\b[^.!?\n]{0,30}"
    r"\b(?:met|satisfied|fulfilled|covered|passed|asserted)\b"
    r"|\bevery answer (?:passes|counts)|\bas met\b|\basserted by the candidate"
    r"|(?:[=:→]|->)\s*[\"']?met\b|[\"'“]met[\"'”]|\bmet\b[\"']?\s*[,;/]\s*[\"']?met\b"
    r"|\b(?<![a-z0-9]-)[a-z0-9]+(?:-[a-z0-9]+)+ (?:is )?met\b|\b(?:everything|all)(?: criteria)? met\b"
    r"|\b(?:mark(?:ed)?|output|return|report|answer|reply|confirm)(?: with)? [\"']?met\b"
    r"|[\"'](?:verdicts?|criteri\w+|misconceptions|role|content)[\"']\s*:"
    r"|\bevidence[\"']\s*:|^\W*im_(?:start|end)\W*$|\bend of (?:data|input|context)\W*$"
    r"|^\W*(?:met|passed)(?:\W+(?:met|passed|yes))*\W*$"
    r"|\bfinal (?:grade|mark|verdict)s? ?(?:[:=]|should|must|will|is\b|are\b)"
    r"|\b(?:score|grade|mark)d? (?:of )?(?:10/10|5/5)"
    r"|\bassert(?:s|ed)? (?:the|every|all|each) statements?\b|\breply (?:with )?yes\b"
    r"|\b(?:end|begin(?:ning)?) of (?:student|candidate)|\bend of (?:answer|rubric|prompt)\b",
    re.IGNORECASE,
)

ABROAD = re.compile(
    # German, Dutch
    r"\b(?:ignorier|missacht|vergiss|negeer)\w*\b.{0,60}\b(?:anweisung|regel|kriteri|rubrik|instruct)"
    r"|\b(?:volle?|maximale?|höchste?)n? (?:punkt|note|score)|\bvolledige punten"
    # French, Spanish, Portuguese, Italian
    r"|\b(?:ignor|oubli|olvid|esque|desconsider|dimentic)\w*\b.{0,60}\b(?:instru|istruz|consigne|r[eè]gl"
    r"|regol|regras|barème|r[uú]brica|crit[eèé]r)"
    r"|\b(?:note|nota|points?|puntuaci[oó]n|puntaje|punteggio|pontuaç[aã]o) (?:m[aá]xim|maximal|massim|complet)"
    r"|\b(?:m[aá]xima|massimo) (?:puntuaci[oó]n|nota|punteggio)|\btous les points\b"
    # Polish, Turkish
    r"|\bzignoruj\b.{0,60}\b(?:instrukc|zasad|polece)|talimat\w*.{0,40}(?:yok say|görmezden)|\btam puan"
    # Russian and its neighbours
    r"|(?:игнорир|забудь|ігнор)\w*.{0,60}(?:инструкц|правил|указан|критери|інструкц)"
    r"|(?:максимальн|высш|полн)\w+ (?:балл|оценк)"
    # Chinese, Japanese, Korean
    r"|(?:忽略|无视|無視|忘记|忘れ).{0,24}(?:指示|指令|规则|規則|说明|要求|评分|標準|标准|ルール|基準)"
    r"|(?:指示|命令|ルール|基準|规则).{0,12}(?:無視|无视|忽略|忘れ)|满分|滿分|満点|最高分|最高点"
    r"|(?:지시|명령|규칙).{0,20}무시|만점"
    # Hindi, Arabic
    r"|निर्देश.{0,24}(?:अनदेखा|नज़रअंदाज़)|पूरे अंक|पूर्ण अंक"
    r"|(?:تجاهل|انس).{0,30}(?:التعليمات|الأوامر|القواعد)|(?:الدرجة|العلامة) (?:الكاملة|النهائية)",
    re.IGNORECASE,
)

COMPACT = re.compile(
    r"(?:ignore|disregard|forget)(?:the|all|any|your|these|previous|prior|above){0,4}"
    r"(?:rubric|instructions|rules|criteria)"
    r"|(?:give|award|grant)(?:it|me|this|the|answer){0,3}full(?:marks|credit|points|score)"
    r"|givefullmarks|awardfullmarks|markeverythingasmet|asifallcriteria(?:are)?met|(?<!when)(?<!if)(?<!once)(?<!until)(?<!unless)allcriteria(?:are)?met"
)
"""For the letters of a sentence without anything between them."""

BOUNDARY = re.compile(
    r"</\s*(?:answer|candidate|student)\b[^>]*>"
    r"|(?<![=\-#*])[=\-#*]{3,}\s*(?:answer ends|end of (?:the )?(?:student|candidate|answer|response|input))"
    r"|\bend of (?:the )?(?:student|candidate)(?:'s)? (?:answer|response|input)",
    re.IGNORECASE,
)
"""Where a forged end of the answer stands: what follows speaks with another voice."""
