#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/base64.h"
#include "sim/base/units.h"
#include "sim/report/leg_picture.h"
#include "sim/report/markup.h"
#include "sim/report/page_parts.h"
#include "sim/report/phrases.h"
#include "sim/run/digest.h"

namespace foramen {

namespace {

/// Contrast of text and marks is at least 4.5 : 1 (WCAG 2.1 AA); everything prints in black on white.
constexpr const char* kStyle = R"(
:root{--ink:#1d2327;--quiet:#4a545b;--line:#c8ced2;--mark:#0b5c86;--warn:#8f1d1d;--paper:#fff}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;max-width:62rem;padding:1.5rem}
body.patient{font-size:20px;max-width:48rem}
h1{font-size:1.7em;line-height:1.2;margin:0 0 .3em}h2{font-size:1.2em;margin:1.4em 0 .4em;border-bottom:2px solid var(--mark);padding-bottom:.15em}
h3{font-size:1em;margin:.8em 0 .2em}p{margin:.4em 0}.quiet{color:var(--quiet);font-size:.9em}
table{border-collapse:collapse;width:100%;font-size:.92em;margin:.5em 0}caption{text-align:left;font-weight:600;padding:.2em 0}
td{white-space:nowrap}td.text{white-space:normal}thead th{white-space:nowrap}.many thead th{white-space:normal;overflow-wrap:anywhere;min-width:3.2em}th,td{padding:.22em .5em;border-bottom:1px solid var(--line);text-align:right;vertical-align:top}
th:first-child,td:first-child,td.text,th.text{text-align:left}
tr.above td,tr.above th{color:var(--warn);font-weight:600}td.least{font-weight:700;color:var(--mark)}
ul{margin:.3em 0;padding-left:1.2em}.pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.8rem}
figure{margin:0}figure img,figure svg{width:100%;height:auto;border:1px solid var(--line);border-radius:4px}figcaption{font-size:.9em;color:var(--quiet)}
.legs{max-width:26rem;width:100%;height:auto}.beside{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;align-items:center}.beside>.legs{flex:0 1 24rem}.beside>div{flex:1 1 16rem}.warning{border-left:.35em solid var(--warn);padding:.2em .8em;font-weight:600}
#model3d canvas{width:100%;aspect-ratio:4/3;max-height:34rem;display:block;border:1px solid var(--line);border-radius:4px;touch-action:none}
#model3d .tools{display:flex;gap:.6em;margin:.4em 0;flex-wrap:wrap}#model3d button,#model3d select{font:inherit;padding:.3em .8em;border:1px solid var(--quiet);border-radius:4px;background:#f3f5f6;color:var(--ink)}
:focus-visible{outline:3px solid #b35900;outline-offset:2px}#model3d .none{display:none}#model3d.no-3d canvas,#model3d.no-3d .tools,#model3d.no-3d .help{display:none}#model3d.no-3d .none{display:block}
@page{margin:14mm}
@media print{body,body.patient{font-size:10pt;max-width:none;padding:0}body.patient{font-size:12pt}h2{margin:.9em 0 .3em}table{font-size:8pt}th,td{padding:.05em .35em;line-height:1.25}body{line-height:1.35}
#model3d{display:none}tr,figure,.keep,svg{break-inside:avoid}h2,h3{break-after:avoid}.pictures{grid-template-columns:repeat(auto-fit,minmax(3.3cm,1fr))}.curves{grid-template-columns:1fr 1fr}.roots{columns:2}.beside{flex-wrap:nowrap}.beside>.legs{flex:0 0 5.5cm}.many table{font-size:7pt}.many tbody th{white-space:nowrap}.many td.text,.many tr.above th{white-space:normal}.many .limits tbody th{white-space:normal}.curves svg{max-height:6.2cm}}
)";

}  // namespace

std::string section(const std::string& title, const std::string& content, const std::string& extra) {
  return "<section" + extra + "><h2>" + escaped(title) + "</h2>\n" + content + "</section>\n";
}

std::string paragraph(const std::string& text) {
  return "<p>" + escaped(text) + "</p>\n";
}

std::string person_line(const Scenario& scenario, const Texts& texts) {
  const SubjectDescription& s = scenario.subject;
  return texts("person_line", {{"sex", texts(s.sex == Sex::Male ? "sex_male" : "sex_female")},
                               {"age", fmt::format("{:.0f}", s.age_years)},
                               {"stature", fmt::format("{:.0f}", 100 * s.stature)},
                               {"mass", fmt::format("{:.0f}", s.mass)}});
}

std::string picture_section(const Report& report, const Texts& texts) {
  if (!report.pictures_possible) return section(texts("pictures_title"), paragraph(texts("picture_missing")));
  std::string figures;
  for (const ReportRun& run : report.runs) {
    if (run.picture.empty()) {
      figures += paragraph(run.name + ": " + texts("picture_failed"));
      continue;
    }
    const std::string time = fmt::format("{:.2f}", run.picture_time);
    const std::string& title = run.result.scenario.title.empty() ? run.name : texts.title(run.result.scenario.title);
    const std::string alt = texts("picture_alt", {{"name", title}, {"time", time}});
    const auto* bytes = reinterpret_cast<const unsigned char*>(run.picture.data());
    figures += fmt::format(
        "<figure><img alt=\"{}\" src=\"data:image/png;base64,{}\"><figcaption>{}, {} s</figcaption></figure>\n",
        escaped(alt), base64({bytes, run.picture.size()}), escaped(title), texts.number(time));
  }
  if (figures.empty()) return {};
  return section(texts("pictures_title"), "<div class=\"pictures\">\n" + figures + "</div>\n");
}

std::string model_section(const Report& report, const Texts& texts) {
  if (report.model.empty() || report.script.empty()) return {};
  std::string choices;
  for (const ReportRun& run : report.runs) choices += "<option>" + escaped(run.name) + "</option>";
  std::string tools = "<div class=\"tools\">";
  if (report.runs.size() > 1)
    tools += "<label>" + escaped(texts("model3d_choose")) + " <select>" + choices + "</select></label>";
  tools += "<button type=\"button\">" + escaped(texts("model3d_reset")) + "</button></div>";
  return section(texts("model3d_title"),
                 "<canvas tabindex=\"0\" role=\"img\" aria-label=\"" + escaped(texts("model3d_alt")) +
                     "\"></canvas>\n" + tools + "<p class=\"quiet help\">" +
                     escaped(texts("model3d_legend") + " " + texts("model3d_help")) + "</p><p class=\"none\">" +
                     escaped(texts("model3d_none")) + "</p>\n<noscript><p>" + escaped(texts("model3d_none")) +
                     "</p></noscript>\n",
                 " id=\"model3d\"");
}

std::string dermatome_section(const ReportRun& run, const Texts& texts) {
  const PressedRoot most = most_pressed(run.result);
  if (!most.frame || most.state().pressure < 5 * units::mmHg) return {};
  const std::string root(name(most.root));
  return section(texts("dermatome_title"),
                 "<div class=\"keep beside\">" + leg_picture(most.root, most.side, texts) + "<div>" +
                     paragraph(texts("dermatome_line", {{"root", side_word(most.side, texts) + " " + root},
                                                        {"area", texts("area_" + root)},
                                                        {"muscles", texts("muscles_" + root)},
                                                        {"reflex", texts("reflex_" + root)}})) +
                     "<p class=\"quiet\">" + escaped(texts("dermatome_caution")) + "</p></div></div>\n");
}

std::string advice_words(const Advice& advice, const Texts& texts) {
  std::string amount;
  switch (advice.change) {
    case Change::Nearer:
    case Change::HigherStart:
      amount = fmt::format("{:.0f}", 100 * advice.amount);
      break;
    case Change::LessLumbarFlexion:
    case Change::NoTwist:
      amount = fmt::format("{:.0f}", advice.amount / units::deg);
      break;
    case Change::Slower:
    case Change::TwoTrips:
      amount = fmt::format("{:.3g}", advice.amount);
      break;
  }
  return texts(fmt::format("advice_{}", name(advice.change)), {{"amount", amount}});
}

std::string relief_words(const Relief& relief, const Texts& texts) {
  double amount = std::abs(relief.change);
  std::string way = relief.change > 0 ? "_more" : "_less";
  if (relief.lever == Lever::Load || relief.lever == Lever::Protrusion) {
    way.clear();
    if (relief.lever == Lever::Protrusion) amount /= units::mm;
  } else {
    amount /= units::deg;
  }
  return texts(fmt::format("relief_{}{}", name(relief.lever), way), {{"amount", fmt::format("{:.3g}", amount)}});
}

std::string report_html(const Report& report, Audience audience, const Texts& texts) {
  const bool patient = audience == Audience::Patient;
  const std::string title = texts(patient ? "patient_title" : "technique_title");
  const Scenario& first = report.runs.front().result.scenario;
  std::string page = fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"Foramen {}\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body class=\"{}\">\n<header><h1>{}</h1>\n<p>{}</p>\n<p "
      "class=\"quiet\">{}</p></header>\n<main>\n",
      texts.language(), FORAMEN_VERSION, escaped(title), kStyle,
      patient                  ? "patient"
      : report.runs.size() > 3 ? "therapist many"
                               : "therapist",
      escaped(title), escaped(person_line(first, texts)), escaped(texts("model_note")));
  page += patient ? patient_page(report, texts) : technique_page(report, texts);
  page += "</main>\n<footer class=\"quiet\">";
  std::string files;
  for (const ReportRun& run : report.runs) files += (files.empty() ? "" : ", ") + run.name;
  page += paragraph(texts(
      "made_by", {{"version", FORAMEN_VERSION}, {"file", files}, {"digest", report.runs.front().result.data_digest}}));
  page += "</footer>\n";
  if (!report.model.empty() && !report.script.empty()) {
    std::string model = report.model;
    for (std::size_t at = model.find('<'); at != std::string::npos; at = model.find('<', at + 1))
      model.replace(at, 1, "\\u003c");
    page += "<script type=\"application/json\" id=\"model-data\">" + model + "</script>\n<script>" + report.script +
            "</script>\n";
  }
  return page + "</body>\n</html>\n";
}

}  // namespace foramen
