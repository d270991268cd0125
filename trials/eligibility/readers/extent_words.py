"""The words by which criteria tell the extent of disease: patterns, and cheap tests before them.

Only words: never reads a statement.
"""

import re

_OPERATION = (
    r"(?:(?:orthotopic|liver|hepatic|surgical(?:ly)?|curative|radical|complete|partial|r0|potentially|tumou?r|local"
    r"|percutaneous|thermal|image-guided|primary|potential|definitive|living donor|deceased donor|a|the) )*"
    r"(?:resections?|resected|hepatectomy|hepatic surgery|liver surgery|curative surgery|radical surgery"
    r"|transplant(?:ation)?s?"
    r"|olt\b|ldlt\b|ablations?|rfa\b|mwa\b|microwave|radio-?\s?frequency|curative (?:intent )?(?:treatments?"
    r"|therap\w+))"
)
_EMBOLIZATION = (
    r"(?:tace|c-?tace|deb-?tace|d-?tace|tae\b|(?:chemo-?|radio-?)?emboli[sz]ations?|trans-?\s?(?:catheter )?arterial"
    r"|trans-?\s?catheter|transarterial|sirt\b|tare\b|y-?90|yttrium|selective internal)"
)
_FOR = (
    r"(?:candidates?|eligible|suitable|suited|listed|wait-?listed|list|awaiting|waiting|scheduled|planned"
    r"|plan\w*|amenable|amendable"
    r"|evaluated|undergo\w*|indicated|indications?|accepted|fit|bridg\w+|going|appropriate|considered|referred|refer"
    r"|expected|intended|qualif\w+|selected|assigned|accessible|allocated|proposed|able|treatable|intent)"
)
_STEP = r"(?:[\w'-]+[ ,/]+(?:\(\w+\) )?){0,5}?"
CURATIVE = re.compile(
    rf"\b{_FOR} {_STEP}{_OPERATION}"
    r"|(?<![\w-])(?<!not )(?<!initially )(?<!not surgically )(?:potentially |surgically |technically |upfront "
    r"|borderline )?resectable\b"
)
TREATED = re.compile(
    r"\b(?:underwent|undergone|undergoing|after|following|received|had|treated (?:with|by)|post|completed"
    r"|successful\w*|achieved|by|status post|with|experienced) "
    rf"(?:[\w-]+[ ,]+){{0,4}}?(?P<what>{_OPERATION})"
    r"|\b(?:radically|curatively|completely) (?:resected|ablated|treated)|\bresected (?:within|in the (?:last|past)"
    r"|less|at least|hcc|hepatocellular"
    r"|tumou?r|liver)"
    r"|(?<![\w-])(?:complete|curative|radical|r0) (?:\w+ )?(?:resection|ablation|hepatectomy)s? "
    r"(?:was |were |has been |had been )?(?:achieved|performed|obtained|done|confirmed)"
    r"|\bpost-?(?:operative|hepatectomy|resection)\b(?= (?:hcc|hepatocellular|liver|patients|adjuvant))"
)
IS_CURATIVE = re.compile(r"curative|radical|r0|complete|hepatectomy|resect|transplant")
SETTING = re.compile(
    r"\b(?:neo-?)?adjuvant\b|\b(?:peri|pre|post)-?operative\b"
    r"|\bresectable\b(?<!unresectable)(?<!un-resectable)(?<!nonresectable)"
    r"(?<!non-resectable)(?<!irresectable)|after (?:\w+ ){0,3}?(?:resection|hepatectomy|ablation)\b"
    r"|recurrence (?:of|after|following|in)|prevent\w* (?:of )?(?:\w+ ){0,2}recurrence"
)
EARLY_STAGE = re.compile(
    r"\b(?:very )?early(?:[\s-]stages?|[\s-]staged)?(?=[\s-](?:hcc|hepatocellular|liver (?:cancer|tumou?r)"
    r"|hepatocarcinoma|hepatoma"
    r"|or intermediate|to intermediate|and intermediate|disease)|, ?intermediate)"
    r"|\bsmall (?:hcc|hepatocellular|liver cancer)"
    r"|\b(?:within|meet\w*|fulfil\w*|satisf\w+|inside|in|per|by|according to) (?:the |of )*(?:milan|mazzaferro)"
    r"|\bmilan[- ]in\b"
)
WIDER_LIMIT = re.compile(
    r"\b(?:within|meet\w*|fulfil\w*|satisf\w+|inside)\b (?:the |of |milan |criteria |or |and/or )*"
    r"(?:expanded |extended )?(?:ucsf"
    r"|university of california"
    r"|up-?\s?to-?\s?(?:seven|7|eleven|11|11)|ut7|hangzhou|fudan|5-5-500|toronto|asan|kyoto|unos|down-?staging)"
)
ANY_STAGE = re.compile(
    r"\b(?:any|every|each|all) (?:(?:bclc|tnm|tumou?r|disease|clinical|cancer|hcc) )*stages?\b(?! iv)"
    r"|\b(?:irrespective|regardless|independent\w*) of (?:the |their |its |hcc |disease |tumou?r |cancer |bclc "
    r"|clinical )*"
    r"(?:stages?|staging|extent)\b"
)
INTERMEDIATE = re.compile(
    r"\bintermediate(?:[\s-]stages?)?[\s/-]*(?:hcc|hepatocellular|liver cancer|or advanced|or large|to advanced"
    r"|and advanced|stage)"
    r"|\b(?:early|small)[ ,/-]+(?:stage )?(?:and |or |to )?intermediate\b"
    r"|\bmulti-?nodular\b|\bmulti-?focal\b|\b(?:large|huge|giant|bulky) (?:or \w+ )?(?:hcc|hepatocellular"
    r"|liver (?:cancer|tumou?r))"
)
BEYOND = re.compile(
    r"\b(?:beyond|exceed\w*|outside|out of|out|over|not (?:meet\w*|within|fulfil\w*|in)) (?:the |of )*(?:beyond )?"
    r"(?:milan|up-?\s?to-?\s?(?:seven|7|eleven|11)|ut7|ucsf|hangzhou)|\b(?:milan|up-?\s?to-?\s?(?:seven|7|eleven|11)"
    r"|ut7)(?: criteria)?[- ]out\b"
)
EMBOLIZED = re.compile(
    rf"\b(?:{_FOR}|receiv\w*|treated|having|suitable|after|following|first) {_STEP}{_EMBOLIZATION}"
    rf"|\b{_EMBOLIZATION} (?:is |are )?(?:indicated|suitable|candidates?|eligible|planned|scheduled)"
)
# "Candidates for resection, ablation, TACE or systemic therapy": what a list adds to the curative treatments.
OR_EMBOLIZED = re.compile(rf"[^.;:]{{0,90}}?(?:\bor\b|/|,|\be\.g\.)[^.;:]{{0,60}}?\b{_EMBOLIZATION}")
OR_SYSTEMIC = re.compile(
    r"(?:[^.;:]|\.(?=[),])){0,120}?\bor (?:a |an |any |start\w* |initiat\w* )*systemic (?:\w+ )?"
    r"(?:therap|treatment|chemo)"
)
# What is listed behind a denial, or as treatment already given, brings nobody.
DENIES = re.compile(
    r"\b(?:no|not|without|prior|previous\w*|after|following|before|received|refus\w+|except|unless|bridg\w+)\b"
)
# Of what TREATED finds: an operation to come, or one for which the limits count all the same.
NOT_YET = re.compile(r"undergoing|with(?! (?:\w+ )?(?:resected|ablated))|.*transplant")
LOCAL_TREATMENT = re.compile(
    rf"\b{_FOR} (?:for|to) (?:\w+ )?(?:liver[- ]directed|loco-?\s?regional|local(?:-regional)?) (?:treatments?"
    rf"|therap\w+)"
)
_NOT_FIT = (
    r"(?:\b(?:not|no longer|never|neither|nor)\s(?:be |been |being |to be |considered |deemed |currently "
    r"|immediately |initially "
    r"|suitable |a |an |the |good |optimal |ideal |potential |surgically |technically |medically )*|\b(?:un|in|non)-?)"
)
UNRESECTABLE = re.compile(
    r"\b(?:un-?\s?resectable|ir-?resectable|non-?\s?resectable|inoperable|non-?operable|incurable|unresected)\b"
    rf"|{_NOT_FIT}(?:resectable|operable|curable)\b"
    rf"|{_NOT_FIT}(?:amenable|amendable|candidates?|eligible|suitable|suited|appropriate|indicated|accessible|fit"
    r"|qualified|feasible|eligibility)\b"
    r"[^.;]{0,40}?\b(?:curative|surg\w+|resect\w+|transplant\w*|ablati\w+|loco-?\s?regional|local|hepatectomy"
    r"|radical|operation)"
    r"|(?:surgery|resection|curative treatment|radical treatment|curative therapy) (?:\w+ ){0,3}(?:is |are "
    r"|was )?(?:not |contraindicated|impossible|unsuitable"
    r"|inappropriate|unfeasible)"
    r"|(?:cannot|can not|unable to|could not) (?:be )?(?:\w+ ){0,4}?(?:resect\w*|surg\w+|removed|curative\w*"
    r"|radical\w*|cured)"
    r"|\b(?:ineligible|unsuitable|unfit|contraindicat\w+) (?:for|to) (?:\w+[ ,/]+){0,5}?(?:curative|surg\w+"
    r"|resect\w+|transplant\w*"
    r"|ablati\w+|loco-?\s?regional|radical|hepatectomy|operation)"
    r"|no (?:\w+ ){0,2}(?:curative|surgical) (?:\w+ ){0,2}(?:options?|treatments?|therap\w+|intent)"
)
CANDIDATE_BAN = re.compile(
    r"(?<!not )(?<!un)(?<!in)\b(?:candidates?|eligible|suitable|suited|amenable|amendable|indicated"
    r"|indications?|fit|appropriate"
    rf"|accessible|qualif\w+|treatable|resectable) (?:for|to|of|by|with)\b {_STEP}(?:{_OPERATION}|curative"
    rf"|surgery|loco-?\s?regional)"
    r"|\bcurable\b|(?<![\w-])(?:potentially |surgically |technically )?resectable\b|curative (?:treatment"
    r"|therapy|option)s? (?:is|are)"
)
OTHER_GRAFT = re.compile(r"stem cell|marrow|ha?ematopo|kidney|renal|cardiac|heart|islet|corneal|fecal|faecal")
_TUMOR = (
    r"(?:hcc|hepatocellular|hepatocarcinoma|hepatoma|liver (?:cancer|tumou?r|malig|carcin|neopl)\w*"
    r"|hepatobiliary|hepatic (?:cancer|carcinoma|malig|neopl)|primary liver"
    r"|cancers?|carcinomas?|tumou?rs?|malignan\w+|neoplas\w+|solid|disease\b|setting|flc\b|fibrolamellar"
    r"|cholangio\w+|adenocarc\w+)"
)
ADVANCED = re.compile(
    rf"\b(?P<locally>locally[\s-]+|loco-?regionally[\s-]+"
    rf"|regionally[\s-]+)?advanced(?P<between>[^.;:]{{0,70}}?)\b{_TUMOR}"
    r"|\badvanced[\s-](?:stages?\b|or metastatic|and/or metastatic|and metastatic|or recurrent|unresectable"
    r"|incurable|lesions)"
    rf"|\b(?:late|end|terminal)[\s-]stage {_TUMOR}"
    rf"|\bmetastatic(?P<gap>[^.;:]{{0,30}}?)\b(?:{_TUMOR}|unresectable|advanced|recurrent)"
    r"|\b(?:unresectable|advanced|recurrent)(?:,|/| and/or| or| and) ?metastatic\b"
    r"|\bstage (?:iv[abc]?|4)\b(?! (?:chronic|kidney|renal|ckd))|\bstages? (?:iii|3)[abc]?(?: ?(?:-|or|and|/"
    r"|to) ?)(?:stage )?(?:iv|4)"
    rf"|\b(?:refractory|relapsed?)\b(?:[/,]| or | and | and/or |/ )*(?:refractory "
    rf"|relapsed )?(?:[\w-]+ ){{0,2}}?{_TUMOR}"
    rf"|\brecurrent (?:or|and/or|and) (?:refractory|metastatic)|\bdisseminated {_TUMOR}"
    r"|\b(?:progress\w+|failed|failure|refractory|intoleran\w+|relaps\w+)\b[^.;:]{0,50}?\b(?:sorafenib"
    r"|lenvatinib|atezolizumab"
    r"|systemic|standard (?:of care|therap|treatment)|first[- ]line|second[- ]line|targeted therap|immunotherap"
    r"|chemotherap)"
)
NOT_THE_TUMOR = re.compile(
    r"liver disease|cirrho|fibrosis|hepatic (?:dys|disease|impair|insuff)|advanced (?:renal|kidney|heart"
    r"|lung disease|age|care"
    r"|directive|practice|cardi|hiv|aids|dementia|imaging|copd|life|stage (?:cirrh|liver|renal|kidney))|liver dys"
    r"|metastatic (?:castrat|prostate|breast|colo|gastric|pancrea|lung|melanoma|renal|nsclc|liver|hepatic"
    r"|lesion|site|bone|brain|spread)"
    r"|\bbenign\b|\bbrain\b"
)
OF_THERAPY = re.compile(r"\b(?:for|in|of)\b(?:[\s,(/]+[\w-]+){0,4}[\s(]*$")
HALF = re.compile(
    r"(?:>|more than|over|≥|exceed\w*|at least|greater than)\s?=?\s?50 ?% (?:of )?(?:the )?(?:total )?(?:liver"
    r"|hepatic|tumou?r involvement)"
    r"|(?:liver|hepatic|tumou?r) (?:involvement|invasion|occupation|occupancy|burden|volume"
    r"|replacement)[^.;:]{0,20}?(?:>|≥|over|more than|at least)\s?=?\s?50"
    r"|\bhigh[- ]tumou?r[- ]burden"
)
VESSEL_OR_SPREAD = re.compile(
    r"(?:vascular|portal vein|venous) (?:\w+ ){0,2}?(?:invasion|involvement"
    r"|thromb\w+)(?: ?\([^)]{0,40}\))?(?:,? and/or|,? or)"
    r" (?:\w+ ){0,3}?(?:extra-?\s?hepatic|metasta|ehs)"
    r"|(?:extra-?\s?hepatic (?:\w+ ){0,2}?(?:spread|metasta\w+|disease)|ehs"
    r"|metasta\w+)(?: ?\([^)]{0,40}\))?(?:,? and/or|,? or)"
    r" (?:\w+ ){0,3}?(?:vascular|portal vein|mvi\b|pvtt)"
)
# Earlier treatment that is permitted or counted brings nobody.
EARLIER = re.compile(
    r"\b(?:prior(?! to (?:random|enrol|inclusion|registration|study|the study|entry|screening))"
    r"|previous(?:ly)?|history of"
    r"|may have|can have|might have|permitted|allowed|acceptable"
    r"|not excluded|unless"
    r"|(?:adequately|must have|have) recovered|recovery from|before (?:enrol|random|study)|if (?:the|a|un"
    r"|patient|subject)|refused?|declin\w+"
    r"|relaps\w+|refractory|progress\w+|failed|failure|recurren(?:t|ce) (?:\w+ ){0,2}(?:after|following|post)"
    r"|or (?:\w+ ){0,2}biopsy|tissue|biopsy or|wait(?:ing)? period|benign)\b"
)
OTHER_MALIGNANCY = re.compile(
    r"in[- ]situ|basal[- ]cell|(?:other|another|second|secondary|previous|prior|different) (?:\w+ )?(?:malignan"
    r"|cancer|neoplas)"
)
ADJUVANT_THERAPY = re.compile(r"adjuvant (?:\w+ ){0,3}(?:therap|treat|chemo|setting|systemic|radio)|lines? of|count")

