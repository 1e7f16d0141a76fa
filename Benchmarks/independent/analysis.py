"""ABC, RFM and RFA of an order file by pandas, written from the definitions in words, to check the product by.

The file has the columns customer_id, date (YYYY-MM-DD), quantity and amount. Definitions:

- A window of W days to the as-of date keeps the days d with as_of - W < d <= as_of; without one, d <= as_of.
- A return has a negative amount or quantity. A purchase occasion is a day with an order that is none.
- An order that came back whole within 30 days is no order, and its return none.
- recency: days from the last occasion to the as-of date; frequency: occasions; monetary, quantity: net sums.
- ABC takes in everybody with an order in the window, RFM and RFA everybody with an occasion.
- ABC: in descending order of value, equal values by id, A while the share of the sum of positive values held
  before is below 0.80, B below 0.95, else C; zero and negative values are C.
- Quantile score: the mid-rank r of n, as (r - 1/2) / n, in fifths: (0, 0.2] scores 1, ... (0.8, 1) scores 5.
- Fixed score: recency up to the first cut scores 5, up to the second 4, ...; frequency and the third from the
  fourth cut on score 5, from the third on 4, ...

    python3 analysis.py abc|rfm|rfa FILE --as-of DATE [--window DAYS] [--by amount|quantity] [--cuts R/F/M]
"""

import argparse
import sys
from decimal import Decimal
from fractions import Fraction

import pandas as pd

MINOR = 100  # hundredths of the currency
MILLI = 1000  # thousandths of a piece

SEGMENTS = {  # (recency scores, frequency scores)
    "champions": ("5", "45"),
    "loyal": ("34", "45"),
    "potential-loyalist": ("45", "23"),
    "new": ("5", "1"),
    "promising": ("4", "1"),
    "need-attention": ("3", "3"),
    "about-to-sleep": ("3", "12"),
    "at-risk": ("12", "34"),
    "cannot-lose": ("12", "5"),
    "hibernating": ("2", "12"),
    "lost": ("1", "12"),
}


def whole(text, unit):
    """A decimal number as a whole number of its smallest unit, refusing what would have to be rounded."""
    number = Decimal(text) * unit
    if number != int(number):
        raise ValueError(f"{text} is finer than 1/{unit}")
    return int(number)


def read(path, as_of, window=None):
    orders = pd.read_csv(path, dtype=str)
    orders["day"] = pd.to_datetime(orders["date"], format="%Y-%m-%d")
    orders["amount"] = [whole(text, MINOR) for text in orders["amount"]]
    orders["quantity"] = [whole(text, MILLI) for text in orders["quantity"]]
    as_of = pd.Timestamp(as_of)
    inside = orders["day"] <= as_of
    if window is not None:
        inside &= orders["day"] > as_of - pd.Timedelta(days=window)
    return without_whole_returns(orders[inside])


def without_whole_returns(orders, days=30):
    """Leaves out orders that came back whole within so many days, and their returns: each return takes back the latest
    order of the same customer and amount that none took back."""
    gone = set()
    for _, alike in orders.groupby(["customer_id", orders["amount"].abs()], sort=False):
        if not (alike["amount"] < 0).any():
            continue
        bought = []
        for place, order in alike.assign(is_return=alike["amount"] < 0).sort_values(["day", "is_return"], kind="stable").iterrows():
            if order["amount"] > 0 and order["quantity"] >= 0:
                bought.append((order["day"], place))
            elif order["amount"] < 0 and bought and (order["day"] - bought[-1][0]).days <= days:
                gone |= {place, bought.pop()[1]}
    return orders.drop(index=list(gone))


def abc(orders, by="amount"):
    """One row per customer: value, share_before, rank, class."""
    table = orders.groupby("customer_id")[by].sum().rename("value").reset_index()
    table = table.sort_values(["value", "customer_id"], ascending=[False, True], kind="stable")
    total = int(table["value"].clip(lower=0).sum())
    shares, classes, before = [], [], 0
    for value in table["value"].tolist():
        share = Fraction(before, total) if value > 0 else Fraction(1)
        shares.append(float(share))
        if value <= 0:
            classes.append("C")
        else:
            classes.append("A" if share < Fraction(80, 100) else "B" if share < Fraction(95, 100) else "C")
            before += value
    table["share_before"], table["class"] = shares, classes
    table["rank"] = range(1, len(table) + 1)
    return table.set_index("customer_id")


