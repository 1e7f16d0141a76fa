"""Turn CDNOW_master.txt.gz (customer, YYYYMMDD, CDs, dollars, aligned with spaces) into an order file.

    python3 cdnow.py [FOLDER_OR_FILE] > cdnow.csv
"""

import csv
import gzip
import sys
from pathlib import Path


def orders(path):
    with gzip.open(path, "rt", encoding="ascii") as file:
        next(file)
        for line in file:
            customer, day, quantity, amount = line.split()
            yield customer, f"{day[:4]}-{day[4:6]}-{day[6:]}", quantity, amount


def main():
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/cdnow")
    if path.is_dir():
        path = path / "CDNOW_master.txt.gz"
    if not path.exists():
        sys.exit(f"cdnow: no such file: {path}")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["customer_id", "date", "quantity", "amount"])
    out.writerows(orders(path))


if __name__ == "__main__":
    main()
