#pragma once

/// Parts that both kinds of page are made of. All return HTML; text given to them is escaped by them.

#include <string>

#include "sim/report/report.h"

namespace foramen {

[[nodiscard]] std::string section(const std::string& title, const std::string& content, const std::string& extra = "");
[[nodiscard]] std::string paragraph(const std::string& text);
[[nodiscard]] std::string person_line(const Scenario& scenario, const Texts& texts);
/// Pictures of all runs side by side; what is missing is said.
[[nodiscard]] std::string picture_section(const Report& report, const Texts& texts);
/// The rotatable view, or nothing.
[[nodiscard]] std::string model_section(const Report& report, const Texts& texts);
/// Which run's most pressed root a reader should see: its drawing and words; nothing where none is pressed.
[[nodiscard]] std::string dermatome_section(const ReportRun& run, const Texts& texts);
/// "Bring the load 10 cm nearer to the body".
[[nodiscard]] std::string advice_words(const Advice& advice, const Texts& texts);
/// "Bend the lower back 15° less".
[[nodiscard]] std::string relief_words(const Relief& relief, const Texts& texts);

/// The bodies of the two pages.
[[nodiscard]] std::string technique_page(const Report& report, const Texts& texts);
[[nodiscard]] std::string patient_page(const Report& report, const Texts& texts);

}  // namespace foramen
