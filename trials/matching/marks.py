"""What the words of a record add to the value of a fact, as marks that the rules of acceptance know. Never reads."""

ACTIVE = "active"  # hepatitis: every sentence bans the active kind alone
SIGNIFICANT = "significant"  # ascites: every sentence bans the significant kind alone
# Earlier drugs. A class that the fact's own sentences name stands as its own name: "tki"
APART = "apart:"  # before a class that another sentence about earlier treatment names
LINES = "lines"  # a sentence sets a greatest number of lines
ALL_OF = "all_of"  # the classes named are asked for together
ONLY_NAMED = "only_named"  # "none" is said of the classes named alone
# Vessels. An extent that a sentence names stands as profiles name it: "vp4"
VP1_2, VP3, VP4, HEPATIC_VEIN, VENA_CAVA = EXTENTS = ("vp1_2", "vp3", "vp4", "hepatic_vein", "vena_cava")
ANY_VESSEL = "any_vessel"  # large vessels are meant, not the portal vein alone
MAJOR = "major"  # every sentence speaks of major vessels or main branches alone
LIMITED = "limited"  # vessels, spread: allowed or banned within limits that the sentence tells
GENERAL = "general"  # local treatment: a sentence speaks of treatment of any kind, which may mean surgery too
