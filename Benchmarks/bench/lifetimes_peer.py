"""The part of lifetimes, run with its own Python; the same work as Benchmarks/Models.

    lifetimes_peer.py make FOLDER TRANSACTIONS      the files that both read
    lifetimes_peer.py bgnbd|paretonbd|scores|statistics FILE

CPU seconds leave out the start of Python and reading the file.
"""
import json
import sys
import time
import warnings

import numpy
import pandas
from lifetimes import BetaGeoFitter, ParetoNBDFitter
from lifetimes.utils import summary_data_from_transaction_data

CUSTOMERS = 2_357  # as many as in the sample of CDNOW, by whose published parameters they are made
WEEKS_SINCE = (27, 39)


def main(act, file, *more):
    warnings.simplefilter("ignore")
    print(json.dumps({"make": make, "statistics": statistics, "scores": scores}.get(act, fit(act))(file, *more)))


def make(folder, transactions):
    chance = numpy.random.default_rng(1)
    sample(chance, CUSTOMERS).tofile(f"{folder}/sample.bin")
    sample(chance, 1_000_000).tofile(f"{folder}/million.bin")
    count = int(transactions)
    buyers = count // 10
    numpy.concatenate([
        chance.integers(0, buyers, count, dtype=numpy.int32).view(numpy.uint8),
        chance.integers(17_000, 20_000, count, dtype=numpy.int32).view(numpy.uint8),
        chance.integers(100, 100_000, count, dtype=numpy.int64).view(numpy.uint8),
    ]).tofile(f"{folder}/transactions.bin")
    return {}


def sample(chance, count, r=0.242595, alpha=4.413602, a=0.792922, b=2.425907):
    """Histories of BG/NBD customers, in days as orders have them, told in weeks."""
    age = numpy.round(chance.uniform(*WEEKS_SINCE, count) * 7) / 7
    rate, leaving = chance.gamma(r, 1 / alpha, count), chance.beta(a, b, count)
    frequency, recency, alive = numpy.zeros(count), numpy.zeros(count), numpy.ones(count, bool)
    now = numpy.zeros(count)
    while alive.any():
        now = now + chance.exponential(1, count) / numpy.maximum(rate, 1e-12)
        day = numpy.ceil(now * 7) / 7
        buys = alive & (day <= age) & (day > recency)
        frequency[buys] += 1
        recency[buys] = day[buys]
        alive &= (day <= age) & (chance.uniform(0, 1, count) > leaving)
    return numpy.column_stack([frequency, recency, age])


def histories(file):
    return numpy.fromfile(file).reshape(-1, 3).T


def spent(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def fit(kind):
    def fitted(file):
        frequency, recency, age = histories(file)
        fitter = BetaGeoFitter() if kind == "bgnbd" else ParetoNBDFitter()
        seconds = spent(lambda: fitter.fit(frequency, recency, age))
        return {"seconds": seconds, "log_likelihood": likelihood(fitter, frequency, recency, age)}
    return fitted


def likelihood(fitter, frequency, recency, age):
    """Of the parameters found. The two fitters take their parameters, and give the mean or the sum, each in its own way."""
    found, weights = fitter.params_.to_numpy(), numpy.ones(len(age))
    if isinstance(fitter, ParetoNBDFitter):
        return -fitter._negative_log_likelihood(found, frequency, recency, age, weights, 0)
    return -fitter._negative_log_likelihood(numpy.log(found), frequency, recency, age, weights, 0) * len(age)


def scores(file):
    frequency, recency, age = histories(file)
    fitter = BetaGeoFitter().fit(frequency[:2000], recency[:2000], age[:2000])
    alive = purchases = None

    def work():
        nonlocal alive, purchases
        alive = fitter.conditional_probability_alive(frequency, recency, age)
        purchases = fitter.conditional_expected_number_of_purchases_up_to_time(52, frequency, recency, age)
    seconds = spent(work)
    return {"seconds": seconds, "alive": float(numpy.sum(alive)), "purchases": float(numpy.sum(purchases))}


def statistics(file):
    raw = numpy.fromfile(file, dtype=numpy.uint8)
    count = len(raw) // 16
    customers, days = raw[:4 * count].view(numpy.int32), raw[4 * count:8 * count].view(numpy.int32)
    table = pandas.DataFrame({
        "customer": customers, "day": pandas.to_datetime(days, unit="D"), "amount": raw[8 * count:].view(numpy.int64)})
    del raw
    summary = None

    def work():
        nonlocal summary
        summary = summary_data_from_transaction_data(
            table, "customer", "day", monetary_value_col="amount", freq="D", freq_multiplier=7)
    seconds = spent(work)
    return {"seconds": seconds, "customers": len(summary), "frequency": float(summary["frequency"].sum()), "age": float(summary["T"].sum())}


if __name__ == "__main__":
    main(*sys.argv[1:])
