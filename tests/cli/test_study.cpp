// Studies as people and schedulers run them: stopped, killed, split, on a full disk; the table is always that of an
// undisturbed study.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <random>
#include <thread>

#include "tests/cli/program.h"

namespace foramen::test {
namespace {

namespace fs = std::filesystem;

/// A static study of `runs` runs beside its base; some 4 ms a run.
fs::path write_study(const fs::path& folder, int runs, const std::string& more = "") {
  fs::copy_file(fs::path(FORAMEN_SOURCE_DIR) / "scenarios" / "standing.toml", folder / "standing.toml",
                fs::copy_options::overwrite_existing);
  std::ofstream(folder / "study.toml") << "[study]\nbase = \"standing.toml\"\nruns = " << runs
                                       << "\nseed = 11\nkeep = [\"levels.*.compression_N.peak\"]\n"
                                       << more
                                       << "[[study.factor]]\nkey = \"subject.mass_kg\"\n"
                                          "normal = { mean = 75, sd = 12, min = 45, max = 120 }\n";
  return folder / "study.toml";
}

/// Starts `foramen study study.toml -o DIR` in `folder` and gives its process.
pid_t start_study(const fs::path& folder, const std::string& output) {
  const pid_t child = fork();
  if (child != 0) return child;
  if (chdir(folder.c_str()) != 0) _exit(99);
  const int nothing = open("/dev/null", O_WRONLY);
  dup2(nothing, 1);
  dup2(nothing, 2);
  execl(FORAMEN_PROGRAM, "foramen", "study", "study.toml", "-o", output.c_str(), "--threads", "2",
        static_cast<char*>(nullptr));
  _exit(98);
}

int wait_for(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

/// Waits until a file is written, at most half a minute.
void wait_for_write(const fs::path& file) {
  const auto written = [&] {
    std::error_code missing;
    return fs::last_write_time(file, missing);
  };
  const auto before = written();
  for (int i = 0; i < 15000 && written() == before; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

TEST(Study, TheTableIsTheSameOnAnyThreadsAndShards) {
  const fs::path folder = own_folder();
  write_study(folder, 30);
  ASSERT_EQ(foramen("study study.toml -o one --threads 1", folder).status, 0);
  ASSERT_EQ(foramen("study study.toml -o two --threads 2", folder).status, 0);
  for (const char* shard : {"1", "2", "3"})
    ASSERT_EQ(foramen(std::string("study study.toml --shard ") + shard + "/3 -o part" + shard, folder).status, 0);
  const Outcome merged = foramen("merge part1 part2 part3 -o whole", folder);
  EXPECT_EQ(merged.status, 0);
  EXPECT_NE(merged.out.find("30 of 30 runs"), std::string::npos) << merged.out;
  const std::string table = read(folder / "one" / "study.csv");
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 31);
  EXPECT_EQ(read(folder / "two" / "study.csv"), table);
  EXPECT_EQ(read(folder / "whole" / "study.csv"), table);
}

TEST(Study, MergeRefusesShardsOfDifferentStudiesAndSaysWhatIsMissing) {
  const fs::path folder = own_folder();
  write_study(folder, 6);
  ASSERT_EQ(foramen("study study.toml --shard 1/2 -o part1", folder).status, 0);
  const Outcome half = foramen("merge part1 -o half", folder);
  EXPECT_EQ(half.status, 3);
  EXPECT_NE(half.err.find("3 runs are in none of the shards"), std::string::npos) << half.err;
  write_study(folder, 6, "replicates = 2\n");
  ASSERT_EQ(foramen("study study.toml --shard 2/2 -o part2", folder).status, 0);
  const Outcome refused = foramen("merge part1 part2 -o whole", folder);
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("the study file differs"), std::string::npos) << refused.err;
  EXPECT_FALSE(fs::exists(folder / "whole"));
  EXPECT_EQ(foramen("merge nowhere -o whole", folder).status, 2);
}

TEST(Study, KilledAtRandomInstantsItEndsWithTheSameTable) {
  const fs::path folder = own_folder();
  write_study(folder, 600);
  ASSERT_EQ(foramen("study study.toml -o calm", folder).status, 0);
  std::mt19937 random(42);
  int killed = 0;
  for (int i = 0; i < 20; ++i) {
    const pid_t child = start_study(folder, "killed");
    // Every other time some runs are let through first, so that a slow machine, too, is killed amid writing.
    if (i % 2 == 1) wait_for_write(folder / "killed" / "study.sqlite");
    std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution(1, 120)(random)));
    kill(child, SIGKILL);
    killed += WIFSIGNALED(wait_for(child)) ? 1 : 0;
  }
  EXPECT_EQ(killed, 20);  // never finished in between, or the test proves less than it says
  const Outcome rest = foramen("study study.toml -o killed", folder);
  EXPECT_EQ(rest.status, 0) << rest.err;
  EXPECT_NE(rest.out.find("were there already"), std::string::npos) << rest.out;
  EXPECT_EQ(read(folder / "killed" / "study.csv"), read(folder / "calm" / "study.csv"));
}

TEST(Study, InterruptedItKeepsWhatIsFinishedAndSaysHowToGoOn) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const fs::path folder = own_folder();
    write_study(folder, 2000);
    const pid_t child = start_study(folder, "out");
    // Once the table of runs is made, and once more when runs are written to it.
    for (int i = 0; i < 2; ++i) wait_for_write(folder / "out" / "study.sqlite");
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    kill(child, signal);
    const int status = wait_for(child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 130);
    const std::string table = read(folder / "out" / "study.csv");
    const auto rows = std::count(table.begin(), table.end(), '\n') - 1;
    EXPECT_GT(rows, 0);
    EXPECT_LT(rows, 2000);
  }
}

