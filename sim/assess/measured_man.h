#pragma once

/// The subject whom figures are compared with where a study names no other.

#include "sim/anatomy/subject.h"

namespace foramen {

/// The man of Wilke 1999: 45 years, 70 kg, 1.74 m (2001 paper).
inline SubjectDescription measured_man() {
  SubjectDescription man;
  man.age_years = 45;
  man.mass = 70;
  man.stature = 1.74;
  return man;
}

}  // namespace foramen
