# Two commands: `make run` and `make test`. Everything they need is installed by them.
SHELL := /bin/bash
.DEFAULT_GOAL := run
.PHONY: run build test bench lint bindings clean

BIN := build/bin
SOURCES := $(shell find . -name '*.go' -not -path './frontend/*' -not -path './build/*' 2>/dev/null) go.mod go.sum \
	$(shell find backend -type f -not -name '*.go' 2>/dev/null)
PAGES := $(shell find frontend/src frontend/public -type f 2>/dev/null) frontend/index.html frontend/package-lock.json \
	frontend/vite.config.ts frontend/tsconfig.json
VERSION := 0.1.0
FLAGS := -trimpath -ldflags "-s -w -X main.version=$(VERSION)"

# Without a display there is nothing for a window to open on: the same program is then built without GTK
# and serves the interface to a browser.
ifneq ($(DISPLAY)$(WAYLAND_DISPLAY),)
FACE := window
else ifeq ($(shell uname -s),Darwin)
FACE := window
else
FACE := serve
endif

run: build
ifeq ($(FACE),window)
	$(BIN)/sightline
else
	@echo "There is no display here: Sightline serves its interface to your browser instead."
	$(BIN)/sightline serve
endif

# build/bin/sightline is the one this machine can show; the two below are built for tests whatever it shows.
build: $(BIN)/sightline-$(FACE)
	@cp -fp $< $(BIN)/sightline

$(BIN)/sightline-serve: $(SOURCES) frontend/dist/index.html
	CGO_ENABLED=0 go build $(FLAGS) -o $@ .

$(BIN)/sightline-window: $(SOURCES) frontend/dist/index.html
	build/packages.sh window
	go build -tags desktop,production,webkit2_41 $(FLAGS) -o $@ .

frontend/dist/index.html: $(PAGES) frontend/node_modules/.package-lock.json
	cd frontend && npm run --silent build
	@touch $@

frontend/node_modules/.package-lock.json: frontend/package.json frontend/package-lock.json
	cd frontend && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund
	@touch $@

# The TypeScript side of the bound structs; committed, and compared in `make test`.
bindings:
	CGO_ENABLED=0 go build -tags bindings -trimpath -o $(BIN)/bindings . && $(BIN)/bindings >/dev/null

test:
	build/packages.sh window test
	@node build/test.mjs

lint: frontend/node_modules/.package-lock.json
	@node build/test.mjs lint

bench: $(BIN)/sightline-serve $(BIN)/sightline-window
	build/packages.sh window test
	@node build/bench.mjs

clean:
	rm -rf $(BIN) frontend/node_modules
	find frontend/dist -mindepth 1 -not -name .gitkeep -delete
