#include "sim/run/result_file.h"

#include <fmt/format.h>
#include <hdf5.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <mutex>
#include <stdexcept>

#include "sim/base/units.h"
#include "sim/run/digest.h"
#include "sim/run/quantities.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

constexpr int kFileSchema = 1;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

/// The serial HDF5 library is not made for threads.
std::mutex library_mutex;

/// An HDF5 identifier that closes itself. Throws std::runtime_error for one that is none.
class Handle {
 public:
  Handle(hid_t id, herr_t (*close)(hid_t), const char* what) : id_(id), close_(close) {
    if (id < 0) throw std::runtime_error(fmt::format("HDF5: {} failed (is the disk full?)", what));
  }
  Handle(Handle&& other) noexcept : id_(other.id_), close_(other.close_) { other.close_ = nullptr; }
  ~Handle() {
    if (close_) close_(id_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  operator hid_t() const { return id_; }  // NOLINT: identifiers are passed to the C interface everywhere

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

void require(herr_t code, const char* what) {
  if (code < 0) throw std::runtime_error(fmt::format("HDF5: {} failed (is the disk full?)", what));
}

/// No times in the file: the same run gives the same bytes.
Handle timeless(hid_t list_class) {
  Handle list(H5Pcreate(list_class), H5Pclose, "property list");
  require(H5Pset_obj_track_times(list, false), "property list");
  return list;
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "text type");
  require(H5Tset_size(type, H5T_VARIABLE), "text type");
  require(H5Tset_cset(type, H5T_CSET_UTF8), "text type");
  return type;
}

void set_attribute(hid_t object, const char* name, const std::string& text) {
  const Handle type = text_type(), space(H5Screate(H5S_SCALAR), H5Sclose, "attribute");
  const Handle attribute(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, "attribute");
  const char* bytes = text.c_str();
  require(H5Awrite(attribute, type, static_cast<const void*>(&bytes)), "attribute");
}

void set_attribute(hid_t object, const char* name, const std::vector<std::string>& texts) {
  const Handle type = text_type();
  const hsize_t size = texts.size();
  const Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose, "attribute");
  const Handle attribute(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, "attribute");
  std::vector<const char*> bytes;
  for (const std::string& text : texts) bytes.push_back(text.c_str());
  require(H5Awrite(attribute, type, static_cast<const void*>(bytes.data())), "attribute");
}

Handle make_group(hid_t parent, const char* name) {
  const Handle times = timeless(H5P_GROUP_CREATE);
  return {H5Gcreate2(parent, name, H5P_DEFAULT, times, H5P_DEFAULT), H5Gclose, "group"};
}

struct About {
  std::string unit, description, dimensions;
};

void write_array(hid_t parent, const char* name, const std::vector<hsize_t>& shape, hid_t stored, hid_t in_memory,
                 const void* data, const About& about) {
  const Handle space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose, "array");
  const Handle times = timeless(H5P_DATASET_CREATE);
  const Handle array(H5Dcreate2(parent, name, stored, space, H5P_DEFAULT, times, H5P_DEFAULT), H5Dclose, "array");
  require(H5Dwrite(array, in_memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), "array");
  if (!about.unit.empty()) set_attribute(array, "unit", about.unit);
  set_attribute(array, "description", about.description);
  set_attribute(array, "dimensions", about.dimensions);
}

void write_numbers(hid_t parent, const char* name, const std::vector<hsize_t>& shape, const std::vector<double>& data,
                   const About& about) {
  write_array(parent, name, shape, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, data.data(), about);
}

void write_texts(hid_t parent, const char* name, const std::vector<std::string>& texts, const About& about) {
  std::vector<const char*> bytes;
  for (const std::string& text : texts) bytes.push_back(text.c_str());
  const Handle type = text_type();
  write_array(parent, name, {texts.size()}, type, type, static_cast<const void*>(bytes.data()), about);
}

template <class Names>
std::vector<std::string> texts_of(const Names& names) {
  return {names.begin(), names.end()};
}

/// Gathers a number per frame (or several), NaN where the frame did not converge.
class Gather {
 public:
  explicit Gather(const Result& result) : result_(result) {}
  template <class Read>
  [[nodiscard]] std::vector<double> operator()(Read read) const {
    std::vector<double> out;
    for (const Frame& frame : result_.frames) {
      read(frame, [&](double value) { out.push_back(frame.converged() ? value : kNothing); });
    }
    return out;
  }

 private:
  const Result& result_;
};

