#pragma once

/// A table's cell with a small second line below its words.

#include <QStyledItemDelegate>

namespace foramen::qt {

class TwoLines : public QStyledItemDelegate {
 public:
  /// Of the item's data that hold the second line.
  static constexpr int kSecondLine = Qt::UserRole;

  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace foramen::qt
