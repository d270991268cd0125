"""How records name hepatitis B and C: the virus, its nucleic acid, its antigens and antibodies.

Never says what a sentence asks of a patient who has it (`viral_hepatitis`).
"""

import re

from trials.eligibility.readers.viral_scope import Virus

HBV = Virus(
    name="hbv",
    words=re.compile(
        r"\bhep(?:atitis)?\.?[\s-]*(?:virus(?:es)? |types? |viral )*[\"'(]{0,2}b\b|\bhbv\b|\bhbs[\s-]?ag\b"
        r"|\bhbs antigen|\bhbe[\s-]?ag\b|\bhb virus|乙肝|乙型肝炎"
        r"|\bhep(?:atitis)?\.?[\s-]*(?:virus |types? )?[\"'(]{0,2}[ac](?: virus)?(?: \([^)]{0,30}\))?[\s,/+&]*"
        r"(?:or |and |and/or )?(?:type )?b\b|(?:viral|infectious) hepatitis|\bany (?:hepatitis )?(?:virus|viral) status"
        r"|\bhepatitis (?:virus |viral |infection )?status"
    ),
    load=re.compile(
        r"\bdna\b|-dna\b|deoxyribo\w*|vira(?:l|emic) load|virus load|\btit(?:er|re)s?\b|\bcopies\b|copy number"
        r"|replicat\w+|\bpcr\b|polymerase"
    ),
    marker=re.compile(r"\bhbs|surface antigen|s antigen|hbc|\bcore\b|\bhbe|e antigen|antibod\w+|serolog\w+"),
    trigger=("hepatitis", "hbv", "hbs", "hb virus", "hep b", "hep. b", "virus status", "viral status", "乙"),
)
HCV = Virus(
    name="hcv",
    words=re.compile(
        r"\bhep(?:atitis)?\.?[\s-]*(?:virus(?:es)? |types? |viral )*[\"'(]{0,2}c\b|\b(?:hcv|hvc)(?:-?ab|-?rna)?\b"
        r"|\banti-?hcv"
        r"|\bhep(?:atitis)?\.?[\s-]*(?:(?:virus |types? )?[\"'(]{0,2}a[\s,/]+(?:and |or )?)?(?:virus "
        r"|types? )?[\"'(]{0,2}b"
        r"(?: (?:virus|surface antigen))?(?: \([^)]{0,30}\))?(?: infection)?[\s,/+&]*(?:or |and |and/or )?"
        r"(?:hepatitis |type )?\(?c\b|\bhep(?:atitis)? (?:virus )?[ad][\s,/]+(?:(?:and|or) )?(?:hepatitis )?c\b"
        r"|(?:viral|infectious) hepatitis|丙肝|丙型肝炎"
        r"|\bany (?:hepatitis )?(?:virus|viral) status|\bhepatitis (?:virus |viral |infection )?status"
    ),
    load=re.compile(
        r"\brna\b|-rna\b|ribonucleic|vira(?:l|emic) load|virus load|\btit(?:er|re)s?\b|\bcopies\b|\bpcr\b|polymerase"
        r"|nucleic acid|viremi\w+|replicat\w+"
    ),
    marker=re.compile(r"antibod\w+|anti-?hcv|hcv-?ab\b|serolog\w+|seropositiv\w*"),
    trigger=("hepatitis", "hcv", "hvc", "hep c", "hep. c", "hep b", "virus status", "viral status", "丙"),
)
