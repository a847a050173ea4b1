#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>

#include "sim/app/commands.h"
#include "sim/base/csv.h"
#include "sim/motion/motion.h"
#include "sim/run/quantities.h"
#include "sim/scenario/fields.h"

namespace foramen {

namespace {

struct Item {
  std::string name, text;
};

std::string range(const Field& field) {
  if (field.type == FieldType::Choice) {
    std::string names;
    for (const std::string_view n : field.choices) names += (names.empty() ? "" : " | ") + std::string(n);
    return names;
  }
  if (field.type == FieldType::Text) return "text";
  const std::string several = field.type == FieldType::Vector ? fmt::format("{} numbers, each ", field.length) : "";
  return several + (std::isfinite(field.lo) ? fmt::format("{} to {}", field.lo, field.hi) : "number");
}

std::vector<Item> items(const std::string& what) {
  std::vector<Item> list;
  if (what == "levels") {
    for (const auto n : level_names()) list.push_back({std::string(n), ""});
  } else if (what == "roots") {
    for (const auto n : root_names()) list.push_back({std::string(n), ""});
  } else if (what == "postures") {
    for (const auto& [n, posture] : load_postures(data_directory())) list.push_back({n, posture.text});
  } else if (what == "muscles") {
    for (const auto& m : build_subject(*load_anatomy(data_directory()), SubjectDescription{}).muscles)
      list.push_back({m.name, m.group});
  } else if (what == "fields") {
    for (const Field& f : fields())
      list.push_back({f.path(), fmt::format("[{}{}] {}", range(f), f.required ? ", required" : "", f.doc)});
  } else {
    for (const auto& q : level_quantities())
      list.push_back({fmt::format("levels.LEVEL.{}", q.name), std::string(q.doc)});
    for (const auto& q : root_quantities())
      list.push_back({fmt::format("roots.ROOT.SIDE.{}", q.name), std::string(q.doc)});
    for (const auto& q : body_quantities()) list.push_back({fmt::format("body.{}", q.name), std::string(q.doc)});
  }
  return list;
}

}  // namespace

void add_list(CLI::App& app, Command& chosen) {
  auto what = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  CLI::App* sub = app.add_subcommand("list", "List what scenarios and results can name");
  sub->add_option("WHAT", *what, "postures, levels, roots, muscles, quantities or fields")
      ->required()
      ->check(CLI::IsMember({"postures", "levels", "roots", "muscles", "quantities", "fields"}));
  sub->add_flag("--json", *json, "Print the names as JSON");
  sub->callback([what, json, &chosen] {
    chosen = [what, json] {
      const std::vector<Item> list = items(*what);
      std::size_t width = 0;
      for (const Item& item : list) width = std::max(width, item.name.size());
      std::string text;
      for (const Item& item : list) {
        if (*json) {
          text += fmt::format("{}\"{}\"", text.empty() ? "[" : ", ", item.name);
        } else {
          text += item.text.empty() ? item.name + "\n" : fmt::format("{:{}}  {}\n", item.name, width, item.text);
        }
      }
      fmt::print("{}{}", text, *json ? "]\n" : "");
      return static_cast<int>(kDone);
    };
  });
}

}  // namespace foramen
