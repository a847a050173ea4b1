#pragma once

/// What is reported of a root that has come to rest: pressure over 5 mm and what presses, clearance, loss of section.

#include "sim/nerve/root_contacts.h"

namespace foramen {

/// Where a root lies and how thick it is.
struct RestingRoot {
  Root root = Root::L5;
  Side side = Side::Left;
  const std::vector<Vec3>& position;
  const std::vector<double>& radius;
  const std::vector<double>& tributary;  ///< length that each node stands for [m]
};

/// Fills in pressure, its share by pinch and by tension, who presses and where, clearance, section loss; returns the
/// pressure at every node [Pa].
std::vector<double> report_contact(const Surroundings& around, const RootContacts& contacts, const RestingRoot& root,
                                   RootState& result);

}  // namespace foramen