/// Three arrays beside a quantity: what an ensemble made of it. `place` gives the quantity's place in a frame's values
/// for element 0 … count−1.
template <class Place>
void write_bands(hid_t group, const Quantity& q, const std::vector<hsize_t>& shape, const std::string& dimensions,
                 const Bands* bands, std::size_t count, Place place) {
  if (!bands) return;
  constexpr const double Band::* kParts[] = {&Band::p05, &Band::p50, &Band::p95};
  constexpr const char* kMeanings[] = {"5 % quantile", "Median", "95 % quantile"};
  for (std::size_t part = 0; part < 3; ++part) {
    std::vector<double> data;
    for (const std::vector<Band>& frame : bands->frames) {
      for (std::size_t i = 0; i < count; ++i) data.push_back(frame[place(i)].*kParts[part]);
    }
    write_numbers(group, (std::string(q.name) + kBandSuffixes[part]).c_str(), shape, data,
                  {std::string(q.unit), fmt::format("{} of the ensemble. {}", kMeanings[part], q.doc), dimensions});
  }
}

void write_about(hid_t file, const Result& result) {
  const std::string scenario = write_scenario(result.scenario);
  set_attribute(file, "program", std::string("foramen"));
  set_attribute(file, "version", std::string(FORAMEN_VERSION));
  set_attribute(file, "schema", std::to_string(kFileSchema));
  set_attribute(file, "title", result.scenario.title);
  set_attribute(file, "note", std::string("Results of a mechanical model, not a diagnosis."));
  set_attribute(file, "scenario", scenario);
  set_attribute(file, "scenario_digest", digest_of(scenario));
  set_attribute(file, "data_digest", result.data_digest);
}

void write_times(hid_t file, const Result& result) {
  const hsize_t frames = result.frames.size();
  std::vector<double> times;
  std::vector<std::int8_t> status;
  for (const Frame& frame : result.frames) {
    times.push_back(frame.time);
    status.push_back(!frame.converged() ? 2 : frame.spine.strength_suffices ? 0 : 1);
  }
  write_numbers(file, "time_s", {frames}, times, {"s", "Time of each frame.", "frame"});
  write_array(file, "status", {frames}, H5T_STD_I8LE, H5T_NATIVE_INT8, status.data(),
              {"", "0 ok, 1 needs more than the subject's strength, 2 did not converge: its numbers are NaN.", "frame"});
}

void write_levels(hid_t file, const Result& result, const Gather& gather, const Bands* bands) {
  const Handle group = make_group(file, "levels");
  set_attribute(group, "level", texts_of(level_names()));
  for (const LevelQuantity& q : level_quantities()) {
    const auto data = gather([&](const Frame& f, auto put) {
      for (const Level level : kLevels) put(q.value(f, level));
    });
    write_numbers(group, std::string(q.name).c_str(), {result.frames.size(), kLevelCount}, data,
                  {std::string(q.unit), std::string(q.doc), "frame, level"});
    const auto k = static_cast<std::size_t>(&q - level_quantities().data());
    write_bands(group, q, {result.frames.size(), kLevelCount}, "frame, level", bands, kLevelCount,
                [&](std::size_t i) { return level_place(kLevels[i]) + k; });
  }
}

void write_cables(hid_t group, const Result& result, const Gather& gather) {
  std::size_t nodes = result.frames.empty() ? 0 : result.frames.front().nerve.roots[0][0].nodes.size();
  for (const Frame& frame : result.frames) {
    for (const auto& sides : frame.nerve.roots) {
      for (const RootState& state : sides) nodes = std::min(nodes, state.nodes.size());
    }
  }
  if (nodes == 0) return;
  const auto each = [&](auto read) {
    return gather([&](const Frame& f, auto put) {
      for (const auto& sides : f.nerve.roots) {
        for (const RootState& state : sides) {
          for (std::size_t k = 0; k < nodes; ++k) read(state.nodes[k], put);
        }
      }
    });
  };
  const std::vector<hsize_t> shape{result.frames.size(), kRootCount, 2, nodes};
  std::vector<hsize_t> vectors = shape;
  vectors.push_back(3);
  const char* dimensions = "frame, root, side, node";
  write_numbers(group, "node_position_m", vectors, each([](const RootNode& n, auto put) {
                  for (const double v : n.position_W) put(v);
                }),
                {"m", "Nodes of the root's cable from the dural end, in the floor frame (forward, up, right).",
                 "frame, root, side, node, axis"});
  write_numbers(group, "node_pressure_mmHg", shape,
                each([](const RootNode& n, auto put) { put(n.pressure / units::mmHg); }),
                {"mmHg", "Contact pressure at each node.", dimensions});
  write_numbers(group, "node_tension_N", shape, each([](const RootNode& n, auto put) { put(n.tension); }),
                {"N", "Tension at each node.", dimensions});
}

