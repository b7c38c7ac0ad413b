# Everything this project does, one word each. Needs make and Python 3.11 or newer; the rest is set up in .venv here.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
# Modules are compiled where they are first used: all of them at once would take longer than the rest of the installation.
PIP_INSTALL := $(RUN) -m pip --disable-pip-version-check --quiet install --no-compile
# No file is installed that is not one of those whose hashes stand in these lists, nor anything that they do not name.
PINNED := $(PIP_INSTALL) --require-hashes --no-deps --requirement
# Whether no package lacks another one; movement is there for a test that needs little of it (tools/pins.py).
WHOLE := ! $(RUN) -m pip --disable-pip-version-check check | grep -vE '^movement |^No broken requirements'
SELF := $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
SAY := @printf '%s\n'
CHECKS := $(RUN) -m ruff check && $(RUN) -m ruff format --check && $(RUN) -m mypy && $(VENV)/bin/lint-imports --no-logo

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo app test check format accuracy joints hostile pins audit system models clean

help: ## list these words
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | \
		while IFS='|' read -r word meaning; do printf '%-14s%s\n' "$$word" "$$meaning"; done

demo: system $(VENV)/ready ## set everything up, analyze a sample clip, say where the results lie
	@$(RUN) -m alignment models fetch heavy
	@$(RUN) -m alignment demo

app: system $(VENV)/ready ## open the app in the browser, on this machine alone; Ctrl-C stops it
	@$(RUN) -m alignment app || [ $$? -eq 130 ]

# Three at once, for those of the app wait for a browser now and then; each file's tests in one of them and in their order. The
# checks beside them say what they found at the end; then, with the machine to themselves, those that measure how fast something is.
test: system models ## set up all that tests need, then run the checks and the tests
	@($(CHECKS)) >$(VENV)/checks 2>&1 & checks=$$!; \
	$(RUN) -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder -m 'not alone'; code=$$?; \
	wait $$checks || code=1; cat $(VENV)/checks; exit $$code
	@$(RUN) -m pytest -m alone $$(grep -l pytest.mark.alone tests/test_*.py)

check: $(VENV)/ready-dev ## lint, format, types and import layers, without the tests
	@$(CHECKS)

format: $(VENV)/ready-dev ## put the code into its common form
	@$(RUN) -m ruff check --fix --quiet
	@$(RUN) -m ruff format --quiet

accuracy: models ## measure how far off the numbers are on the samples, into docs/accuracy/
	@rm -rf out/accuracy
	@$(RUN) -m alignment validate samples --split check --tracks out/accuracy/heavy --out docs/accuracy
	@$(RUN) -m alignment validate samples --split tune --tracks out/accuracy/heavy --out docs/accuracy
	@$(RUN) -m alignment validate samples --split check --tracks out/accuracy/lite --out docs/accuracy --model lite
	@for split in check tune; do $(RUN) -m alignment validate samples/marked --split $$split --no-baseline \
		--tracks out/accuracy/heavy/marked --out docs/accuracy/marked || exit; done
	@$(RUN) -m alignment validate samples --split check --joints model --tracks out/accuracy/heavy --out docs/accuracy
	@for run in heavy "heavy --joints model" lite; do $(RUN) -m alignment validate samples --no-baseline --model $$run \
		--tracks out/accuracy/$${run%% *} --repeatability alignment/pose/calibration/$${run%% *}.json || exit; done

joints: models ## make the joints head's weights anew: pictures, the network's maps of them, training
	@grep -hoE '^[^ #;]+==[^ ;]+' constraints.txt constraints-dev.txt >$(VENV)/versions
	@$(PIP_INSTALL) --constraint $(VENV)/versions --editable '.[dev,render]'
	@$(RUN) -m tools.joints.pictures out/joints/pictures --bodies 600
	@$(RUN) -m tools.joints.pictures out/joints/pictures --bodies 100 --free
	@$(RUN) -m tools.joints.features out/joints/pictures out/joints/maps
	@$(RUN) -m tools.joints.train out/joints/maps out/joints/trained.pt
	@$(RUN) -m tools.joints.pack out/joints/trained.pt --bodies $$(ls out/joints/maps | wc -l)

pins: $(VENV)/ready-dev ## pin the packages anew, with the hashes of their files for every system
	@$(RUN) -m venv --clear $(VENV)/pins && $(VENV)/pins/bin/python -m pip --disable-pip-version-check --quiet install uv
	@PATH="$(CURDIR)/$(VENV)/pins/bin:$$PATH" $(RUN) -m tools.pins
	@$(RUN) -m tools.licences

audit: $(VENV)/ready-dev ## hold what is installed against pins, licences and known holes
	@$(WHOLE)
	@[ -x $(VENV)/audit/bin/pip-audit ] || { $(RUN) -m venv --clear $(VENV)/audit && \
		$(VENV)/audit/bin/python -m pip --disable-pip-version-check --quiet install pip-audit; }
	@$(RUN) -m tools.audit $(VENV)/audit/bin/pip-audit

hostile: $(VENV)/ready-dev ## run all hostile inputs and kills, and say what became of them (a quarter of an hour)
	@$(RUN) -m tests.hostile --kills

system: ## install the system packages that are missing (as root on Debian or Ubuntu; elsewhere name them)
	@command -v $(PYTHON) >/dev/null || { echo 'There is no $(PYTHON): install Python 3.11 or newer.'; exit 2; }
	@$(PYTHON) tools/system.py

models: $(VENV)/ready-dev ## fetch the model files heavy and lite into models/
	@$(RUN) -m alignment models fetch heavy lite

clean: ## remove the environment, caches and builds (fetched models stay)
	rm -rf $(VENV) build dist out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find alignment tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made anew when its Python is gone (removed, or the system went on to the next version).
ifneq ($(wildcard $(VENV)),)
ifneq ($(shell $(RUN) -c 'import pip; print(1)' 2>/dev/null),1)
.PHONY: $(RUN) $(VENV)/ready $(VENV)/ready-dev
endif
endif

$(RUN): | system
	$(SAY) 'Making the environment $(VENV)'
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/ready: pyproject.toml constraints.txt | $(RUN)
	$(SAY) 'Installing Python packages (about a minute)'
	@$(PINNED) constraints.txt
	@$(SELF)
	@touch $@

# A third of the packages at a time, all three at once: each mostly waits for its next file. The last one installs what they did not,
# and says what is amiss.
$(VENV)/ready-dev: pyproject.toml constraints.txt constraints-dev.txt | $(RUN)
	$(SAY) 'Installing Python packages (about a minute)'
	@cat constraints.txt constraints-dev.txt | awk '/^[^ #]/ { n++ } !/^#/ { print > "$(VENV)/pins-" n % 3 }'
	@ls $(VENV)/pins-? | xargs -n 1 -P 3 $(PINNED) 2>/dev/null || true
	@$(PINNED) constraints.txt --requirement constraints-dev.txt
	@$(SELF)
	@$(WHOLE)
	@touch $@ $(VENV)/ready
