#!/bin/sh
# One task of a Slurm job array runs one shard of a study:
#   sbatch --array=1-8 study_slurm.sh STUDY FOLDER
# then, when all have ended:
#   foramen merge FOLDER/shard_* -o FOLDER/whole
# Submitted again, tasks that were cut off go on where they were. FORAMEN names the program if it is not on the PATH.
#SBATCH --job-name=foramen-study
#SBATCH --cpus-per-task=2
#SBATCH --time=04:00:00
#SBATCH --output=foramen-study-%A_%a.out
set -eu
study=$1
folder=$2
first=${SLURM_ARRAY_TASK_MIN:?start this with sbatch --array=1-N}
shard=$((SLURM_ARRAY_TASK_ID - first + 1))
status=0
"${FORAMEN:-foramen}" study "$study" --shard "$shard/$SLURM_ARRAY_TASK_COUNT" -o "$folder/shard_$shard" || status=$?
# 3: finished, but some runs are marked in the table; that is no reason to call the task failed.
[ "$status" = 3 ] || exit "$status"
