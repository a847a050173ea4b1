#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/units.h"
#include "sim/report/phrases.h"
#include "sim/report/report.h"

namespace foramen {

namespace {

std::string degrees(double angle) {
  return fmt::format("{:.0f}", angle / units::deg);
}

std::string sentence(const Reason& r, const Texts& texts) {
  using Kind = Reason::Kind;
  const std::string moment = fmt::format("{:+.0f}", r.moment_difference);
  const auto with = [&](const char* key, const std::string& more, const std::string& less) {
    return texts(key, {{"more", more}, {"less", less}, {"moment", moment}});
  };
  const auto whole = [](double v) { return fmt::format("{:.0f}", v); };
  switch (r.kind) {
    case Kind::LoadArm:
      return with("reason_load_arm", fmt::format("{:.2f}", r.of_a), fmt::format("{:.2f}", r.of_b));
    case Kind::LoadMass:
      return with("reason_load_mass", fmt::format("{:.1f}", r.of_a), fmt::format("{:.1f}", r.of_b));
    case Kind::BodyMoment:
      return with("reason_body", whole(r.of_a), whole(r.of_b));
    case Kind::Movement:
      return with("reason_movement", whole(r.of_a), whole(r.of_b));
    case Kind::TrunkInclination:
      return with("reason_inclination", degrees(r.of_a), degrees(r.of_b));
    case Kind::LumbarFlexion:
      break;
  }
  return with("reason_flexion", degrees(r.of_a), degrees(r.of_b));
}

struct Side2 {
  const Result* result;
  const std::string* name;
  int rank;  ///< in compression of L5–S1; 0: unknown
  Circumstances at;
};

std::string newtons(double force) {
  return fmt::format("{:.0f}", force);
}

/// Why `a`, the more loaded one, carries more than `b`.
std::string load_sentences(const Side2& a, const Side2& b, const Texts& texts) {
  const double difference = a.at.compression - b.at.compression;
  const auto reasons_of = [&](std::string text) {
    std::string against;
    for (const Reason& r : reasons(a.at, b.at)) (r.moment_difference < 0 ? against : text) += " " + sentence(r, texts);
    return against.empty() ? text : text + " " + texts("reason_against") + against;
  };
  // Less than a hundredth is no difference anybody could act on.
  if (difference < 0.01 * a.at.compression || (a.rank > 0 && a.rank == b.rank)) {
    return reasons_of(
        texts("why_alike",
              {{"a", *a.name}, {"b", *b.name}, {"fa", newtons(a.at.compression)}, {"fb", newtons(b.at.compression)}}));
  }
  return reasons_of(texts("why_hardest", {{"time", fmt::format("{:.2f}", a.at.time)},
                                          {"a", *a.name},
                                          {"b", *b.name},
                                          {"fa", newtons(a.at.compression)},
                                          {"fb", newtons(b.at.compression)},
                                          {"diff", newtons(difference)}}));
}

std::string root_sentence(const Side2& a, const Side2& b, const Texts& texts) {
  const PressedRoot ra = most_pressed(*a.result), rb = most_pressed(*b.result);
  if (!ra.frame || !rb.frame) return {};
  const double least = 5 * units::mmHg;
  if (ra.state().pressure < least && rb.state().pressure < least) return {};
  const auto who = [&](const PressedRoot& r) { return side_word(r.side, texts) + " " + std::string(name(r.root)); };
  const auto pressure = [](const PressedRoot& r) { return fmt::format("{:.0f}", r.state().pressure / units::mmHg); };
  const auto time = [](const PressedRoot& r) { return fmt::format("{:.2f}", r.frame->time); };
  return texts("why_root", {{"a", *a.name},
                            {"b", *b.name},
                            {"root_a", who(ra)},
                            {"root_b", who(rb)},
                            {"pa", pressure(ra)},
                            {"pb", pressure(rb)},
                            {"by_a", presser_words(ra.state().pressed_by, texts)},
                            {"by_b", presser_words(rb.state().pressed_by, texts)},
                            {"at_a", time(ra)},
                            {"at_b", time(rb)}});
}

}  // namespace

std::vector<std::string> reason_sentences(const std::vector<const Result*>& results, const Comparison& comparison,
                                          const Texts& texts) {
  const auto compression = std::find_if(comparison.rows.begin(), comparison.rows.end(), [](const Comparison::Row& row) {
    return row.path == "levels.L5-S1.compression_N.peak";
  });
  std::vector<Side2> sides;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (const Frame* frame = hardest_frame(*results[i]))
      sides.push_back({results[i], &comparison.names[i],
                       compression == comparison.rows.end() ? 0 : compression->ranks[i],
                       circumstances(*frame, *results[i]->subject)});
  }
  // From the most loaded down; names decide ties, so that the order of the arguments never does.
  std::sort(sides.begin(), sides.end(), [](const Side2& a, const Side2& b) {
    return a.at.compression != b.at.compression ? a.at.compression > b.at.compression : *a.name < *b.name;
  });
  std::vector<std::string> sentences;
  for (std::size_t i = 1; i < sides.size(); ++i) {
    sentences.push_back(load_sentences(sides[i - 1], sides[i], texts));
    if (std::string roots = root_sentence(sides[i - 1], sides[i], texts); !roots.empty())
      sentences.push_back(std::move(roots));
  }
  return sentences;
}

}  // namespace foramen
