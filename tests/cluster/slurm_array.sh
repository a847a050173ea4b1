#!/bin/sh
# A study as an array of four shards on a real Slurm of this machine gives the table of a single run, row by row.
# usage: slurm_array.sh FORAMEN SOURCE_DIR        exit 77: skipped, because Slurm is not here or does not start
set -eu
program=$1
source=$2
skip() { echo "skipped: $1"; exit 77; }
for tool in munged slurmctld slurmd sbatch squeue scontrol; do
  command -v $tool >/dev/null || skip "$tool is not installed (packages slurm-wlm and munge)"
done
[ "$(id -u)" = 0 ] || skip "starting a Slurm of its own needs root"

dir=$(mktemp -d /tmp/foramen_slurm.XXXXXX)
chmod 755 "$dir"
mkdir "$dir/state" "$dir/spool"
stop() {
  scontrol shutdown >/dev/null 2>&1 || true
  for pid in "$dir"/*.pid; do [ -f "$pid" ] && kill "$(cat "$pid")" 2>/dev/null || true; done
  sleep 0.3
  rm -rf "$dir"
}
trap stop EXIT
export SLURM_CONF="$dir/slurm.conf"
port=$((20000 + $$ % 20000))
sed -e "s#@DIR@#$dir#g; s#@HOST@#$(hostname -s)#g; s#@CPUS@#$(nproc)#g; s#@PORT1@#$port#; s#@PORT2@#$((port + 1))#" \
  "$source/tests/cluster/slurm.conf.in" >"$SLURM_CONF"
head -c 1024 /dev/urandom >"$dir/munge.key"
chmod 600 "$dir/munge.key"
munged --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munge.pid" \
  --log-file="$dir/munge.log" --seed-file="$dir/munge.seed" || skip "munged does not start here"
slurmctld -f "$SLURM_CONF" || skip "slurmctld does not start here"
slurmd -f "$SLURM_CONF" || skip "slurmd does not start here"
ready=no
for i in $(seq 50); do
  sinfo -h -o %T 2>/dev/null | grep -q idle && ready=yes && break
  sleep 0.2
done
[ $ready = yes ] || skip "Slurm's node does not become idle here"

cp "$source/scenarios/standing.toml" "$dir/"
cat >"$dir/study.toml" <<STUDY
[study]
base = "standing.toml"
runs = 42
seed = 3
keep = ["levels.*.compression_N.peak"]
[[study.factor]]
key = "subject.mass_kg"
normal = { mean = 75, sd = 12, min = 45, max = 120 }
STUDY
export FORAMEN="$program"
cd "$dir"
sbatch --array=1-4 --cpus-per-task=1 "$source/scenarios/study_slurm.sh" study.toml out >/dev/null
for i in $(seq 300); do
  [ -z "$(squeue -h)" ] && break
  sleep 0.2
done
cat foramen-study-*.out
"$program" merge out/shard_* -o out/whole
"$program" study study.toml -o single -q
cmp out/whole/study.csv single/study.csv
echo "42 rows of 4 shards are those of the single run"
