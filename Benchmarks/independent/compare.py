"""Compare `guanxi analyze … --orders FILE --json` with the independent computation, customer by customer.

    python3 compare.py GUANXI FILE --as-of DATE
        [--window DAYS] [--by amount|quantity] [--cuts R/F/M] [--only abc|rfm|rfa]

GUANXI is the path of the binary. Exit code 1 when anything differs.
"""

import json
import subprocess
import sys
from decimal import Decimal

from analysis import analyze, arguments

FIELDS = {
    "abc": ["value", "share_before", "rank", "class"],
    "rfm": ["recency", "frequency", "monetary", "r", "f", "m", "segment"],
    "rfa": ["recency", "frequency", "quantity", "r", "f", "a", "segment"],
}
DECIMALS = {"value", "monetary", "quantity"}
SHARE_TOLERANCE = 1e-12  # shares are floating point; everything else must be equal


def asked(method, given):
    command = [given.guanxi, "analyze", method, "--orders", given.file, "--as-of", given.as_of, "--json"]
    if given.window is not None:
        command += ["--window", str(given.window)]
    if method == "abc":
        command += ["--by", given.by]
    elif given.cuts:
        command += ["--cuts", given.cuts]
    try:
        answer = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        sys.exit(f"compare: {error}")
    if answer.returncode != 0:
        sys.exit(f"compare: {' '.join(command)} ended with {answer.returncode}:\n{answer.stderr}")
    return json.loads(answer.stdout)["customers"]


def same(field, ours, theirs):
    if ours is None or theirs is None:
        return False
    if field in DECIMALS:
        return isinstance(theirs, str) and Decimal(ours) == Decimal(theirs)
    if field == "share_before":
        return abs(ours - theirs) <= SHARE_TOLERANCE
    return ours == theirs


def differences(method, expected, answered):
    found = {}
    for customer in answered:
        if customer["id"] in found:
            yield f"{customer['id']}: answered twice"
        found[customer["id"]] = customer
    for identity in found.keys() - expected.keys():
        yield f"{identity}: answered but not expected"
    for identity, ours in expected.items():
        theirs = found.get(identity)
        if theirs is None:
            yield f"{identity}: expected but not answered"
            continue
        for field in FIELDS[method]:
            if not same(field, ours[field], theirs.get(field)):
                yield f"{identity}: {field} expected {ours[field]}, answered {theirs.get(field)}"


def main():
    parser = arguments("Compare the product's analysis with an independent one.")
    parser.add_argument("guanxi")
    parser.add_argument("file")
    parser.add_argument("--only", choices=list(FIELDS))
    given = parser.parse_args()
    failed = False
    for method in [given.only] if given.only else FIELDS:
        if method == "rfa" and given.cuts and not given.only:
            print("rfa: left out, its third cuts are quantities; ask for it with --only rfa")
            continue
        expected = analyze(method, given.file, given.as_of, given.window, given.by, given.cuts)
        found = list(differences(method, expected, asked(method, given)))
        print(f"{method}: {len(expected)} customers compared, {len(found)} differences")
        for line in found[:10]:
            print(f"  {line}")
        failed = failed or bool(found) or not expected
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
