# The commands of this house. Each one first installs what it needs and lacks, and says what it cannot install.

.PHONY: help run test build dev lint bench setup advisories screenshots

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: build ## build, and serve a sample office on this machine
	@target/release/nanawari demo

build: ## one file, target/release/nanawari, with pages, styles, fonts and wasm within
	@.ci/build.sh

test: ## every test: rules, both databases, HTTP, browser
	@.ci/test.sh

lint: ## format, lints of both halves, dependency policy
	@.ci/lint.sh

dev: ## serve the sample office, rebuilt on every change
	@.ci/setup.sh build
	@node .ci/dev.mjs

bench: ## measure a big office against the goals, into server/benches/last-run.md
	@.ci/bench.sh

setup: ## install everything that the commands above need
	@.ci/setup.sh all

advisories: ## known vulnerabilities of our dependencies (asks the advisory database on the internet)
	@.ci/advisories.sh

screenshots: ## every page at three widths in both languages, into e2e/screenshots
	@.ci/setup.sh test
	@node .ci/site.mjs && cargo build --locked --package server --bin nanawari && node e2e/screenshots.mjs
