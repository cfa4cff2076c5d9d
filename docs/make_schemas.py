"""Writes docs/schemas/ anew from the code."""

import json
from pathlib import Path

from interviewer.cli import schemas

FOLDER = Path(__file__).parent / "schemas"

if __name__ == "__main__":
    for name, schema in schemas.files().items():
        (FOLDER / name).write_text(json.dumps(schema, indent=1) + "\n", "utf-8")
        print(FOLDER / name)
