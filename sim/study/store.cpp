#include "sim/study/store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "sim/base/error.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 5> kStatusNames{"ok", "strength_exceeded", "not_converged", "invalid", "failed"};

std::string in_quotes(const std::string& column) {
  std::string out = "\"";
  for (const char c : column) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// A connection that throws what SQLite says.
class Database {
 public:
  Database(fs::path file, int flags) : file_(std::move(file)) {
    const int code = sqlite3_open_v2(file_.c_str(), &handle_, flags, nullptr);
    if (code != SQLITE_OK) {
      const std::string message = handle_ ? sqlite3_errmsg(handle_) : "out of memory";
      sqlite3_close(handle_);
      throw std::runtime_error(fmt::format("{}: cannot be opened: {}", file_.string(), message));
    }
    sqlite3_busy_timeout(handle_, 5000);
  }
  ~Database() { sqlite3_close(handle_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] sqlite3* handle() const { return handle_; }

  void execute(const std::string& sql) {
    if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
  }

  [[noreturn]] void fail() const {
    const int code = sqlite3_errcode(handle_) & 0xFF;
    const std::string file = file_.string();
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) {
      throw InputError(InputProblem{
          .file = file,
          .message = fmt::format("is damaged ({}); it is left alone: move it away to start the study again",
                                 sqlite3_errmsg(handle_))});
    }
    if (code == SQLITE_FULL) {
      throw std::runtime_error(fmt::format(
          "{}: the disk is full; what was finished is kept, the same command goes on from there", file));
    }
    throw std::runtime_error(fmt::format("{}: {}", file, sqlite3_errmsg(handle_)));
  }

 private:
  fs::path file_;
  sqlite3* handle_ = nullptr;
};

class Statement {
 public:
  Statement(const Database& database, const std::string& sql) : database_(database) {
    if (sqlite3_prepare_v2(database.handle(), sql.c_str(), -1, &handle_, nullptr) != SQLITE_OK) database.fail();
  }
  ~Statement() { sqlite3_finalize(handle_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(int at, const std::string& text) {
    if (sqlite3_bind_text(handle_, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT) != SQLITE_OK)
      database_.fail();
    return *this;
  }
  Statement& bind(int at, std::int64_t number) {
    if (sqlite3_bind_int64(handle_, at, number) != SQLITE_OK) database_.fail();
    return *this;
  }
  Statement& bind(int at, double number) {
    const int code = std::isfinite(number) ? sqlite3_bind_double(handle_, at, number) : sqlite3_bind_null(handle_, at);
    if (code != SQLITE_OK) database_.fail();
    return *this;
  }
  /// True while there is a row.
  bool step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_.fail();
    return false;
  }
  void run() {
    step();
    sqlite3_reset(handle_);
  }
  void rewind() { sqlite3_reset(handle_); }
  [[nodiscard]] std::string text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))) : std::string();
  }
  [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(handle_, column); }
  [[nodiscard]] double number(int column) const {
    return sqlite3_column_type(handle_, column) == SQLITE_NULL ? std::numeric_limits<double>::quiet_NaN()
                                                               : sqlite3_column_double(handle_, column);
  }
  [[nodiscard]] bool is_text(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_TEXT; }

 private:
  const Database& database_;
  sqlite3_stmt* handle_ = nullptr;
};

