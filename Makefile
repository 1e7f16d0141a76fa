SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run

GUANXI := .build/debug/guanxi
PYTHON := .build/python/bin/python
DATA := guanxi-data

.PHONY: setup run test narrowed check bench shots demo fmt release lint sizes assets build api journeys proxies faults faults-short docs fuzz

# Everything a developer needs; does nothing when all is there.
setup:
	@scripts/setup

# The product with its demo firm, on http://127.0.0.1:8080.
run: demo
	@exec $(GUANXI) serve

# The demo firm, unless there are customers already.
demo:
	@scripts/setup run
	@scripts/assets
	swift build --product guanxi
	@$(GUANXI) demo --once

# All tests, on SQLite and on PostgreSQL.
test: setup
	@scripts/postgres start
	GUANXI_TEST_POSTGRES=$$(scripts/postgres url) timeout 30m swift test

# A second build, in which everybody sees the customers they brought in themselves: every route is walked with records
# of somebody else's.
narrowed:
	GUANXI_NARROWED=1 swift build --build-tests --scratch-path .build/narrowed 2>&1 | grep -E 'error|Compiling|Build' | tail -3
	@scripts/postgres start
	GUANXI_NARROWED=1 GUANXI_TEST_POSTGRES=$$(scripts/postgres url) timeout 10m swift test --skip-build --scratch-path .build/narrowed --filter NarrowedAccessTests

# What CI runs, in this order.
check: setup
	$(MAKE) --no-print-directory lint sizes assets build
	$(MAKE) --no-print-directory test
	$(MAKE) --no-print-directory narrowed api journeys proxies faults-short docs

lint:
	swift format lint --strict --parallel --recursive Sources Tests Fuzzing/Sources Benchmarks/Models/Sources Package.swift
	@! grep -rn '_ = try call\.access' Sources || { echo 'lint: whoever asks for rights must narrow by them'; exit 1; }

sizes:
	@scripts/sizes

assets:
	@scripts/assets --check

# Warnings in Swift are errors already; this also catches those of C and of the package itself, but for
# what is said of the packages that it depends on.
build:
	swift build --build-tests 2>&1 | tee .build/build.log
	@! grep 'warning:' .build/build.log | grep -viFf <(ls .build/checkouts | sed "s/.*/'&'/")
	@scripts/check-fuzz

# The API does what its description says.
api:
	@$(PYTHON) scripts/api-check

# People's ways through the product in a browser, and every page judged.
journeys:
	@$(PYTHON) scripts/journeys.py

# Signing in through the proxies that docs/operation.md tells how to set up, and through some that are set up wrong.
proxies:
	@$(PYTHON) scripts/proxies

# The product is killed, its disk filled, its database taken away: nothing that was promised is lost.
faults-short:
	@$(PYTHON) scripts/faults --short
	@scripts/outages --short --binary $(GUANXI)

# The same some hundred times, with a thousand slow clients and a failover of PostgreSQL: takes about an hour.
faults: setup release
	$(PYTHON) scripts/faults --binary .build/release/guanxi
	scripts/outages --binary .build/release/guanxi

docs:
	@scripts/check-docs $(GUANXI)

# Speed and memory in one table; BENCH="--customers 1000000 --orders 10000000" for other sizes.
bench:
	@Benchmarks/run $(BENCH)

# What strangers send, made at random: FUZZ="header" for one parser alone.
SECONDS := 600
fuzz:
	@scripts/setup run
	@scripts/assets
	@Fuzzing/run --seconds $(SECONDS) $(FUZZ)

# Pictures of every page, into .build/shots; those of the README by scripts/shots.py --readme.
shots: setup build
	$(PYTHON) scripts/shots.py

fmt:
	swift format --in-place --parallel --recursive Sources Tests Fuzzing/Sources Benchmarks/Models/Sources Package.swift
	@scripts/assets

# One binary without Swift's libraries beside it: .build/release/guanxi
release:
	@scripts/setup run
	swift build --configuration release --static-swift-stdlib --product guanxi
	strip .build/release/guanxi
