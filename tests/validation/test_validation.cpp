#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include "sim/assess/model_figures.h"
#include "sim/assess/published.h"
#include "sim/base/csv.h"

namespace foramen {
namespace {

const std::vector<ValidationRow>& rows() {
  static const std::vector<ValidationRow> judged = [] {
    const auto data = data_directory();
    ModelFigures figures = passive_figures(build_subject(*load_anatomy(data), SubjectDescription{}));
    figures.merge(in_vivo_figures(data));
    figures.merge(lift_figures(data));
    figures.merge(strength_figures(data));
    figures.merge(creep_figures(data));
    figures.merge(leg_raise_figures(data));
    figures.merge(pathology_figures(data, kQuickPeople, 1));
    figures.merge(space_figures(data));
    figures.merge(healthy_figures(data));
    return judge(read_published(data / "validation"), figures);
  }();
  return judged;
}

std::set<std::string> known_misses() {
  std::set<std::string> ids;
  std::ifstream file(std::string(FORAMEN_SOURCE_DIR) + "/tests/validation/known_misses.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream(line) >> line;
    ids.insert(line);
  }
  return ids;
}

TEST(Validation, EveryGatedRowIsInsideOrAKnownMiss) {
  const std::set<std::string> known = known_misses();
  for (const ValidationRow& row : rows()) {
    if (!row.figure.gate) continue;
    EXPECT_NE(row.pass.value(), known.contains(row.figure.id))
        << row.figure.id << " " << row.figure.quantity << ", " << row.figure.condition << ": model "
        << (row.model ? std::to_string(*row.model) : "has no value") << ", published " << row.figure.lo.value_or(NAN)
        << " to " << row.figure.hi.value_or(NAN);
  }
}

TEST(Validation, EveryKnownMissIsAGatedRow) {
  std::set<std::string> gated;
  for (const ValidationRow& row : rows())
    if (row.figure.gate) gated.insert(row.figure.id);
  for (const std::string& id : known_misses()) EXPECT_TRUE(gated.contains(id)) << id;
}

TEST(Validation, EveryRowNamesItsSourceAndEveryGateItsReason) {
  for (const ValidationRow& row : rows()) {
    EXPECT_FALSE(row.figure.source.empty()) << row.figure.id;
    EXPECT_FALSE(row.figure.reason.empty()) << row.figure.id;
  }
}

TEST(Validation, EveryRowHasAModelFigure) {
  for (const ValidationRow& row : rows())
    EXPECT_TRUE(row.model.has_value()) << row.figure.id << " " << row.figure.model;
}

}  // namespace
}  // namespace foramen
