#include "viz/qt/open_window.h"

#include <QVTKOpenGLNativeWidget.h>

#include <QApplication>
#include <QSurfaceFormat>
#include <stdexcept>

#include "sim/base/error.h"
#include "viz/qt/main_window.h"

namespace foramen::qt {

void open_window(WindowRequest request) {
  QSurfaceFormat format = QVTKOpenGLNativeWidget::defaultFormat();
  format.setSamples(0);  // the passes of a refined picture cannot draw into samples
  QSurfaceFormat::setDefaultFormat(format);
  int count = 1;
  char name[] = "foramen-view";
  char* words[] = {name, nullptr};
  QApplication application(count, words);
  QApplication::setApplicationName("foramen-view");
  QApplication::setApplicationDisplayName("Foramen");
  MainWindow window(std::move(request));
  window.show();
  QApplication::exec();
  if (window.script_failed()) {
    throw InputError(InputProblem{.key = "--script", .message = "not every command could be carried out"});
  }
}

}  // namespace foramen::qt
