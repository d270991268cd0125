"""One sentence for each fact: how its value is decided. For staff who review. Never reads a record.

Source: the project's FACTS.md (October 2026).
"""

from types import MappingProxyType

from trials.vocabulary.messages import gettext_noop as _

FACT_RULES = MappingProxyType(
    {
        "child_pugh": _(
            "Every total score that is accepted: A is 5 and 6, B is 7 to 9, C is 10 to 15; a banned C leaves 5 to 9. "
            "Only a ban of any cirrhosis accepts no score."
        ),
        "tumor_burden": _(
            "Early: within Milan, BCLC 0 or A, candidates for cure or treated by it. Intermediate: in the liver only, "
            "beyond Milan, no large vessel. High: a large vessel, spread, or over half of the liver."
        ),
        "portal_vein_invasion": _(
            "Tumour in the portal vein, a hepatic vein or the vena cava. If only the main trunk (Vp4) is banned it is "
            "allowed. A bland thrombus is no invasion."
        ),
        "extrahepatic_spread": _("Metastasis outside the liver, nodes included. “Advanced or metastatic” allows it."),
        "bclc": _("Only where a BCLC (Barcelona) stage is named; the Chinese stages (CNLC) do not count."),
        "ecog": _("WHO, Zubrod and plain “PS” count too. Karnofsky 90 to 100 is 0, 70 to 80 is 1, 50 to 60 is 2."),
        "prior_systemic_therapy": _(
            "None: only people without any earlier systemic therapy for HCC. Required: at least one earlier line. "
            "Allowed: the text admits both. A washout is no ban."
        ),
        "prior_locoregional_therapy": _(
            "None: only people without earlier treatment aimed at the tumour. Required: only after it. "
            "A washout period means allowed."
        ),
        "liver_transplant": _("An earlier transplant of the liver or of any other organ."),
        "hepatic_encephalopathy": _(
            "Any ban, now or within a time window, means not accepted; “no grade 2 or worse” accepts it within limits."
        ),
        "ascites": _(
            "Accepted within limits if only moderate, severe, refractory or uncontrolled ascites is banned; any or "
            "“clinically significant” ascites banned means not accepted."
        ),
        "hbv": _(
            "Active or chronic hepatitis B. Allowed if it may be under treatment or below a DNA limit; "
            "“surface antigen positive” excluded means not accepted."
        ),
        "hcv": _("Active or chronic hepatitis C. Allowed if only people with RNA in the blood are excluded."),
        "modalities": _(
            "What the trial gives or compares, not what it bans. Checkpoint inhibitors are immunotherapy; "
            "kinase inhibitors and antibodies against VEGF are targeted; TAE is TACE; iodine-125 seeds: radiotherapy."
        ),
        "hcc_scope": _(
            "For HCC (or liver cancer that includes it), HCC among other tumours or liver diseases, or no HCC at all."
        ),
    }
)
