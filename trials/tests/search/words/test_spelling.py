"""Misspelled words and what was meant; right words that must be left alone."""

import pytest

from trials.models import SearchWord
from trials.search.words.spelling import corrections, wrong_letters

pytestmark = pytest.mark.django_db

# Words that occur in trials: cities, sponsors, words of titles, and somebody's slips
WORDS = """
guangzhou shanghai beijing barcelona montpellier marseille toulouse clichy villejuif strasbourg bordeaux rennes lyon
paris london birmingham munich hannover heidelberg mainz milan pisa madrid pamplona seoul busan tokyo osaka chiba
taipei kaohsiung hong kong singapore bangkok houston boston rochester baltimore philadelphia chicago seattle angeles
francisco toronto montreal sydney melbourne vienna geneva brussels leuven amsterdam rotterdam warsaw prague istanbul
cairo mumbai delhi astrazeneca bayer novartis pfizer exelixis eisai hengrui beigene innovent akeso roche genentech
bristol squibb merck hepatocellular carcinoma cirrhosis recurrence resection hepatectomy transplantation
embolization chemotherapy radiotherapy ablation stereotactic randomized placebo survival unresectable advanced
intermediate metastatic adjuvant neoadjuvant combination efficacy safety patients treatment therapy study clinical
thrombosis portal invasion vascular microwave radiofrequency ultrasound surveillance biomarker microbiome exercise
nutrition sarcopenia hepatitis antiviral entecavir tenofovir statin aspirin metformin sorafenib lenvatinib
hepatocelular lenvatinb carcinom cancer tumor tumour liver observational registry prospective retrospective quality
palliative symptom fatigue anxiety depression education university hospital national institute medical center
college affiliated department
""".split()

MISSPELLED = {
    # drugs
    "sorafanib": "sorafenib", "sorefanib": "sorafenib", "sorafenab": "sorafenib", "lenvatanib": "lenvatinib",
    "lenvatnib": "lenvatinib", "lenvantinib": "lenvatinib", "regorafanib": "regorafenib",
    "cabozantanib": "cabozantinib",
    "cabozatinib": "cabozantinib", "pembrolizimab": "pembrolizumab", "pembrolizumap": "pembrolizumab",
    "pembrolisumab": "pembrolizumab", "nivolumap": "nivolumab", "nivolimab": "nivolumab",
    "atezolizimab": "atezolizumab",
    "atezolizumap": "atezolizumab", "attezolizumab": "atezolizumab", "bevacizumap": "bevacizumab",
    "bevacuzimab": "bevacizumab", "durvalimab": "durvalumab", "durvalumap": "durvalumab",
    "tremelimumap": "tremelimumab",
    "ipilimumap": "ipilimumab", "camrelizimab": "camrelizumab", "sintilamab": "sintilimab",
    "tislelizimab": "tislelizumab",
    "toripalamab": "toripalimab", "ramucirimab": "ramucirumab", "oxalaplatin": "oxaliplatin",
    "doxorubacin": "doxorubicin", "keytrooda": "keytruda", "ketruda": "keytruda", "nexivar": "nexavar",
    "tecentrik": "tecentriq", "imfinzy": "imfinzi", "opdevo": "opdivo", "lenvema": "lenvima",
    "cabometix": "cabometyx",
    "stivargo": "stivarga",
    # the disease and its words
    "hepatocellullar": "hepatocellular", "hepatoceluler": "hepatocellular", "hepatocelllular": "hepatocellular",
    "hepatacellular": "hepatocellular", "carcenoma": "carcinoma", "carcinnoma": "carcinoma", "cirhosis": "cirrhosis",
    "cirrhossis": "cirrhosis", "hepatitus": "hepatitis", "hepatits": "hepatitis",
    "trombosis": "thrombosis", "thrombossis": "thrombosis", "metastattic": "metastatic",
    "unresectible": "unresectable",
    "cholangiocarcenoma": "cholangiocarcinoma",
    # procedures
    "chemoembolizaton": "chemoembolization", "chemoembolizacion": "chemoembolization",
    "chemoembolistion": "chemoembolisation",
    "radioembolizaton": "radioembolization", "radiofrequancy": "radiofrequency", "ablaton": "ablation",
    "hepatectamy": "hepatectomy", "transplantaion": "transplantation", "immunoterapy": "immunotherapy",
    "immunotheraphy": "immunotherapy", "imunotherapy": "immunotherapy", "chemoterapy": "chemotherapy",
    "kemotherapy": "chemotherapy", "radiotheraphy": "radiotherapy", "radotherapy": "radiotherapy",
    "sterotactic": "stereotactic",
    # cities and sponsors
    "guangzou": "guangzhou", "shangai": "shanghai", "bejing": "beijing", "barcelonna": "barcelona",
    "montpelier": "montpellier", "tolouse": "toulouse", "strasburg": "strasbourg",
    "philadelfia": "philadelphia", "astrazenica": "astrazeneca", "astrazeneka": "astrazeneca",
    "novartus": "novartis", "exelexis": "exelixis", "henrui": "hengrui", "beigine": "beigene",
}  # fmt: skip
# What has to be right and stay so: words of medicine, people, towns and everyday that no trial here has
RIGHT = """
lapatinib gefitinib nephrology toulon johnson psoriasis garcia migraine asthma pancreas gastric colon prostate leukemia
lymphoma melanoma glioma sarcoma insulin warfarin heparin statins vitamin hospice doctor nurse family mother diabetes
stroke kidney stomach esophagus lisbon porto naples athens dublin geneve nantes grenoble lausanne zurich basel turin
bologna valencia seville hamburg berlin cologne leipzig dresden oslo helsinki stockholm copenhagen miami dallas denver
embolism ablative metabolic steatosis fibrosis oncology radiology surgeon anesthesia morphine ibuprofen budesonide
keytruda hepatitis chemoembolisation tumour carcinoma
""".split()