TEST(Study, OnAFullDiskItStopsWithAWordAndGoesOnWhenThereIsRoom) {
  const fs::path folder = own_folder();
  write_study(folder, 700);
  fs::create_directories(folder / "small");
  std::ofstream(folder / "disk.sh") << "mount -t tmpfs -o size=48k none small || exit 77\n"
                                       "$1 study study.toml -o small/out 2> full.txt; echo $? > status.txt\n"
                                       "mount -o remount,size=20m small || exit 77\n"
                                       "$1 study study.toml -o small/out > again.txt 2>&1; echo $? >> status.txt\n"
                                       "cp small/out/study.csv after.csv\n";
  const std::string command =
      "cd '" + folder.string() + "' && unshare -m sh disk.sh '" FORAMEN_PROGRAM "' >/dev/null 2>mount.txt";
  const int status = std::system(command.c_str());
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) GTEST_SKIP() << "a small disk cannot be mounted here";
  EXPECT_EQ(read(folder / "status.txt").substr(0, 3), "1\n0")
      << read(folder / "full.txt") << read(folder / "again.txt");
  EXPECT_NE(read(folder / "full.txt").find("the disk is full"), std::string::npos) << read(folder / "full.txt");
  EXPECT_NE(read(folder / "again.txt").find("were there already"), std::string::npos) << read(folder / "again.txt");
  ASSERT_EQ(foramen("study study.toml -o calm", folder).status, 0);
  EXPECT_EQ(read(folder / "after.csv"), read(folder / "calm" / "study.csv"));
}

TEST(Study, TwoAtOnceInOneFolderAreRefused) {
  const fs::path folder = own_folder();
  write_study(folder, 2000);
  const pid_t first = start_study(folder, "out");
  wait_for_write(folder / "out" / "study.sqlite");
  const Outcome second = foramen("study study.toml -o out", folder);
  EXPECT_EQ(second.status, 2);
  EXPECT_NE(second.err.find("another foramen is writing this study"), std::string::npos) << second.err;
  kill(first, SIGTERM);
  EXPECT_EQ(WEXITSTATUS(wait_for(first)), 130);
}

TEST(Study, AFolderThatCannotBeWrittenAndADamagedStoreAreNamed) {
  const fs::path folder = own_folder();
  write_study(folder, 3);
  const Outcome nowhere = foramen("study study.toml -o /proc/nowhere/out", folder);
  EXPECT_EQ(nowhere.status, 1);
  EXPECT_NE(nowhere.err.find("/proc/nowhere"), std::string::npos) << nowhere.err;
  ASSERT_EQ(foramen("study study.toml -o out", folder).status, 0);
  std::ofstream(folder / "out" / "study.sqlite", std::ios::trunc)
      << "not a database at all, but long enough to be read";
  const Outcome damaged = foramen("study study.toml -o out", folder);
  EXPECT_EQ(damaged.status, 2);
  EXPECT_NE(damaged.err.find("is damaged"), std::string::npos) << damaged.err;
}

