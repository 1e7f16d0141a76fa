SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := run

GUANXI := .build/debug/guanxi
PYTHON := .build/python/bin/python
DATA := guanxi-data

.PHONY: setup run test check bench shots demo fmt release lint sizes assets build docs

# Everything a developer needs; does nothing when all is there.
setup:
	@scripts/setup

# The product with its demo firm, on http://127.0.0.1:8080.
run: demo
	@exec $(GUANXI) serve

# The demo firm, unless there is a database already.
demo:
	@scripts/setup run
	@scripts/assets
	swift build --product guanxi
	@test -e $(DATA)/guanxi.db || $(GUANXI) demo

# All tests, on SQLite and on PostgreSQL.
test: setup
	@scripts/postgres start
	GUANXI_TEST_POSTGRES=$$(scripts/postgres url) swift test

# What CI runs, in this order. The API check (scripts/api-check) and the browser journeys
# (scripts/journeys.py) have their place between the tests and the docs.
check: setup
	$(MAKE) --no-print-directory lint sizes assets build
	$(MAKE) --no-print-directory test
	$(MAKE) --no-print-directory docs

lint:
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

sizes:
	@scripts/sizes

assets:
	@scripts/assets --check

# Warnings in Swift are errors already; this also catches those of C and of the package itself, but for
# what is said of the packages that it depends on.
build:
	swift build --build-tests 2>&1 | tee .build/build.log
	@! grep 'warning:' .build/build.log | grep -viFf <(ls .build/checkouts | sed "s/.*/'&'/")

docs:
	@scripts/check-docs $(GUANXI)

bench:
	Benchmarks/run

shots: setup
	$(PYTHON) scripts/shots.py

fmt:
	swift format --in-place --parallel --recursive Sources Tests Package.swift
	@scripts/assets

# One binary without Swift's libraries beside it: .build/release/guanxi
release:
	@scripts/setup run
	swift build --configuration release --static-swift-stdlib --product guanxi
	strip .build/release/guanxi
