# The two commands a newcomer needs are `make run` and `make test`; both install what is missing.

SOLVER_PACKAGES = g++ cmake ninja-build pkg-config ccache libbullet-dev libeigen3-dev libfmt-dev libtomlplusplus-dev libcli11-dev \
                  nlohmann-json3-dev libhdf5-dev libsqlite3-dev libboost-dev libgtest-dev libbenchmark-dev coinor-libipopt-dev
VIEWER_PACKAGES = libvtk9-dev libvtk9-qt-dev qtbase5-dev libqcustomplot-dev libegl1 libegl-mesa0 libgl1-mesa-dri xvfb xauth
# What only the tests use: another multibody code to compare with, reading results with Python, a Slurm of this machine
# for the cluster test, a browser for reports.
TEST_PACKAGES   = libsimbody-dev python3 python3-h5py slurm-wlm munge chromium
PACKAGES        = $(SOLVER_PACKAGES) $(VIEWER_PACKAGES)

BIN     = build/release/bin
RESULTS = results

.PHONY: deps build run test bench clean

deps:
	@missing=""; for p in $(PACKAGES); do \
	  [ "$$(dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null)" = installed ] || missing="$$missing $$p"; done; \
	command -v npm >/dev/null || missing="$$missing nodejs npm"; \
	if [ -n "$$missing" ]; then \
	  echo "Installing Debian packages:$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then as_root=""; else as_root="sudo"; fi; \
	  $$as_root apt-get -qq update >/dev/null && \
	  DEBIAN_FRONTEND=noninteractive $$as_root apt-get -qq install -y --no-install-recommends $$missing >/dev/null; \
	fi

build: deps
	@cmake --preset release >build-configure.log 2>&1 || { cat build-configure.log; exit 1; }; rm -f build-configure.log
	@cmake --build --preset release

run: build
	@mkdir -p $(RESULTS)
	$(BIN)/foramen compare scenarios/lift_stoop.toml scenarios/lift_squat.toml -o $(RESULTS)/stoop_against_squat
	$(BIN)/foramen-view scenarios/lift_stoop.toml --picture $(RESULTS)/lift_stoop.png
	$(BIN)/foramen-view scenarios/lift_squat.toml --picture $(RESULTS)/lift_squat.png
	$(BIN)/foramen-view scenarios/herniation_l4l5_left.toml --picture $(RESULTS)/herniation_l4l5_left.png
	@echo "Results and pictures are in $(RESULTS)/"
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(BIN)/foramen-view scenarios/lift_stoop.toml; fi

test: PACKAGES += $(TEST_PACKAGES)
test: build
	@ctest --preset release

bench: build
	@for suite in build/release/benchmarks/bench_*; do [ -x $$suite ] && [ -f $$suite ] && $$suite --benchmark_min_time=0.2; done; true

clean:
	rm -rf build $(RESULTS)
