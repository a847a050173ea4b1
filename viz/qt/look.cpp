#include "viz/qt/look.h"

#include <QApplication>
#include <QFont>
#include <QPainter>
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
  palette.setColor(QPalette::Button, dark ? QColor(66, 71, 77) : window);
  palette.setColor(QPalette::ButtonText, ink);
  palette.setColor(QPalette::ToolTipBase, base);
  palette.setColor(QPalette::ToolTipText, ink);
  palette.setColor(QPalette::Highlight, accent);
  palette.setColor(QPalette::HighlightedText, Qt::white);
  palette.setColor(QPalette::Link, accent);
  palette.setColor(QPalette::Mid, dark ? QColor(80, 84, 90) : QColor(190, 193, 197));
  palette.setColor(QPalette::Light, dark ? QColor(58, 62, 67) : QColor(255, 255, 255));
  palette.setColor(QPalette::Midlight, dark ? QColor(50, 54, 58) : QColor(246, 247, 248));
  palette.setColor(QPalette::Dark, dark ? QColor(24, 26, 28) : QColor(160, 164, 169));
  palette.setColor(QPalette::Shadow, dark ? QColor(10, 11, 12) : QColor(105, 109, 114));
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

QIcon media_icon(MediaSign sign, const QColor& ink) {
  constexpr int kSize = 64;
  QPixmap picture(kSize, kSize);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ink);
  const auto triangle = [&](double from, double to) {
    painter.drawPolygon(QPolygonF({QPointF(from, 10), QPointF(to, 32), QPointF(from, 54)}));
  };
  const auto bar = [&](double from, double to) { painter.drawRect(QRectF(from, 10, to - from, 44)); };
  switch (sign) {
    case MediaSign::Play:
      triangle(14, 54);
      break;
    case MediaSign::Pause:
      bar(14, 26);
      bar(38, 50);
      break;
    case MediaSign::StepOn:
      triangle(12, 42);
      bar(42, 51);
      break;
    case MediaSign::StepBack:
      triangle(52, 22);
      bar(13, 22);
      break;
  }
  return QIcon(picture);
}

QColor case_colour(std::size_t index, session::Theme theme) {
  const bool dark = theme == session::Theme::Dark;
  const std::array colours{dark ? QColor(86, 180, 233) : QColor(0, 114, 178), QColor(213, 94, 0),
                           dark ? QColor(0, 190, 140) : QColor(0, 135, 100), QColor(204, 121, 167)};
  return colours[index % colours.size()];
}

}  // namespace foramen::qt
