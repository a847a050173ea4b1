#include "viz/qt/two_lines.h"

#include <QApplication>
#include <QPainter>

namespace foramen::qt {
namespace {

constexpr int kMargin = 4;         // [px]
constexpr double kSmaller = 0.86;  // of the type of the second line

QFont second_font(const QFont& font) {
  QFont small = font;
  small.setPointSizeF(kSmaller * font.pointSizeF());
  return small;
}

struct Heights {
  int first = 0, second = 0;
};

Heights heights(const QFont& font, int width, const QString& first, const QString& second) {
  const auto height = [width](const QFont& type, const QString& words) {
    if (words.isEmpty()) return 0;
    return QFontMetrics(type).boundingRect(0, 0, width - 2 * kMargin, 10000, Qt::TextWordWrap, words).height();
  };
  return {height(font, first), height(second_font(font), second)};
}

}  // namespace

void TwoLines::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QStyleOptionViewItem ground = option;
  initStyleOption(&ground, index);
  const QString first = ground.text, second = index.data(kSecondLine).toString();
  ground.text.clear();
  QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
  const Heights high = heights(ground.font, option.rect.width(), first, second);
  QRect place = option.rect.adjusted(kMargin, (option.rect.height() - high.first - high.second) / 2, -kMargin, 0);
  painter->save();
  painter->setFont(ground.font);
  painter->setPen(ground.palette.color(QPalette::Text));
  painter->drawText(place, Qt::TextWordWrap, first);
  place.setTop(place.top() + high.first);
  QColor faint = ground.palette.color(QPalette::Text);
  faint.setAlphaF(0.72);
  painter->setFont(second_font(ground.font));
  painter->setPen(faint);
  painter->drawText(place, Qt::TextWordWrap, second);
  painter->restore();
}

QSize TwoLines::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const Heights high =
      heights(option.font, option.rect.width(), index.data().toString(), index.data(kSecondLine).toString());
  return {option.rect.width(), high.first + high.second + kMargin};
}

}  // namespace foramen::qt
