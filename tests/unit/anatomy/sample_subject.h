#pragma once

/// Subjects for tests: read once from data/.

#include "sim/anatomy/subject.h"
#include "sim/base/csv.h"

namespace foramen::test {

inline const AnatomyTables& tables() {
  static const std::shared_ptr<const AnatomyTables> read = load_anatomy(data_directory());
  return *read;
}

inline SubjectDescription man() {
  return {};
}

inline SubjectDescription woman() {
  SubjectDescription d;
  d.sex = Sex::Female;
  d.stature = 1.62;
  d.mass = 62;
  return d;
}

inline Subject subject(const SubjectDescription& description = man()) {
  return build_subject(tables(), description);
}

template <class Enum>
constexpr std::size_t at(Enum value) {
  return static_cast<std::size_t>(index(value));
}

}  // namespace foramen::test
