"""Words found in a text by PostgreSQL's own lexemes: the same words, in every writing that it makes one."""

import pytest
from django.db import connection

from trials.search.lexemes import Finder, folded

pytestmark = pytest.mark.django_db

WORDS = """
abdominal ablation ablations ablated accurately administered adverse alcoholism analyses angiogenesis antibodies
antibody anticoagulation arterial assessed bilirubin biopsies biopsy bleeding bridging cancer cancers capability
carcinoma carcinomas cardiovascular catheterization chemoembolisation chemoembolization chemotherapies cholangitis
cirrhosis cirrhotic classification clinically coagulation combined compensated contraindicated cryotherapy definitely
diabetes diagnosed dosing embolism embolization encephalopathy endoscopic esophageal etiologies evaluation feasibility
fibrosis hemodynamically hepatectomies hepatectomy hepatic hepatitis hepatocellular histologically hoping immunotherapy
infections infusion inhibitors injection intravenously invasion irradiated kidney laboratory lesions levels liver livers
locally lymphocytes malignancies mechanisms metastases metastasis metastatic microwave monotherapy mutations nodules
oesophageal operability pancreatitis patients percutaneous peritonitis pneumonitis possibility precision programmed
progressed progression prophylaxis quality radiation radioembolization radiofrequency radiotherapies randomised
randomly recurrence recurrent referred refractory resectable resected responders safety sorafenib staging stereotactic
stopped studies study suitability surgeries surgical survival survived symptomatic systemic therapeutic therapies
thermally thromboses thrombosis thrombus tolerability tolerated toxicities toxicity transarterial transplantation
transplanted treated treatments tumor tumors tumour unresectable used useful using vaccination varices
vascular volunteers
""".split()
UNLIKE = (
    ("liver", "Liverpool"),
    ("cancer", "cancerland"),
    ("tace", "tacexyz"),
    ("hcc", "hcctrials"),
    ("port", "portugal"),
    ("pd 1", "pd 10"),
    ("MK-3475", "MK-34751"),
    ("sorafenib", "xsorafenib"),
)
ALIKE = (
    ("hepatocellular carcinoma", "in Hepatocellular\n  Carcinomas,"),
    ("cancer of the liver", "cancers of the liver"),
    ("child pugh b", "Child-Pugh B"),
    ("non-small-cell lung", "non-small-cell lungs"),
    ("MK-3475", "(MK-3475)"),
    ("SHR-1210", "SHR-1210 "),
    ("anti-PD-1 antibody", "anti-PD-1 antibodies"),
    ("CAR-T cell", "CAR-T cells"),
    ("hôpital Eugène", "Hopital eugene"),
    ("hopital", "l'Hôpital"),
    ("5-FU", "5-FU"),
    ("1.5 mg", "1.5 mg"),
    ("肝癌", "原发性 肝癌"),
)


def _lexemes(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phraseto_tsquery('trials_english', %s)::text", [text])
        return str(cursor.fetchone()[0])


def _matches(words: str, text: str) -> bool:
    with connection.cursor() as cursor:
        query = "SELECT to_tsvector('trials_english', %s) @@ phraseto_tsquery('trials_english', %s)"
        cursor.execute(query, [text, words])
        return bool(cursor.fetchone()[0])


def test_a_word_is_found_by_its_own_lexeme() -> None:
    lost = [word for word in WORDS if Finder(_lexemes(word)).search(word) != (0, len(word))]
    assert not lost


def test_no_word_of_the_list_is_taken_for_another_that_postgresql_tells_apart() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT plainto_tsquery('trials_english', w)::text FROM unnest(%s::text[]) w", [WORDS])
        lexemes = [str(lexeme) for (lexeme,) in cursor.fetchall()]
    text = " ".join(WORDS)
    for word, lexeme in zip(WORDS, lexemes, strict=True):
        found = {text[start:end] for start, end in Finder(lexeme).spans(text)}
        twins = {other for other, its in zip(WORDS, lexemes, strict=True) if its == lexeme}
        wrong = {other for other in found - twins if other[:4] != word[:4]}
        assert twins <= found, word
        assert not wrong, (word, wrong)


@pytest.mark.parametrize(("words", "text"), UNLIKE)
def test_words_that_only_begin_alike_are_left_alone(words: str, text: str) -> None:
    assert not _matches(words, text)
    assert Finder(_lexemes(words)).search(folded(text)) is None


@pytest.mark.parametrize(("words", "text"), ALIKE)
def test_every_writing_that_postgresql_finds_is_found(words: str, text: str) -> None:
    assert _matches(words, text)
    assert Finder(_lexemes(words)).search(folded(text)) is not None


def test_folding_keeps_every_place() -> None:
    text = "É İ ß ﬁ ½ e\u0301 ﷺ 😀 Ａ Ω µ"
    assert len(folded(text)) == len(text)


def test_words_apart_are_found_where_all_of_them_stand() -> None:
    finder = Finder("'liver' <-> 'cancer'", "'liver' & 'cancer'")
    assert finder.spans("cancers of the liver") == [(15, 20), (0, 7)]
    assert finder.spans("liver disease") == []
    assert finder.spans("liver cancer, then cancer") == [(0, 12)]


def test_nothing_to_search_for_finds_nothing() -> None:
    assert Finder("").search("anything") is None
