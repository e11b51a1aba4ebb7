# Everything a newcomer types. `run` and `test` set up what they need by themselves.
.PHONY: run test torture check format lint bench bench-journeys docs clean

SWIFT_SOURCES = Package.swift Sources Tests Benchmarks
PORT ?= 8080

run: ## Build, fill an embedded database with simulated services, and serve it on 127.0.0.1:8080
	@Scripts/setup.sh build
	swift build -c release --product throughline
	.build/release/throughline serve --demo --port $(PORT)

test: ## Unit, contract, request, API and browser tests
	@Scripts/setup.sh build test
	swift build --build-tests
	swift build --product throughline
	swift test --skip-build
	Tests/API/run.sh
	Tests/Browser/run.sh
	Tests/Analytics/run.sh
	Tests/Torture/run.sh --short --only kill,power,disk-full,disk-refuses,read-only,descriptors,clock,slow,idle,bodies,deliveries,backup,kill-postgres,two-servers,pages-postgres,database-gone

torture: ## The long form: a thousand kills, power cuts, full disks, … on an optimised build; the report into .build
	@Scripts/setup.sh build test
	swift build -c release --product throughline
	THROUGHLINE_BINARY=.build/release/throughline Tests/Torture/run.sh --long

check: test lint ## What the continuous integration runs

lint: ## The strict format check, the service definitions and the ready forms
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)
	.build/debug/throughline services check services
	.build/debug/throughline forms check forms

format: ## Format every Swift file in place
	swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

bench: ## Appends, pages, statistics and feedback, beside peers in the same run
	@Scripts/setup.sh build bench
	Benchmarks/run.sh; service=$$?; Benchmarks/run-feedback.sh && exit $$service

bench-journeys: ## The journey engine beside DuckDB, polars, PM4Py and a C floor
	@Scripts/setup.sh build bench
	Benchmarks/run-journeys.sh

docs: ## DocC for every module, into .build/docs
	Scripts/docs.sh

clean:
	swift package clean
