#include "viz/qt/look.h"

#include <QApplication>
#include <QFont>
#include <QPalette>
#include <QStyleFactory>
#include <array>

namespace foramen::qt {
namespace {

constexpr double kTypeSize = 9.5;  ///< at 100 % [pt]

QPalette palette_of(session::Theme theme) {
  const bool dark = theme == session::Theme::Dark;
  const QColor window = dark ? QColor(38, 41, 45) : QColor(240, 241, 242);
  const QColor base = dark ? QColor(28, 30, 33) : QColor(255, 255, 255);
  const QColor ink = dark ? QColor(232, 233, 235) : QColor(28, 32, 36);
  const QColor faint = dark ? QColor(150, 154, 160) : QColor(120, 124, 130);
  const QColor accent = dark ? QColor(86, 156, 214) : QColor(0, 98, 163);
  QPalette palette;
  palette.setColor(QPalette::Window, window);
  palette.setColor(QPalette::WindowText, ink);
  palette.setColor(QPalette::Base, base);
  palette.setColor(QPalette::AlternateBase, dark ? QColor(34, 37, 41) : QColor(246, 247, 248));
  palette.setColor(QPalette::Text, ink);
  palette.setColor(QPalette::Button, window);
  palette.setColor(QPalette::ButtonText, ink);
  palette.setColor(QPalette::ToolTipBase, base);
  palette.setColor(QPalette::ToolTipText, ink);
  palette.setColor(QPalette::Highlight, accent);
  palette.setColor(QPalette::HighlightedText, Qt::white);
  palette.setColor(QPalette::Link, accent);
  palette.setColor(QPalette::Mid, dark ? QColor(80, 84, 90) : QColor(190, 193, 197));
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, faint);
  }
  return palette;
}

}  // namespace

double type_size(double scale) {
  return kTypeSize * scale;
}

void apply_look(session::Theme theme, double scale) {
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  QApplication::setPalette(palette_of(theme));
  QFont font = QApplication::font();
  font.setPointSizeF(type_size(scale));
  QApplication::setFont(font);
}

QColor case_colour(std::size_t index, session::Theme theme) {
  const bool dark = theme == session::Theme::Dark;
  const std::array colours{dark ? QColor(86, 180, 233) : QColor(0, 114, 178), QColor(213, 94, 0),
                           dark ? QColor(0, 190, 140) : QColor(0, 135, 100), QColor(204, 121, 167)};
  return colours[index % colours.size()];
}

}  // namespace foramen::qt
