#include "sim/assess/limits.h"

#include <algorithm>

#include "sim/base/csv.h"
#include "sim/base/units.h"

namespace foramen {

namespace {

std::string required(const CsvTable& table, std::size_t row, std::size_t column) {
  if (table.empty(row, column)) table.fail(row, column, "is missing");
  return table.text(row, column);
}

double number_or(const CsvTable& table, std::size_t row, std::size_t column, double otherwise) {
  return table.empty(row, column) ? otherwise : table.number(row, column);
}

const char* sex_name(Sex sex) {
  return sex == Sex::Male ? "male" : "female";
}

}  // namespace

LimitTables::LimitTables(const std::filesystem::path& data) {
  const std::filesystem::path folder = data / "limits";
  const CsvTable compression(folder / "compression.csv");
  for (std::size_t row = 0; row < compression.rows(); ++row) {
    CompressionRow entry;
    entry.limit = {required(compression, row, compression.column("limit")),
                   compression.number(row, compression.column("value")),
                   required(compression, row, compression.column("source"))};
    entry.sex = required(compression, row, compression.column("sex"));
    entry.age = number_or(compression, row, compression.column("age"), -1);
    compression_.push_back(std::move(entry));
  }
  const CsvTable shear(folder / "shear.csv");
  for (std::size_t row = 0; row < shear.rows(); ++row) {
    shear_.push_back({{required(shear, row, shear.column("limit")), shear.number(row, shear.column("value")),
                       required(shear, row, shear.column("source"))},
                      shear.number(row, shear.column("per_day"))});
  }
  const CsvTable dose(folder / "dose.csv");
  for (std::size_t row = 0; row < dose.rows(); ++row) {
    DoseLimit& target = required(dose, row, dose.column("sex")) == "male" ? male_ : female_;
    target = {dose.number(row, dose.column("threshold_N")), dose.number(row, dose.column("shift_Nh")),
              required(dose, row, dose.column("source"))};
  }
  const CsvTable effects(folder / "root_effects.csv");
  for (std::size_t row = 0; row < effects.rows(); ++row) {
    RootEffect effect;
    effect.id = required(effects, row, effects.column("effect"));
    const std::string kind = required(effects, row, effects.column("kind"));
    if (kind != "pressure" && kind != "strain") effects.fail(row, effects.column("kind"), "must be pressure or strain");
    effect.kind = kind == "pressure" ? RootEffect::Kind::Pressure : RootEffect::Kind::Strain;
    effect.threshold = effects.number(row, effects.column("threshold")) *
                       (effect.kind == RootEffect::Kind::Pressure ? units::mmHg : units::percent);
    effect.after = number_or(effects, row, effects.column("after_s"), 0);
    effect.rapid = number_or(effects, row, effects.column("rapid_s"), effect.after);
    effect.animal = required(effects, row, effects.column("animal"));
    effect.source = required(effects, row, effects.column("source"));
    effects_.push_back(std::move(effect));
  }
}

std::vector<Limit> LimitTables::compression(Sex sex, double age_years) const {
  std::vector<Limit> limits;
  const CompressionRow* before = nullptr;
  for (const CompressionRow& row : compression_) {
    if (row.sex != "any" && row.sex != sex_name(sex)) continue;
    if (row.age < 0) {
      limits.push_back(row.limit);
      continue;
    }
    const bool same = before && before->limit.id == row.limit.id;
    if (!same) {
      limits.push_back(row.limit);
    } else if (age_years > before->age) {
      const double share = std::min(1.0, (age_years - before->age) / (row.age - before->age));
      limits.back().value = before->limit.value + share * (row.limit.value - before->limit.value);
    }
    before = &row;
  }
  return limits;
}

Limit LimitTables::shear(double per_day) const {
  for (const ShearRow& row : shear_) {
    if (per_day <= row.per_day) return row.limit;
  }
  return shear_.back().limit;
}

const DoseLimit& LimitTables::dose(Sex sex) const {
  return sex == Sex::Male ? male_ : female_;
}

}  // namespace foramen
