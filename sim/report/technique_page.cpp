#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/report/curve_picture.h"
#include "sim/report/markup.h"
#include "sim/report/page_parts.h"
#include "sim/report/phrases.h"

namespace foramen {

namespace {

std::string head_cell(const std::string& text) {
  return "<th scope=\"col\">" + escaped(text) + "</th>";
}

/// Rows in which any run shows something a reader could see.
bool worth_showing(const Comparison::Row& row) {
  if (row.path.find(".mean") != std::string::npos) return false;
  const double least = row.unit == "s" ? 0.05 : row.unit == "mmHg" ? 5 : row.unit == "MPa" ? 0.01 : 1;
  return std::any_of(row.values.begin(), row.values.end(), [&](double v) { return std::abs(v) >= least; });
}

std::string comparison_table(const Report& report, const Texts& texts) {
  const Comparison& c = report.comparison;
  std::string table = "<table><thead><tr>" + head_cell(texts("column_measure")) + head_cell(texts("column_unit"));
  for (const std::string& run : c.names) table += head_cell(run);
  table += head_cell(texts("column_difference")) + "<th scope=\"col\" class=\"text\">" +
           escaped(texts("column_least")) + "</th></tr></thead>\n<tbody>\n";
  for (const Comparison::Row& row : c.rows) {
    if (!worth_showing(row)) continue;
    table +=
        "<tr><th scope=\"row\">" + escaped(measure_words(row.path, texts)) + "</th><td>" + escaped(row.unit) + "</td>";
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      const bool least = !row.equal() && row.ranks[i] == 1;
      table += std::string(least ? "<td class=\"least\">" : "<td>") +
               texts.number(measure_text(row.values[i], row.unit)) + "</td>";
    }
    table += "<td>" + escaped(difference_text(row, texts.number("0.0").substr(1, 1))) + "</td><td class=\"text\">" +
             escaped(row.equal() ? texts("equal") : least_text(c, row)) + "</td></tr>\n";
  }
  table += "</tbody></table>\n";
  if (c.members > 0)
    table += "<p class=\"quiet\">" + escaped(texts("equal_note", {{"members", std::to_string(c.members)}})) + "</p>\n";
  return table;
}

std::string why_section(const Report& report, const Texts& texts) {
  std::vector<const Result*> results;
  for (const ReportRun& run : report.runs) results.push_back(&run.result);
  std::string list = "<ul>\n";
  for (const std::string& sentence : reason_sentences(results, report.comparison, texts))
    list += "<li>" + escaped(sentence) + "</li>\n";
  return section(texts("why_title"), list + "</ul>\n");
}

/// `read` gives a frame's value, `spread` the band of a run's every frame in the same unit (nullptr for none).
template <class Read, class Spread>
CurvePicture curve_of(const Report& report, const Texts& texts, const std::string& label, Read read, Spread spread) {
  CurvePicture picture{label, texts("curve_time"), label, {}, {}, {}};
  double peak = 0;
  for (const ReportRun& run : report.runs) {
    CurvePicture::Line line{run.name, {}, {}};
    for (const Frame& frame : run.result.frames) {
      line.x.push_back(frame.time);
      line.y.push_back(frame.converged() ? read(frame) : std::nan(""));
      if (std::isfinite(line.y.back())) peak = std::max(peak, line.y.back());
    }
    if (run.bands) {
      for (const Band& band : spread(*run.bands)) {
        line.lo.push_back(band.p05);
        line.hi.push_back(band.p95);
      }
    }
    picture.lines.push_back(std::move(line));
  }
  picture.alt = texts("curve_alt", {{"what", label}, {"peak", fmt::format("{:.0f}", peak)}});
  return picture;
}

std::string curves_section(const Report& report, const Texts& texts) {
  if (report.runs.front().result.frames.size() < 2) return {};
  CurvePicture load = curve_of(
      report, texts, texts("curve_compression"),
      [](const Frame& f) { return f.spine.levels[static_cast<std::size_t>(index(Level::L5S1))].compression; },
      [](const StoredBands& bands) -> const std::vector<Band>& { return bands.compression; });
  load.marks = {{3400, "3400 N"}};
  std::string content = "<figure>" + curve_svg(load) + "</figure>\n";
  // The root that is pressed most in any of the runs.
  PressedRoot most;
  for (const ReportRun& run : report.runs) {
    const PressedRoot here = most_pressed(run.result);
    if (here.frame && (!most.frame || here.state().pressure > most.state().pressure)) most = here;
  }
  if (most.frame && most.state().pressure > 5 * units::mmHg) {
    const std::string label =
        texts("curve_root", {{"side", side_word(most.side, texts)}, {"root", std::string(name(most.root))}});
    CurvePicture pressure = curve_of(
        report, texts, label,
        [&](const Frame& f) {
          return PressedRoot{&f, most.root, most.side}.state().pressure / units::mmHg;
        },
        [&](const StoredBands& bands) -> const std::vector<Band>& {
          return bands.pressure[static_cast<std::size_t>(index(most.root))][static_cast<std::size_t>(index(most.side))];
        });
    pressure.marks = {{30, "30"}, {50, "50"}, {130, "130 mmHg"}};
    content += "<figure>" + curve_svg(pressure) + "</figure>\n";
  }
  std::string note;
  for (const ReportRun& run : report.runs) {
    if (run.bands)
      note += "<p class=\"quiet\">" + escaped(texts("curve_band", {{"members", std::to_string(run.bands->members)}})) +
              "</p>\n";
  }
  return section(texts("curves_title"), "<div class=\"pictures curves\">" + content + "</div>" + note);
}

std::string limit_row(const std::string& label, const std::vector<double>& values, const std::vector<double>& limits,
                      const std::string& unit, const std::string& source, const Texts& texts) {
  bool above = false;
  std::string cells;
  for (std::size_t i = 0; i < values.size(); ++i) {
    above = above || values[i] > limits[i];
    cells += fmt::format("<td>{:.0f}</td>", values[i]);
  }
  return fmt::format(
      "<tr{}><th scope=\"row\">{}</th><td>{:.0f} {}</td>{}<td class=\"text\">{}</td><td class=\"text\">{}</td></tr>\n",
      above ? " class=\"above\"" : "", escaped(label), limits.front(), unit, cells,
      escaped(texts(above ? "verdict_above" : "verdict_below")), escaped(source));
}

std::string limits_section(const Report& report, const Texts& texts) {
  std::string table =
      "<table class=\"limits\"><thead><tr>" + head_cell(texts("column_measure")) + head_cell(texts("column_limit"));
  for (const ReportRun& run : report.runs) table += head_cell(run.name);
  table += "<th scope=\"col\" class=\"text\">" + escaped(texts("column_verdict")) +
           "</th><th scope=\"col\" class=\"text\">" + escaped(texts("column_source")) + "</th></tr></thead>\n<tbody>\n";
  const Findings& first = report.runs.front().findings;
  for (std::size_t k = 0; k < first.limits.size(); ++k) {
    std::vector<double> values, limits;
    for (const ReportRun& run : report.runs) {
      values.push_back(run.findings.limits[k].value);
      limits.push_back(run.findings.limits[k].limit.value);
    }
    table +=
        limit_row(texts("limit_" + first.limits[k].limit.id), values, limits, "N", first.limits[k].limit.source, texts);
  }
  const bool all_doses = std::all_of(report.runs.begin(), report.runs.end(),
                                     [](const ReportRun& run) { return run.findings.dose.has_value(); });
  if (all_doses) {
    std::vector<double> values, limits;
    for (const ReportRun& run : report.runs) {
      values.push_back(run.findings.dose->dose);
      limits.push_back(run.findings.dose->limit.shift);
    }
    table += limit_row(texts("limit_dose"), values, limits, "N·h", first.dose->limit.source, texts);
  }
  table += "</tbody></table>\n<ul>\n";
  for (const ReportRun& run : report.runs) {
    std::string line = run.name + ": " +
                       texts("strength_line", {{"muscle", run.findings.strongest_muscle},
                                               {"percent", fmt::format("{:.0f}", 100 * run.findings.strength_used)}});
    if (!run.findings.strength_suffices) line += " " + texts("strength_exceeded");
    table += "<li>" + escaped(line) + "</li>\n";
  }
  return section(texts("limits_title"), table + "</ul>\n");
}

std::string effect_words(const EffectFinding& e, bool still, const Texts& texts) {
  const bool pressure = e.effect.kind == RootEffect::Kind::Pressure;
  const double threshold = e.effect.threshold / (pressure ? units::mmHg : units::percent);
  std::string text = texts("effect_" + e.effect.id, {{"threshold", fmt::format("{:.0f}", threshold)},
                                                     {"animal", texts("animal_" + e.effect.animal)}});
  const std::string time = fmt::format("{:.1f}", e.time_above), needed = time_words(e.needed);
  text += ": ";
  if (still) return text + texts("effect_held", {{"needed", e.needed > 0 ? needed : texts("effect_at_once")}});
  return text + (e.reached() ? texts("effect_here", {{"time", time}})
                             : texts("effect_needs", {{"needed", needed}, {"time", time}}));
}

/// Whether two findings are one root's two sides that the page would describe in the same words.
bool mirror_each_other(const RootFinding& a, const RootFinding& b) {
  return a.root == b.root && a.side != b.side && std::abs(a.pressure - b.pressure) < 0.5 * units::mmHg &&
         std::abs(a.strain - b.strain) < 0.0005 && a.effects.size() == b.effects.size() &&
         a.pressed_by.structure == b.pressed_by.structure && a.pressed_by.level == b.pressed_by.level;
}

std::string root_words(const RootFinding& finding, const std::string& side, bool still, const Texts& texts) {
  std::string content =
      paragraph(texts("root_line", {{"side", side},
                                    {"root", std::string(name(finding.root))},
                                    {"pressure", fmt::format("{:.0f}", finding.pressure / units::mmHg)},
                                    {"time", fmt::format("{:.2f}", finding.at)},
                                    {"by", presser_words(finding.pressed_by, texts)},
                                    {"strain", fmt::format("{:.1f}", finding.strain / units::percent)}}));
  content += "<ul>\n";
  for (const EffectFinding& e : finding.effects) content += "<li>" + escaped(effect_words(e, still, texts)) + "</li>\n";
  return content + "</ul>\n";
}

/// On which side of a root the protrusion lies that presses it, and whether the root could rest on the other.
std::string place_sentences(const RootExplanation& explanation, const Texts& texts) {
  if (!explanation.protrusion) return {};
  std::string words = place_words(*explanation.protrusion, "place", texts);
  if (explanation.other_side) words += " " + other_side_words(*explanation.other_side, texts);
  return paragraph(words);
}

/// Of a root at its worst instant: where the protrusion lies, and the two changes that would relieve it best.
std::string explanation_words(const ReportRun& run, Root root, Side side, const Texts& texts) {
  const auto found = std::find_if(run.explanations.begin(), run.explanations.end(),
                                  [&](const RootExplanation& e) { return e.root == root && e.side == side; });
  if (found == run.explanations.end()) return {};
  const std::string place = place_sentences(*found, texts);
  if (found->reliefs.empty()) return place;
  std::string words;
  for (std::size_t i = 0; i < std::min<std::size_t>(2, found->reliefs.size()); ++i) {
    const Relief& relief = found->reliefs[i];
    words += (i > 0 ? "; " : "") +
             texts("relief_gain", {{"change", relief_words(relief, texts)},
                                   {"before", fmt::format("{:.0f}", found->pressure / units::mmHg)},
                                   {"after", fmt::format("{:.0f}", relief.pressure_after / units::mmHg)}});
  }
  return place + paragraph(texts("relief_line", {{"changes", words}}));
}

std::string roots_section(const Report& report, const Texts& texts) {
  std::string content;
  for (const ReportRun& run : report.runs) {
    content += "<h3>" + escaped(run.name) + "</h3>\n";
    const std::vector<RootFinding>& roots = run.findings.roots;
    if (roots.empty()) content += paragraph(texts("no_roots"));
    // The page is for reading; the tables have all twelve.
    const std::size_t most = report.runs.size() > 2 ? 1 : 2;
    for (std::size_t i = 0, shown = 0; i < roots.size() && shown < most; ++i, ++shown) {
      const bool both = i + 1 < roots.size() && mirror_each_other(roots[i], roots[i + 1]);
      content += root_words(roots[i], both ? texts("side_both") : side_word(roots[i].side, texts),
                            run.result.frames.size() < 2, texts) +
                 explanation_words(run, roots[i].root, roots[i].side, texts);
      if (both) ++i;
    }
  }
  return section(texts("roots_title"), "<div class=\"roots\">" + content + "</div>\n");
}

std::string lifting_section(const Report& report, const Texts& texts) {
  std::string list;
  for (const ReportRun& run : report.runs) {
    if (!run.lift) continue;
    const LiftingTask& t = *run.lift;
    const auto centimetres = [](double m) { return fmt::format("{:.0f}", 100 * m); };
    const double li = run.lifting_index->index;
    list += "<li>" +
            escaped(run.name + ": " +
                    texts("rnle_line", {{"rwl", fmt::format("{:.1f}", run.lifting_index->recommended_weight)},
                                        {"li", std::isfinite(li) ? fmt::format("{:.2f}", li) : "∞"},
                                        {"load", fmt::format("{:g}", t.load)},
                                        {"h", centimetres(t.horizontal)},
                                        {"v", centimetres(t.vertical)},
                                        {"d", centimetres(t.travel)},
                                        {"f", fmt::format("{:g}", t.per_minute)},
                                        {"hours", fmt::format("{:g}", t.hours)}}) +
                    (run.result.scenario.task ? "" : " " + texts("rnle_assumed"))) +
            "</li>\n";
  }
  return list.empty() ? std::string() : section(texts("rnle_title"), "<ul>\n" + list + "</ul>\n");
}

std::string advice_section(const Report& report, const Texts& texts) {
  std::string content;
  for (const ReportRun& run : report.runs) {
    if (run.advice.empty()) continue;
    content += "<table><caption>" + escaped(run.name) + "</caption><thead><tr>" + head_cell(texts("column_change")) +
               "<th scope=\"col\" class=\"text\">" + escaped(texts("column_gain")) + "</th></tr></thead>\n<tbody>\n";
    for (const Advice& a : run.advice) {
      std::string gain = texts("advice_gain", {{"before_n", fmt::format("{:.0f}", a.compression_before)},
                                               {"after_n", fmt::format("{:.0f}", a.compression_after)},
                                               {"before_p", fmt::format("{:.0f}", a.pressure_before / units::mmHg)},
                                               {"after_p", fmt::format("{:.0f}", a.pressure_after / units::mmHg)}});
      if (!a.possible) {
        gain = texts("advice_impossible", {{"why", a.why_not}});
      } else if (a.trades()) {
        gain = texts("advice_trade", {{"gain", gain}});
      } else if (!a.helps()) {
        gain = texts("advice_no_gain") + " (" + gain + ")";
      }
      content += "<tr><th scope=\"row\">" + escaped(advice_words(a, texts)) + "</th><td class=\"text\">" +
                 escaped(gain) + "</td></tr>\n";
    }
    content += "</tbody></table>\n";
  }
  if (content.empty()) return {};
  return section(texts("advice_title"), "<p class=\"quiet\">" + escaped(texts("advice_tried")) + "</p>" + content);
}

bool same_people(const Report& report) {
  Scenario who;
  who.subject = report.runs.front().result.scenario.subject;
  const std::string first = write_scenario(who);
  return std::all_of(report.runs.begin(), report.runs.end(), [&](const ReportRun& run) {
    who.subject = run.result.scenario.subject;
    return write_scenario(who) == first;
  });
}

}  // namespace

std::string technique_page(const Report& report, const Texts& texts) {
  std::string page;
  for (const ReportRun& run : report.runs) {
    page +=
        "<p><strong>" + escaped(run.name) + "</strong>: " + escaped(texts.title(run.result.scenario.title)) + "</p>\n";
  }
  if (!same_people(report)) page += "<p class=\"warning\">" + escaped(texts("different_people")) + "</p>\n";
  if (report.runs.size() > 1)
    page += section(texts("comparison_title"), comparison_table(report, texts)) + why_section(report, texts);
  page += picture_section(report, texts) + model_section(report, texts) + curves_section(report, texts);
  page += limits_section(report, texts) + lifting_section(report, texts) + roots_section(report, texts);
  page += dermatome_section(report.runs.front(), texts) + advice_section(report, texts);
  return page + section(texts("what_title"), paragraph(texts("what_therapist")));
}

}  // namespace foramen
