"""Published scores of liver function and stage: tables and formulas with their sources. Pure; keeps nothing."""