# Cheap signs that one of the patterns can match at all.
OPERATION_WORDS = (
    "resect", "hepatectomy", "transplant", "olt", "ldlt", "ablat", "rfa", "mwa", "microwave", "frequency", "curative",
    "surger",
)  # fmt: skip
EMBOLIZATION_WORDS = (
    "tace", "tae", "emboli", "arterial", "catheter", "sirt", "tare", "y-90", "y90", "yttrium", "selective internal",
)  # fmt: skip
STAGE_WORDS = (
    "early", "small", "milan", "mazzaferro", "ucsf", "california", "seven", "to-7", "to 7", "eleven", "11", "ut7",
    "hangzhou", "fudan", "5-5-500", "toronto", "unos", "intermediate", "nodular", "focal", "large", "huge", "giant",
    "bulky", "kyoto", "asan", "staging",
)  # fmt: skip
UNRESECTABLE_WORDS = (
    "resect", "operab", "curab", "curative", "surg", "transplant", "ablati", "regional", "hepatectomy", "local",
    "radical", "operation", "removed",
)  # fmt: skip
ADVANCED_WORDS = (
    "advanced", "metastatic", "stage", "refractory", "relaps", "disseminated", "progress", "failed", "failure",
    "intoleran",
)  # fmt: skip
_OTHER_WORDS = (
    "%", "burden", "lesions", "nodules", "tumors", "tumours", " cm", "mm", "solitary", "single", "vascular",
    "portal vein", "extrahepatic", "liver-directed", "hccs", "foci",
)  # fmt: skip
WORDS = tuple(
    dict.fromkeys(
        (
            *OPERATION_WORDS,
            *EMBOLIZATION_WORDS,
            *STAGE_WORDS,
            *UNRESECTABLE_WORDS,
            *ADVANCED_WORDS,
            *_OTHER_WORDS,
        )
    )
)
