# What developers do; `make` lists it. Python 3.11 or newer and git are all that it takes.
.PHONY: help env check fix test long slow all lock pictures figures documents
PYTHON := .venv/bin/python

help: ## list these
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 16

env: # the locked versions, in .venv
	@python3 app.py test --version >/dev/null

check: env ## lint, format, types, arrows: what every commit passes
	.ci/check .venv/bin

fix: env ## lint and format, mended where a tool can
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

test: ## the README's test command
	python3 app.py test

long: ## scenes of a second and more
	python3 app.py test -m long -n auto

slow: ## processes killed, databases gone
	python3 app.py test -m slow -n 3 --dist load

all: ## everything that CI does
	.ci/run

documents: env ## the pages that are made of the tables
	python3 app.py tables --write

figures: ## the benchmarks
	python3 app.py benchmarks

pictures: env ## the README's pictures, anew
	$(PYTHON) docs/take_pictures.py

lock: ## the lock files, with uv, after a change of dependencies
	uv pip compile --universal --generate-hashes -o requirements.lock pyproject.toml
	uv pip compile --universal --generate-hashes --all-extras -c requirements.lock -o tests/requirements.lock pyproject.toml