void write_roots(hid_t file, const Result& result, const Gather& gather, const Bands* bands) {
  const Handle group = make_group(file, "roots");
  set_attribute(group, "root", texts_of(root_names()));
  set_attribute(group, "side", texts_of(side_names()));
  for (const RootQuantity& q : root_quantities()) {
    const auto data = gather([&](const Frame& f, auto put) {
      for (const Root root : kRoots) {
        for (const Side side : kSides) put(q.value(f, root, side));
      }
    });
    write_numbers(group, std::string(q.name).c_str(), {result.frames.size(), kRootCount, 2}, data,
                  {std::string(q.unit), std::string(q.doc), "frame, root, side"});
    const auto k = static_cast<std::size_t>(&q - root_quantities().data());
    write_bands(group, q, {result.frames.size(), kRootCount, 2}, "frame, root, side", bands, 2 * kRootCount,
                [&](std::size_t i) { return root_place(kRoots[i / 2], kSides[i % 2]) + k; });
  }
  write_cables(group, result, gather);
}

void write_body(hid_t file, const Result& result, const Gather& gather, const Bands* bands) {
  const Handle group = make_group(file, "body");
  for (const BodyQuantity& q : body_quantities()) {
    write_numbers(group, std::string(q.name).c_str(), {result.frames.size()},
                  gather([&](const Frame& f, auto put) { put(q.value(f)); }),
                  {std::string(q.unit), std::string(q.doc), "frame"});
    const auto k = static_cast<std::size_t>(&q - body_quantities().data());
    write_bands(group, q, {result.frames.size()}, "frame", bands, 1, [&](std::size_t) { return body_place() + k; });
  }
}

void write_muscles(hid_t file, const Result& result, const Gather& gather) {
  const Handle group = make_group(file, "muscles");
  std::vector<std::string> names, groups, sides;
  for (const MuscleFascicle& muscle : result.subject->muscles) {
    names.push_back(muscle.name);
    groups.push_back(muscle.group);
    sides.emplace_back(name(muscle.side));
  }
  write_texts(group, "name", names, {"", "Name of each fascicle.", "fascicle"});
  write_texts(group, "group", groups, {"", "Muscle that each fascicle belongs to.", "fascicle"});
  write_texts(group, "side", sides, {"", "Side of each fascicle.", "fascicle"});
  const auto all = [&](const std::vector<double> SpineState::* member) {
    return gather([&](const Frame& f, auto put) {
      for (std::size_t i = 0; i < names.size(); ++i) put((f.spine.*member).size() > i ? (f.spine.*member)[i] : kNothing);
    });
  };
  const std::vector<hsize_t> shape{result.frames.size(), names.size()};
  write_numbers(group, "activation", shape, all(&SpineState::activation), {"1", "Activation, 0 to 1.", "frame, fascicle"});
  write_numbers(group, "force_N", shape, all(&SpineState::muscle_force),
                {"N", "Active and passive force.", "frame, fascicle"});
}