TEST(Study, AnotherStudyInTheFolderIsLeftAlone) {
  const fs::path folder = own_folder();
  write_study(folder, 3);
  ASSERT_EQ(foramen("study study.toml -o out", folder).status, 0);
  const std::string before = read(folder / "out" / "study.csv");
  write_study(folder, 4);
  const Outcome refused = foramen("study study.toml -o out", folder);
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("holds another study"), std::string::npos) << refused.err;
  EXPECT_EQ(read(folder / "out" / "study.csv"), before);
}

TEST(Study, DryRunCountsAndWritesNothing) {
  const fs::path folder = own_folder();
  write_study(folder, 5000);
  const Outcome preview = foramen("study study.toml -o out --dry-run", folder);
  EXPECT_EQ(preview.status, 0);
  EXPECT_NE(preview.out.find("5000 runs; 1 factors, 5 quantities kept"), std::string::npos) << preview.out;
  EXPECT_NE(preview.out.find("of disk"), std::string::npos) << preview.out;
  EXPECT_NE(preview.out.find("subject.mass_kg"), std::string::npos) << preview.out;
  EXPECT_FALSE(fs::exists(folder / "out"));
  EXPECT_EQ(foramen("study study.toml --shard 3/2", folder).status, 2);
}

TEST(Study, RunsThatCannotBeMadeKeepARow) {
  const fs::path folder = own_folder();
  write_study(folder, 20, "");
  std::ofstream(folder / "study.toml", std::ios::app) << "[[study.factor]]\nkey = \"subject.stature_m\"\n"
                                                         "normal = { mean = 1.5, sd = 0.2 }\n";
  const Outcome outcome = foramen("study study.toml -o out", folder);
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  const std::string table = read(folder / "out" / "study.csv");
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 21);
  EXPECT_NE(table.find(",invalid,"), std::string::npos);
}

TEST(Study, SensitivityFindsWhatMatters) {
  const fs::path folder = own_folder();
  write_study(folder, 32, "sampling = \"sobol\"\n");
  std::ofstream(folder / "study.toml", std::ios::app) << "[[study.factor]]\nkey = \"parameters.root_stiffness\"\n"
                                                         "uniform = { min = 0.8, max = 1.2 }\n";
  const Outcome outcome = foramen("study study.toml -o out --sensitivity", folder);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  // Body mass decides what the discs carry, the stiffness of nerve roots does not.
  EXPECT_NE(outcome.out.find("subject.mass_kg"), std::string::npos) << outcome.out;
  EXPECT_TRUE(fs::exists(folder / "out" / "sensitivity.json"));
  EXPECT_NE(read(folder / "out" / "sensitivity.svg").find("parameters.root_stiffness"), std::string::npos);
  EXPECT_EQ(foramen("study study.toml -o out", folder).status, 2);  // the sample is another study
}

/// The fenced examples of a language in scenarios/README.md.
std::vector<std::string> examples(const std::string& language) {
  const std::string text = read(fs::path(FORAMEN_SOURCE_DIR) / "scenarios" / "README.md");
  std::vector<std::string> blocks;
  const std::string fence = "```" + language + "\n";
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at + 1)) {
    const std::size_t start = at + fence.size();
    blocks.push_back(text.substr(start, text.find("```", start) - start));
  }
  return blocks;
}

Outcome python(const std::string& script, const fs::path& folder) {
  std::ofstream(folder / "script.py") << script;
  const std::string command = "cd '" + folder.string() + "' && /usr/bin/python3 script.py >out.txt 2>err.txt";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(folder / "out.txt"), read(folder / "err.txt")};
}

