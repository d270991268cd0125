"""The words of earlier treatment, shared by the readers of prior systemic and locoregional therapy.

Tells apart all systemic therapy, one class or drug of it, locoregional therapy as a whole and one kind of it, and any
therapy at all; and a washout (a window of time) from a ban. Never decides a fact.
"""

import re

_DRUG = (
    r"sorafenib|lenvatinib|regorafenib|cabozantinib|nivolumab|pembrolizumab|atezolizumab|bevacizumab"
    r"|durvalumab|ipilimumab|tremelimumab|donafenib|apatinib|camrelizumab|sintilimab|oxaliplatin|folfox"
    r"|gemcitabine|doxorubicin"
    r"|thalidomide|everolimus|ramucirumab|\w+tinib|\w+(?:limab|lizumab|lumab)"
)
CLASS = re.compile(
    rf"\b(?:anti-?\s?(?:pd|ctla|vegf|tigit|programmed)\S*|pd-?\(?l?\)?-?[12l]\S*|(?:immune )?checkpoint|ctla-?4"
    rf"|programmed|immunotherap\w+|immune therap\w+|immune-?mediated|vegf\w*|angiogen\w+|antiangiogen\w+"
    rf"|anti-angiogen\w+|tyrosine|kinase|tkis?|mtor|hdac|fgfr\w*|c-?met|egfr|her2|b7-?h3|hypomethylating|tigit"
    rf"|lag-?3|tim-?3|cd47|car-?t|gene therap\w+|cell therap\w+|adoptive|vaccines?|interferon|anthracyclin\w*"
    rf"|topoisomerase|parp|ici|icis|icb"
    rf"|same (?:drug|class|agent|target)|similar (?:drug|agent)|{_DRUG}|antibod\w+|glypican|gpc3|t[- ]cell"
    rf"|co-?stimul\w+|inhibitors?|agonists?|antisense|bavituximab|oncolytic|tirapazamine|stem cell"
    rf"|bispecific)\b"
)
SYSTEMIC = re.compile(
    r"\b(?:systemic(?:ally)?|systematic)(?:[\s,/-]+(?:\w+[\s,/-]+){0,4}?)?(?:anti-?\s?(?:cancer|tumou?r"
    r"|neoplastic|hcc)[\s-]*)?(?:therap\w+|treatments?|chemotherap\w+|agents?|drugs?|regimens?|immunotherap\w+"
    r"|lines?)|\bsystemic anti\w*|\b(?:chemo|immuno)-?therap\w+|targeted (?:therap\w+|drugs?|agents?"
    r"|treatment)|molecular(?:ly)?[\s-]+target\w+|biologic(?:al)? (?:therap\w+|agents?)|\bsact\b"
    r"|anti-?\s?(?:cancer|tumou?r|neoplastic) (?:drug|agent|medication|medicine|pharmac)\w*|drug (?:therapy"
    r"|treatment)|lines? of (?:\w+ ){0,3}?(?:therap\w+|treatment)|(?:prior|previous) (?:\w+ )?(?:lines?"
    r"|regimens?)|anti-?neoplastic (?:therap\w+|treatment|agents?)|全身|系统"
)
ANY_THERAPY = re.compile(
    r"\b(?:anti-?\s?(?:cancer|tumou?r|neoplastic|hcc)[\s-]+(?:directed )?(?:therap\w+|treatments?)|(?:prior"
    r"|previous|any|earlier|other) (?:(?!radi|loco|local|surg|abla)\w+ )?(?:therap(?:y|ies)"
    r"|treatments?)(?= (?:for|of|directed"
    r"|against) (?:the |this |their )?(?:\w+ )?(?:hcc|hepatocellular|liver|cancer|disease|tumou?r|malignan"
    r"|index))|treatments? (?:for|of) (?:the )?(?:hcc|hepatocellular|liver (?:cancer|tumou?r)|cancer)|(?:hcc"
    r"|cancer)[- ](?:directed )?(?:therap\w+|treatments?)|treatment (?:received |given )?in the past"
    r"|(?:up-?\s?front|front-?line"
    r"|salvage) (?:therap\w+|treatment)|received (?:any )?(?:treatment|therapy) (?:for|in|before)"
    r"|(?:(?<=no )|(?<=any ))(?:prior|previous) (?:anti\S* )?(?:treatment|therapy)\b"
    r"|previous anti\S+ (?:therap\w+|treatment)|standard[\s-]+(?:of[\s-]+care[\s-]+)?(?:therap\w+|treatments?)"
    r"|salvage therap\w+|available therap\w+|approved (?:\w+ )?therap\w+|(?:prior"
    r"|previous) (?:\w+ )?cancer (?:therap\w+|treatment))"
)
NAIVE = re.compile(
    r"\b(?:treatment|therapy|systemic(?:[- ]therapy| treatment)?)[\s-]*na[iï]ve\b|na[iï]ve (?:to|for"
    r"|of) (?:any )?(?:prior )?(?:systemic|treatment)|\b(?:systemically )?(?<!or )untreated (?:advanced "
    r"|primary |unresectable |locally |hcc|hepatocellular|liver|patients|metastatic|disease)"
    r"|previously[- ]untreated(?! lesion| measur| target)|\bfirst[- ]line (?:systemic |treatment|therapy"
    r"|setting|for|hcc|study|option|immuno)|\bfirst-?line\b(?=.{0,40}hepatocell)|as first[- ]line"
)
LOCOREGIONAL = re.compile(
    r"\b(?:loco-?\s?regional(?:ly)?|local[\s/-]+regional|local(?: or regional)? (?:anti\S+ )?(?:therap\w+"
    r"|treatments?)|liver[- ]directed|(?:intra-?hepatic|hepatic|regional) (?:local )?therap\w+"
    r"|interventional (?:therap\w+|treatment)|minimally invasive treatment|arterial (?:directed|therap\w+)"
    r"|embolotherapy)\b"
)
KIND = re.compile(
    r"\b(?P<tace>[cd]?-?tace|deb-tace|(?:trans-?(?:arterial|catheter)[\s-]*(?:arterial )?"
    r"|arterial )?chemo-?\s?emboli[sz]ation|tae|(?:bland |tumou?r |arterial )?emboli[sz]ation)\b"
    r"|\b(?P<haic>haic?|(?:hepatic )?arterial infusion\w*)\b|\b(?P<rad>tare|sirt|radio-?emboli[sz]ation|y-?90"
    r"|90y|yttrium|sir-spheres|therasphere)\b"
    r"|\b(?P<abl>(?:radio-?frequency |microwave |thermal |local |cryo)?ablation|ablative|rfa|mwa|pei"
    r"|ethanol injection|cryo\w+|hifu)\b|\b(?P<rt>(?:external[- ]beam )?(?:radio-?therapy"
    r"|radiation(?! pneumon)|irradiat\w+)|sbrt|ebrt|radiated|irradiated)\b"
)
WINDOW = re.compile(
    r"\b(?:with?in|during|for|in|over|at least|less than|more than|under|not more than|≥|<|≤|>|=<|>=|after"
    r"|minimum of|last|past|previous)\s?=?\s*(?:the )?(?:last |past |previous |prior |a (?:period"
    r"|minimum) of )*(?:\w+ \()?(?:\d+(?:\.\d+)?|one|two|three|four|five|six|eight|twelve)\)?(?:\s?-\s?\d+"
    r"| to \d+)?[\s-]*(?:day|week|month|year|half|hour|wk|d\b|w\b)"
    r"|\b(?:\d+|one|two|three|four|six)[\s-]*(?:days|weeks|months|years|wks)(?:\s\([^)]*\))? (?:prior|before"
    r"|of|from|since|after|or|have)|wash-?\s?out|intervals?\b|half-li|\d+ (?:day|week|month)s? (?:has|have"
    r"|must|should)|recover\w*|toxicit|adverse (?:event|effect|reaction)"
)
LINES = re.compile(
    r"(?:more than|>|≥|greater than|at least|exceed\w*|over)\s?=?\s*(?:\w+ \()?(?:one|two|three|four"
    r"|\d)\)?\+?\b[^.;]{0,30}(?:lines?|regimens?|prior|therap|agents?|previous|different)|\b(?:2|3|4|two"
    r"|three) or more|no more than|(?:not|up to|maximum|at most|only)[^.;]{0,15}(?:one|two|three"
    r"|\d)\b[^.;]{0,30}(?:lines?|regimens?|prior)|≤\s?\d[^.;]{0,25}(?:lines?|prior|regimens?)"
)
FAILED = re.compile(
    r"\b(?:progress(?:ed|ion|ing|es|ive disease)?\b[^.;]{0,90}?(?:on|after|during|following|under|to|despite"
    r"|from|with|through)\b|fail(?:ed|ure|ing)?\b(?! of organ)|refractory (?:to|or|disease|after|following)"
    r"|(?:relapsed?|recurr\w+)[^.;]{0,20}(?:after|following|or refractory|/refractory|and/or refractory"
    r"|despite)|resistan(?:t|ce) to|intoleran(?:t|ce) (?:of|to)|not (?:able to )?tolerat\w+|could not tolerate"
    r"|unable to tolerate|exhausted|no longer respond|unresponsive to|lack of (?:efficacy|effective)"
    r"|progression, intoleran)"
)
RECEIVED = re.compile(
    r"\b(?:(?:must|should|have to|has to) (?:\w+ )?have (?:been |previously |already |prior )?(?:received|had"
    r"|failed|progressed|treated|undergone|completed)|(?:have|has|had) (?:previously |already )?(?:received"
    r"|been (?:previously )?treated|been exposed|completed|undergone)|(?:have|has) had (?:at least|\d|one"
    r"|prior)|previously (?:treated|received|exposed)|pre-?treated|at least (?:one|two|1"
    r"|2) (?:\w+ ){0,2}(?:prior|previous|lines?|systemic)|(?:one|two|1|2) (?:or more|or two"
    r"|to \d) (?:\w+ )?(?:prior|previous)|(?:second|2nd|third|2l|later)[- ]?\+?[- ]?(?:line|l\b)"
    r"|received (?:at least|one|two|1|2|prior|a |approved)|prior (?:treatment|therapy"
    r"|exposure) (?:\w+ )?(?:with|to) (?!baseline|grade)|following (?:one|prior)|who received"
    r"|currently receiving)"
)
CHOICE = re.compile(
    r"\brefus\w+|declin\w+|unwilling|not willing|ineligible (?:for (?!surg|resect|transplant|loco|curative"
    r"|tace)|participants|patients|subjects)|(?:not (?:a |an )?(?:eligible|candidates?|suitable|appropriate"
    r"|amenable)|unsuitable)\b[^.;]{0,15}(?:for|to)(?! (?:\w+ ){0,4}?(?:transplant|resect|surg|curative|loco"
    r"|tace|trans-?arterial|ablat|local|radi))"
    r"|cannot receive|unable to receive|treatment[- ]na[iï]ve|na[iï]ve (?:subjects|patients|participants)"
)
PRIOR = re.compile(
    r"\b(?:prior|previous(?:ly)?|received|receiving|receipt|history of|past|earlier|pre-?treat\w+|had"
    r"|have (?:been )?treated|underg\w+|underwent|before|any|exposure|exposed|treated|treatment with|use of)\b"
)
ADJUVANT = re.compile(r"\b(?:neo-?)?adjuvant\b")