def purchases(orders, as_of, third):
    """One row per customer with an occasion: recency, frequency, and the third dimension."""
    bought = orders[(orders["amount"] >= 0) & (orders["quantity"] >= 0)]
    days = bought.groupby("customer_id")["day"]
    table = pd.DataFrame({
        "recency": (pd.Timestamp(as_of) - days.max()).dt.days,
        "frequency": days.nunique(),
    })
    table["third"] = orders.groupby("customer_id")[third].sum()
    return table


def quantile_score(goodness):
    place = (goodness.rank(method="average") - 0.5) / len(goodness)
    return pd.cut(place, [0, 0.2, 0.4, 0.6, 0.8, 1], labels=[1, 2, 3, 4, 5]).astype(int)


def fixed_score(values, cuts, less_is_better=False):
    if less_is_better:
        return 5 - sum((values > cut).astype(int) for cut in cuts)
    return 1 + sum((values >= cut).astype(int) for cut in cuts)


def segment(r, f):
    (name,) = [s for s, (rs, fs) in SEGMENTS.items() if str(r) in rs and str(f) in fs]
    return name


def rfm(orders, as_of, third="amount", cuts=None):
    """One row per customer: recency, frequency, third, r, f, third_score, segment."""
    table = purchases(orders, as_of, third)
    if cuts is None:
        table["r"] = quantile_score(-table["recency"])
        table["f"] = quantile_score(table["frequency"])
        table["third_score"] = quantile_score(table["third"])
    else:
        table["r"] = fixed_score(table["recency"], cuts[0], less_is_better=True)
        table["f"] = fixed_score(table["frequency"], cuts[1])
        table["third_score"] = fixed_score(table["third"], cuts[2])
    table["segment"] = [segment(r, f) for r, f in zip(table["r"], table["f"])]
    return table


def parse_cuts(text, unit):
    """`30,90,180,365/2,3,5,10/50,100,200,500`: days / occasions / money or quantity."""
    if text in (None, "quantile"):
        return None
    days, times, third = text.split("/")
    return (
        [int(cut) for cut in days.split(",")],
        [int(cut) for cut in times.split(",")],
        [whole(cut, unit) for cut in third.split(",")],
    )


def decimal_text(number, unit):
    return str(Decimal(number) / unit)


def analyze(method, path, as_of, window=None, by="amount", cuts=None):
    """{id: {field: value}} with the field names the product uses."""
    orders = read(path, as_of, window)
    if method == "abc":
        table = abc(orders, by)
        unit = MINOR if by == "amount" else MILLI
        table["value"] = [decimal_text(value, unit) for value in table["value"]]
    else:
        third, unit, name, score = ("amount", MINOR, "monetary", "m") if method == "rfm" else (
            "quantity", MILLI, "quantity", "a")
        table = rfm(orders, as_of, third, parse_cuts(cuts, unit))
        table["third"] = [decimal_text(value, unit) for value in table["third"]]
        table = table.rename(columns={"third": name, "third_score": score})
    return table.to_dict("index")


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--as-of", required=True, metavar="DATE")
    parser.add_argument("--window", type=int, metavar="DAYS")
    parser.add_argument("--by", choices=["amount", "quantity"], default="amount")
    parser.add_argument("--cuts", metavar="R/F/M", help="four rising numbers each, such as 30,90,180,365/…/…")
    return parser


def main():
    parser = arguments("ABC, RFM or RFA of an order file, one line per customer.")
    parser.add_argument("method", choices=["abc", "rfm", "rfa"])
    parser.add_argument("file")
    given = parser.parse_args()
    customers = analyze(given.method, given.file, given.as_of, given.window, given.by, given.cuts)
    table = pd.DataFrame.from_dict(customers, orient="index").rename_axis("id")
    table.to_csv(sys.stdout, lineterminator="\n")


if __name__ == "__main__":
    main()
