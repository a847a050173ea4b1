#include "viz/qt/measures_form.h"

#include <fmt/format.h>

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "sim/scenario/fields.h"
#include "viz/qt/text.h"

namespace foramen::qt {
namespace {

constexpr double kPoundsPerKilogram = 2.20462262, kInchesPerMetre = 39.3700787;

const Field* field_of(const std::string& path) {
  const auto& all = fields();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Field& one) { return one.path() == path; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

MeasuresForm::MeasuresForm(const Scenario& scenario, session::UnitSystem units, const Texts& texts, QWidget* parent)
    : QDialog(parent) {
  setWindowTitle(text(texts, "gui_action_form"));
  const bool imperial = units == session::UnitSystem::Imperial;
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 8);
  auto* area = new QScrollArea(this);
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* inner = new QWidget(area);
  auto* column = new QVBoxLayout(inner);
  auto* note = new QLabel(text(texts, "gui_form_note"), this);
  note->setWordWrap(true);
  column->addWidget(note);

  auto* person = new QGroupBox(text(texts, "gui_form_person"), this);
  auto* body = new QFormLayout(person);
  sex_ = new QComboBox(person);
  sex_->addItems({text(texts, "sex_male"), text(texts, "sex_female")});
  sex_before_ = scenario.subject.sex == Sex::Male ? 0 : 1;
  sex_->setCurrentIndex(sex_before_);
  body->addRow(text(texts, "gui_sex"), sex_);
  add_number(body, "subject.age_years", texts("gui_age"), scenario, 1, "");
  add_number(body, "subject.stature_m", texts("gui_stature"), scenario, imperial ? kInchesPerMetre : 100,
             imperial ? "in" : "cm");
  add_number(body, "subject.mass_kg", texts("gui_mass"), scenario, imperial ? kPoundsPerKilogram : 1,
             imperial ? "lb" : "kg");
  column->addWidget(person);

  auto* scan = new QGroupBox(text(texts, "gui_form_scan"), this);
  auto* rows = new QVBoxLayout(scan);
  level_ = new QComboBox(scan);
  auto* stack = new QStackedWidget(scan);
  for (const std::string_view level : level_names()) {
    level_->addItem(text(std::string(level)));
    auto* page = new QWidget(stack);
    auto* form = new QFormLayout(page);
    const std::string table = fmt::format("subject.measured.{}", level);
    for (const Field& one : fields()) {
      if (one.table != table) continue;
      // A measure that is newer than the translation is called by its key.
      const std::string* label = texts.find("measured_" + one.key);
      add_number(form, one.path(), label ? *label : one.key, scenario, 1, one.key.ends_with("_mm2") ? "mm²" : "mm");
    }
    stack->addWidget(page);
  }
  connect(level_, QOverload<int>::of(&QComboBox::currentIndexChanged), stack, &QStackedWidget::setCurrentIndex);
  level_->setCurrentIndex(index(Level::L4L5));
  rows->addWidget(level_);
  rows->addWidget(stack);
  column->addWidget(scan);

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
  buttons->button(QDialogButtonBox::Ok)->setText(text(texts, "gui_apply"));
  buttons->button(QDialogButtonBox::Cancel)->setText(text(texts, "gui_cancel"));
  connect(buttons, &QDialogButtonBox::accepted, this, [this] { accept(); });
  connect(buttons, &QDialogButtonBox::rejected, this, [this] { reject(); });
  area->setWidget(inner);
  whole->addWidget(area, 1);
  whole->addWidget(buttons);
  // As high as its rows, within the screen: large type scrolls.
  constexpr double kOfScreen = 0.85;
  const QSize content = inner->sizeHint();
  const int highest = static_cast<int>(kOfScreen * QGuiApplication::primaryScreen()->availableGeometry().height());
  resize(content.width() + area->verticalScrollBar()->sizeHint().width() + 8,
         std::min(content.height() + buttons->sizeHint().height() + 20, highest));
}

void MeasuresForm::add_number(QFormLayout* form, const std::string& key, const std::string& label,
                              const Scenario& scenario, double factor, const char* unit) {
  const Field* field = field_of(key);
  if (field == nullptr) return;
  auto* box = new QDoubleSpinBox(this);
  box->setObjectName(text(key));
  box->setDecimals(field->type == FieldType::Integer || factor != 1 || field->hi > 50 ? (factor == 1 ? 0 : 1) : 1);
  const double step = 0.5;
  box->setRange(field->lo * factor - step, field->hi * factor);
  box->setSingleStep(step);
  if (*unit != '\0') box->setSuffix(QString(" ") + unit);
  box->setSpecialValueText(QString::fromUtf8("–"));
  const auto value = field->get(scenario, 0);
  box->setValue(value ? std::get<double>(*value) * factor : box->minimum());
  box->setToolTip(text(field->doc));
  form->addRow(text(label), box);
  entries_.push_back({key, box, factor, box->value()});
}

void MeasuresForm::accept() {
  std::vector<std::pair<std::string, std::string>> changed;
  if (sex_->currentIndex() != sex_before_) {
    changed.emplace_back("subject.sex", sex_->currentIndex() == 0 ? "male" : "female");
  }
  for (const Entry& one : entries_) {
    const bool unset = one.box->value() <= one.box->minimum();
    if (one.box->value() != one.before && !unset) {
      changed.emplace_back(one.key, fmt::format("{:.6g}", one.box->value() / one.factor));
    }
  }
  QDialog::accept();
  if (accepted_values) accepted_values(changed);
}

}  // namespace foramen::qt