/// Held while a process writes a store; the system lets go of it when the process ends, however it ends.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder) {
    const fs::path file = folder / ".lock";
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor_ < 0) throw std::runtime_error(fmt::format("{}: {}", file.string(), std::strerror(errno)));
    struct flock whole {};
    whole.l_type = F_WRLCK;
    if (::fcntl(descriptor_, F_OFD_SETLK, &whole) == 0) return;
    ::close(descriptor_);
    throw InputError(InputProblem{.file = folder.string(), .message = "another foramen is writing this study now"});
  }
  ~FolderLock() { ::close(descriptor_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_ = -1;
};

void create_tables(Database& database, const StudyPlan& plan) {
  std::string columns;
  for (const std::string& factor : plan.factors) columns += ", " + in_quotes(factor);
  for (const auto& [path, unit] : plan.quantities) columns += ", " + in_quotes(path) + " REAL";
  database.execute("BEGIN");
  database.execute("CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
  database.execute("CREATE TABLE base (position INTEGER PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL)");
  database.execute("CREATE TABLE factor (position INTEGER PRIMARY KEY, name TEXT NOT NULL)");
  database.execute("CREATE TABLE quantity (position INTEGER PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL)");
  database.execute("CREATE TABLE run (run INTEGER PRIMARY KEY, status TEXT NOT NULL" + columns + ")");
  database.execute("CREATE TABLE warning (run INTEGER NOT NULL, text TEXT NOT NULL)");
  database.execute("CREATE INDEX warning_of_run ON warning (run)");
  Statement fact(database, "INSERT INTO study VALUES (?, ?)");
  for (const auto& [key, value] : plan.facts) fact.bind(1, key).bind(2, value).run();
  fact.bind(1, std::string("runs")).bind(2, std::to_string(plan.runs)).run();
  fact.bind(1, std::string("shard")).bind(2, fmt::format("{}/{}", plan.shard, plan.shards)).run();
  Statement base(database, "INSERT INTO base (name, text) VALUES (?, ?)");
  for (const auto& [name, text] : plan.bases) base.bind(1, name).bind(2, text).run();
  Statement factor(database, "INSERT INTO factor (name) VALUES (?)");
  for (const std::string& name : plan.factors) factor.bind(1, name).run();
  Statement quantity(database, "INSERT INTO quantity (name, unit) VALUES (?, ?)");
  for (const auto& [name, unit] : plan.quantities) quantity.bind(1, name).bind(2, unit).run();
  database.execute("COMMIT");
}

bool has_tables(const Database& database) {
  Statement tables(database, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'run'");
  tables.step();
  return tables.integer(0) == 1;
}

StudyPlan read_plan(const Database& database) {
  StudyPlan plan;
  for (Statement s(database, "SELECT key, value FROM study"); s.step();) plan.facts[s.text(0)] = s.text(1);
  for (Statement s(database, "SELECT name, text FROM base ORDER BY position"); s.step();)
    plan.bases.emplace_back(s.text(0), s.text(1));
  for (Statement s(database, "SELECT name FROM factor ORDER BY position"); s.step();) plan.factors.push_back(s.text(0));
  for (Statement s(database, "SELECT name, unit FROM quantity ORDER BY position"); s.step();)
    plan.quantities.emplace_back(s.text(0), s.text(1));
  plan.runs = std::stoull(plan.facts.at("runs"));
  const std::string shard = plan.facts.at("shard");
  plan.shard = std::stoull(shard);
  plan.shards = std::stoull(shard.substr(shard.find('/') + 1));
  plan.facts.erase("runs");
  plan.facts.erase("shard");
  return plan;
}

/// A damaged page would otherwise show only when it is read.
void check_health(const Database& database) {
  Statement check(database, "PRAGMA quick_check(1)");
  if (!check.step() || check.text(0) == "ok") return;
  throw InputError(InputProblem{
      .file = sqlite3_db_filename(database.handle(), "main"),
      .message = fmt::format("is damaged ({}); it is left alone: move it away to start the study again", check.text(0))});
}

std::string short_text(const std::string& text) {
  const std::string line = text.substr(0, text.find('\n'));
  return line.size() > 60 ? line.substr(0, 60) + "…" : line;
}

}  // namespace

std::string_view name(RunStatus status) {
  return kStatusNames[static_cast<std::size_t>(status)];
}

std::string difference(const StudyPlan& here, const StudyPlan& there, bool shards_too) {
  for (const auto& [key, value] : here.facts) {
    const auto other = there.facts.find(key);
    if (other == there.facts.end()) return fmt::format("{}: only here", key);
    if (other->second == value) continue;
    if (key == "study") return "the study file differs";
    return fmt::format("{}: {} here, {} there", key, short_text(value), short_text(other->second));
  }
  for (std::size_t i = 0; i < std::min(here.bases.size(), there.bases.size()); ++i) {
    if (here.bases[i] != there.bases[i]) return fmt::format("the scenario {} differs", here.bases[i].first);
  }
  if (here.bases.size() != there.bases.size()) return "the number of base files differs";
  if (here.runs != there.runs) return fmt::format("runs: {} here, {} there", here.runs, there.runs);
  if (here.factors != there.factors) return "the factors differ";
  if (here.quantities != there.quantities) return "the kept quantities differ";
  if (shards_too && (here.shard != there.shard || here.shards != there.shards))
    return fmt::format("shard: {}/{} here, {}/{} there", here.shard, here.shards, there.shard, there.shards);
  return {};
}

struct StudyStore::Content {
  fs::path file;
  std::unique_ptr<FolderLock> lock;
  std::unique_ptr<Database> database;
  StudyPlan plan;
  std::unique_ptr<Statement> insert, warn;
};

StudyStore::StudyStore(const fs::path& folder, const StudyPlan& plan) : content_(std::make_unique<Content>()) {
  std::error_code trouble;
  fs::create_directories(folder, trouble);
  if (trouble) throw std::runtime_error(fmt::format("{}: {}", folder.string(), trouble.message()));
  content_->lock = std::make_unique<FolderLock>(folder);
  content_->file = folder / "study.sqlite";
  content_->database =
      std::make_unique<Database>(content_->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX);
  Database& database = *content_->database;
  // A rollback journal works on network file systems, where the shards of a cluster lie; every commit reaches the disk.
  database.execute("PRAGMA journal_mode = TRUNCATE");
  database.execute("PRAGMA synchronous = FULL");
  if (has_tables(database)) {
    check_health(database);
    content_->plan = read_plan(database);
    const std::string differs = difference(plan, content_->plan, true);
    if (!differs.empty()) {
      throw InputError(InputProblem{
          .file = folder.string(),
          .message = fmt::format("holds another study ({}); it is left alone (choose another with -o)", differs)});
    }
  } else {
    create_tables(database, plan);
    content_->plan = plan;
  }
  std::string places;
  for (std::size_t i = 0; i < plan.factors.size() + plan.quantities.size(); ++i) places += ", ?";
  content_->insert = std::make_unique<Statement>(database, "INSERT INTO run VALUES (?, ?" + places + ")");
  content_->warn = std::make_unique<Statement>(database, "INSERT INTO warning VALUES (?, ?)");
}

StudyStore::StudyStore(const fs::path& folder) : content_(std::make_unique<Content>()) {
  content_->file = folder / "study.sqlite";
  if (!fs::exists(content_->file))
    throw InputError(InputProblem{.file = folder.string(), .message = "holds no study (there is no study.sqlite)"});
  content_->database = std::make_unique<Database>(content_->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
  if (!has_tables(*content_->database))
    throw InputError(InputProblem{.file = content_->file.string(), .message = "is no study of foramen"});
  check_health(*content_->database);
  content_->plan = read_plan(*content_->database);
}

StudyStore::~StudyStore() = default;
StudyStore::StudyStore(StudyStore&&) noexcept = default;

const StudyPlan& StudyStore::plan() const {
  return content_->plan;
}

std::vector<bool> StudyStore::done() const {
  std::vector<bool> done(content_->plan.runs + 1, false);
  for (Statement s(*content_->database, "SELECT run FROM run"); s.step();) {
    const auto run = static_cast<std::size_t>(s.integer(0));
    if (run < done.size()) done[run] = true;
  }
  return done;
}

void StudyStore::add(const std::vector<StudyRun>& runs) {
  Database& database = *content_->database;
  try {
    database.execute("BEGIN IMMEDIATE");
    for (const StudyRun& run : runs) {
      Statement& insert = *content_->insert;
      insert.bind(1, static_cast<std::int64_t>(run.run)).bind(2, std::string(name(run.status)));
      int at = 3;
      for (const FactorValue& value : run.factors) std::visit([&](const auto& v) { insert.bind(at++, v); }, value);
      for (const double value : run.quantities) insert.bind(at++, value);
      insert.run();
      for (const std::string& text : run.warnings)
        content_->warn->bind(1, static_cast<std::int64_t>(run.run)).bind(2, text).run();
    }
    database.execute("COMMIT");
  } catch (...) {
    content_->insert->rewind();
    content_->warn->rewind();
    if (sqlite3_get_autocommit(database.handle()) == 0)
      sqlite3_exec(database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

struct StudyStore::Reader::Content {
  const StudyPlan& plan;
  Statement runs, warnings;
  StudyRun run;
};

StudyStore::Reader::Reader(const StudyStore& store)
    : content_(new Content{store.content_->plan, Statement(*store.content_->database, "SELECT * FROM run ORDER BY run"),
                           Statement(*store.content_->database, "SELECT text FROM warning WHERE run = ? ORDER BY rowid"),
                           {}}) {
}

StudyStore::Reader::~Reader() = default;

bool StudyStore::Reader::next() {
  Content& c = *content_;
  if (!c.runs.step()) return false;
  c.run = {};
  c.run.run = static_cast<std::uint64_t>(c.runs.integer(0));
  const std::string status = c.runs.text(1);
  for (std::size_t i = 0; i < kStatusNames.size(); ++i) {
    if (kStatusNames[i] == status) c.run.status = static_cast<RunStatus>(i);
  }
  int at = 2;
  for (std::size_t i = 0; i < c.plan.factors.size(); ++i, ++at) {
    if (c.runs.is_text(at)) {
      c.run.factors.emplace_back(c.runs.text(at));
    } else {
      c.run.factors.emplace_back(c.runs.number(at));
    }
  }
  for (std::size_t i = 0; i < c.plan.quantities.size(); ++i, ++at) c.run.quantities.push_back(c.runs.number(at));
  if (c.run.status == RunStatus::Ok) return true;
  c.warnings.bind(1, static_cast<std::int64_t>(c.run.run));
  while (c.warnings.step()) c.run.warnings.push_back(c.warnings.text(0));
  c.warnings.rewind();
  return true;
}

const StudyRun& StudyStore::Reader::run() const {
  return content_->run;
}

}  // namespace foramen
