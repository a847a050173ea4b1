#!/bin/sh
# Makes a report and tries it in a browser: check_report.sh FORAMEN SOURCE MODULES WHICH LANGUAGE AUDIENCE
set -eu
program=$1; source=$2; modules=$3; which=$4; language=$5; audience=$6
folder=$(mktemp -d "${TMPDIR:-/tmp}/foramen_report.XXXXXX")
trap 'rm -rf "$folder"' EXIT
case "$which" in
  herniation) names=herniation_l4l5_left ;;
  stoop_against_squat) names="lift_stoop lift_squat" ;;
  five) names="lift_stoop lift_squat herniation_l4l5_left leg_raise sitting_slumped" ;;
esac
# Few frames a second: what is looked at here is the page.
files=
for name in $names; do
  { cat "$source/scenarios/$name.toml"; printf '\n[solver]\nrate_hz = 8\n'; } >"$folder/$name.toml"
  files="$files $folder/$name.toml"
done
if [ "$which" = herniation ]; then
  "$program" run $files -o "$folder/results" -q || [ $? = 3 ]
else
  "$program" compare $files --ensemble 0 -o "$folder/results" -q || [ $? = 3 ]
fi
"$program" report "$folder/results" -o "$folder/report.html" --language "$language" --for "$audience" -q
node "$source/tests/report/check_page.mjs" "$folder/report.html" "$modules"