void write_motion(hid_t file, const Result& result, const Gather& gather) {
  const hsize_t frames = result.frames.size();
  const Handle posture = make_group(file, "posture");
  set_attribute(posture, "angle", texts_of(posture_angle_names()));
  write_numbers(posture, "angle_deg", {frames, static_cast<hsize_t>(kPostureAngleCount)},
                gather([](const Frame& f, auto put) {
                  for (const double angle : f.instant.angles) put(angle / units::deg);
                }),
                {"°", "Posture angles, named in the group's attribute.", "frame, angle"});
  const Handle net = make_group(file, "net");
  set_attribute(net, "level", texts_of(level_names()));
  const auto loads = [&](const Vec3 Wrench::* part) {
    return gather([&](const Frame& f, auto put) {
      for (const Wrench& wrench : f.net) {
        for (const double v : wrench.*part) put(v);
      }
    });
  };
  write_numbers(net, "force_N", {frames, kLevelCount, 3}, loads(&Wrench::force),
                {"N", "Force the level must carry, without muscles.", "frame, level, axis"});
  write_numbers(net, "moment_Nm", {frames, kLevelCount, 3}, loads(&Wrench::moment),
                {"N·m", "Moment about the disc centre the level must carry, without muscles.", "frame, level, axis"});
  const Handle bones = make_group(file, "bones");
  set_attribute(bones, "vertebra", std::vector<std::string>{"L1", "L2", "L3", "L4", "L5", "S1"});
  const auto bone = [&](const Frame& f, Vertebra v) { return vertebra_pose(*result.subject, f.spine.poses, v); };
  write_numbers(bones, "position_m", {frames, kVertebraCount, 3}, gather([&](const Frame& f, auto put) {
                  for (const Vertebra v : kVertebrae) {
                    for (const double x : bone(f, v).p) put(x);
                  }
                }),
                {"m", "Centre of each vertebra in the floor frame (forward, up, right).", "frame, vertebra, axis"});
  write_numbers(bones, "rotation", {frames, kVertebraCount, 3, 3}, gather([&](const Frame& f, auto put) {
                  for (const Vertebra v : kVertebrae) {
                    const Mat3 R = bone(f, v).R;
                    for (int i = 0; i < 3; ++i) {
                      for (int j = 0; j < 3; ++j) put(R(i, j));
                    }
                  }
                }),
                {"1", "Rotation matrix of each vertebra: floor frame from vertebra frame.",
                 "frame, vertebra, row, column"});
}

Handle create_file(const fs::path& file) {
  const Handle times = timeless(H5P_FILE_CREATE);
  return {H5Fcreate(file.c_str(), H5F_ACC_TRUNC, times, H5P_DEFAULT), H5Fclose, "creating the file"};
}

fs::path partial_of(const fs::path& file) {
  fs::path partial = file;
  return partial.replace_filename("." + file.filename().string() + ".partial");
}

}  // namespace

void write_result_file(const Result& result, const fs::path& file, const Bands* bands) {
  const std::scoped_lock lock(library_mutex);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  const fs::path partial = partial_of(file);
  try {
    const Handle h5 = create_file(partial);
    const Gather gather(result);
    write_about(h5, result);
    write_times(h5, result);
    write_levels(h5, result, gather, bands);
    write_roots(h5, result, gather, bands);
    write_body(h5, result, gather, bands);
    write_muscles(h5, result, gather);
    write_motion(h5, result, gather);
    require(H5Fflush(h5, H5F_SCOPE_GLOBAL), "writing");
  } catch (const std::exception& error) {
    std::error_code ignored;
    fs::remove(partial, ignored);
    throw std::runtime_error(fmt::format("{}: {}", file.string(), error.what()));
  }
  fs::rename(partial, file);
}

void join_result_files(const std::vector<std::pair<std::string, fs::path>>& groups, const fs::path& target) {
  const std::scoped_lock lock(library_mutex);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  const fs::path partial = partial_of(target);
  try {
    if (fs::exists(target)) fs::copy_file(target, partial, fs::copy_options::overwrite_existing);
    const Handle h5 = fs::exists(target) ? Handle(H5Fopen(partial.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "opening")
                                         : create_file(partial);
    for (const auto& [name, file] : groups) {
      if (H5Lexists(h5, name.c_str(), H5P_DEFAULT) > 0) continue;
      const Handle source(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "opening a part");
      // A part is a whole result file; in a joined file the run's group carries the same things.
      const char* from = H5Lexists(source, name.c_str(), H5P_DEFAULT) > 0 ? name.c_str() : "/";
      require(H5Ocopy(source, from, h5, name.c_str(), H5P_DEFAULT, H5P_DEFAULT), "copying a part");
    }
    require(H5Fflush(h5, H5F_SCOPE_GLOBAL), "writing");
  } catch (const std::exception& error) {
    std::error_code ignored;
    fs::remove(partial, ignored);
    throw std::runtime_error(fmt::format("{}: {}", target.string(), error.what()));
  }
  fs::rename(partial, target);
}

std::vector<std::string> groups_of(const fs::path& file) {
  const std::scoped_lock lock(library_mutex);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  const Handle h5(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "opening");
  std::vector<std::string> names;
  const auto note = [](hid_t, const char* name, const H5L_info_t*, void* into) -> herr_t {
    static_cast<std::vector<std::string>*>(into)->emplace_back(name);
    return 0;
  };
  require(H5Literate(h5, H5_INDEX_NAME, H5_ITER_INC, nullptr, note, &names), "listing");
  return names;
}

}  // namespace foramen
