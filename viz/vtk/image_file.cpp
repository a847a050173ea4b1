#include "viz/vtk/image_file.h"

#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPNGWriter.h>
#include <vtkUnsignedCharArray.h>

#include <fstream>
#include <stdexcept>
#include <system_error>

namespace foramen::vtk {

void write_png(vtkImageData* image, const std::filesystem::path& file) {
  vtkNew<vtkPNGWriter> writer;
  writer->SetInputData(image);
  writer->WriteToMemoryOn();
  writer->Write();
  const vtkUnsignedCharArray* const_bytes = writer->GetResult();
  auto* bytes = const_cast<vtkUnsignedCharArray*>(const_bytes);
  std::filesystem::path part = file;
  part += ".part";
  std::ofstream stream(part, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(bytes->GetPointer(0)), bytes->GetNumberOfTuples());
  stream.close();
  std::error_code failed;
  if (stream) std::filesystem::rename(part, file, failed);
  if (!stream || failed) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw std::runtime_error("cannot write the picture " + file.string());
  }
}

}  // namespace foramen::vtk