@pytest.fixture(autouse=True)
def words(db: None) -> None:
    SearchWord.objects.bulk_create([SearchWord(word=word) for word in sorted(set(WORDS) | {"hong"})])


def test_the_lists_are_long_enough() -> None:
    assert len(MISSPELLED) >= 60
    assert len(RIGHT) >= 40


def test_misspelled_words_are_recognised() -> None:
    found = {typed: "".join(corrections(typed)[:1]) for typed in MISSPELLED}
    assert {typed: meant for typed, meant in found.items() if meant != MISSPELLED[typed]} == {}
    assert corrections("SORAFANIB") == corrections("sorafanib")


def test_right_words_are_left_alone() -> None:
    found = {word: corrections(word) for word in RIGHT}
    assert {word: others for word, others in found.items() if others} == {}


def test_what_is_never_corrected() -> None:
    words = ["", "a", "TACE", "tase", "mk3475", "shr-1210", "肝癌", "x" * 41, "the cat", "नमस्ते", "\0"]
    assert [word for word in words if corrections(word)] == []


def test_accents_and_case_are_no_mistakes() -> None:
    assert corrections("Montpelliér") == []
    assert corrections("Cirrhôse") == []
    assert corrections("Shangaï") == ["shanghai"]


def test_a_slip_that_a_trial_has_is_not_offered_before_the_right_word() -> None:
    assert corrections("lenvatinab")[:1] == ["lenvatinib"]


def naive_wrong_letters(left: str, right: str) -> int:
    """The definition, without a table: the least number of changes, with neighbours changed round as one."""
    if not left or not right:
        return len(left) + len(right)
    least = min(
        naive_wrong_letters(left[1:], right) + 1,
        naive_wrong_letters(left, right[1:]) + 1,
        naive_wrong_letters(left[1:], right[1:]) + (left[0] != right[0]),
    )
    if len(left) > 1 and len(right) > 1 and left[0] == right[1] and left[1] == right[0]:
        least = min(least, naive_wrong_letters(left[2:], right[2:]) + 1)
    return least


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("abcd", "abdc"),
        ("", "abc"),
        ("liver", "livre"),
        ("ablat", "table"),
        ("same", "same"),
        ("abc", "xyz"),
        ("ca", "abc"),
    ],
)
def test_wrong_letters_are_counted_as_defined(left: str, right: str) -> None:
    assert wrong_letters(left, right, 9) == naive_wrong_letters(left, right)
    right_count = naive_wrong_letters(left, right)
    bounded = wrong_letters(left, right, 1)
    assert bounded == right_count if right_count <= 1 else bounded > 1