TEST(Study, TheReadmesPythonReadsTheStore) {
  const fs::path folder = own_folder();
  if (python("import sqlite3", folder).status != 0) GTEST_SKIP() << "Python is not installed";
  write_study(folder, 5);
  ASSERT_EQ(foramen("study study.toml -o .", folder).status, 0);
  const auto blocks = examples("python");
  ASSERT_EQ(blocks.size(), 2u);
  const Outcome shown = python(blocks[0], folder);
  EXPECT_EQ(shown.status, 0) << shown.err;
  const Outcome compared = python(
      "import csv, sqlite3\n"
      "db = sqlite3.connect('study.sqlite')\n"
      "names = [c[0] for c in db.execute('SELECT * FROM run').description]\n"
      "rows = list(csv.reader(open('study.csv')))\n"
      "assert rows[0] == names, (rows[0], names)\n"
      "stored = [[str(v) for v in r] for r in db.execute('SELECT * FROM run ORDER BY run')]\n"
      "same = lambda a, b: a == b or float(a) == float(b)\n"
      "assert len(stored) == len(rows) - 1 == 5\n"
      "assert all(same(a, b) for r, s in zip(rows[1:], stored) for a, b in zip(r, s))\n",
      folder);
  EXPECT_EQ(compared.status, 0) << compared.err;
}

TEST(Study, TheReadmesPythonReadsFramesAndTheyMatchTheTables) {
  const fs::path folder = own_folder();
  if (python("import h5py", folder).status != 0) GTEST_SKIP() << "h5py is not installed (package python3-h5py)";
  ASSERT_EQ(foramen("run " + scenario("hold_bent") + " -o run --ensemble 4 -q", folder).status, 0);
  fs::copy_file(folder / "run" / "result.h5", folder / "result.h5");
  const auto blocks = examples("python");
  ASSERT_EQ(blocks.size(), 2u);
  const Outcome shown = python(blocks[1], folder);
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_NE(shown.out.find(" N"), std::string::npos) << shown.out;
  const Outcome compared = python(
      "import csv, h5py\n"
      "f = h5py.File('run/result.h5')\n"
      "levels = list(f['levels'].attrs['level'])\n"
      "rows = list(csv.DictReader(open('run/levels.csv')))\n"
      "for q in f['levels']:\n"
      "    a = f['levels'][q]\n"
      "    assert a.attrs['description'] and 'unit' in a.attrs, q\n"
      "    for r in rows:\n"
      "        assert a[0, levels.index(r['level'])] == float(r[q]), (q, r['level'])\n"
      "roots, sides = list(f['roots'].attrs['root']), list(f['roots'].attrs['side'])\n"
      "for r in csv.DictReader(open('run/roots.csv')):\n"
      "    i, j = roots.index(r['root']), sides.index(r['side'])\n"
      "    assert f['roots/pressure_mmHg'][0, i, j] == float(r['pressure_mmHg'])\n"
      "    assert f['roots/pressure_mmHg_p95'][0, i, j] == float(r['pressure_mmHg_p95'])\n"
      "assert f.attrs['scenario'] == open('run/scenario.toml').read()\n",
      folder);
  EXPECT_EQ(compared.status, 0) << compared.err;
}

TEST(Study, FramesOfEveryRunAreKeptOnRequest) {
  const fs::path folder = own_folder();
  if (python("import h5py", folder).status != 0) GTEST_SKIP() << "h5py is not installed (package python3-h5py)";
  write_study(folder, 4, "frames = true\n");
  ASSERT_EQ(foramen("study study.toml --shard 1/2 -o part1", folder).status, 0);
  ASSERT_EQ(foramen("study study.toml --shard 2/2 -o part2", folder).status, 0);
  ASSERT_EQ(foramen("merge part1 part2 -o whole", folder).status, 0);
  const Outcome compared = python(
      "import csv, h5py\n"
      "f = h5py.File('whole/frames.h5')\n"
      "assert list(f) == ['run_%09d' % i for i in (1, 2, 3, 4)], list(f)\n"
      "for i, r in enumerate(csv.DictReader(open('whole/study.csv'))):\n"
      "    assert f['run_%09d/levels/compression_N' % (i + 1)][0, 4] == float(r['levels.L5-S1.compression_N.peak'])\n",
      folder);
  EXPECT_EQ(compared.status, 0) << compared.err;
}

}  // namespace
}  // namespace foramen::test
