#!/bin/sh
# Makes a report and tries it in a browser: check_report.sh FORAMEN SOURCE MODULES WHICH LANGUAGE AUDIENCE
set -eu
program=$1; source=$2; modules=$3; which=$4; language=$5; audience=$6
folder=$(mktemp -d "${TMPDIR:-/tmp}/foramen_report.XXXXXX")
trap 'rm -rf "$folder"' EXIT
if [ "$which" = herniation ]; then
  "$program" run "$source/scenarios/herniation_l4l5_left.toml" --rate 10 -o "$folder/results" -q || [ $? = 3 ]
else
  "$program" compare "$source/scenarios/lift_stoop.toml" "$source/scenarios/lift_squat.toml" --ensemble 0 -o "$folder/results" -q || [ $? = 3 ]
fi
"$program" report "$folder/results" -o "$folder/report.html" --language "$language" --for "$audience" -q
node "$source/tests/report/check_page.mjs" "$folder/report.html" "$modules"
