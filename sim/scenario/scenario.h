#pragma once

/// What the user wrote, checked, in SI units, with every default filled in. Field docs, units and ranges live in the
/// one field table (fields.cpp); these structs only hold the values.

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/names.h"
#include "sim/base/types.h"
#include "sim/scenario/muscle_activity.h"
#include "sim/scenario/posture_angles.h"

namespace foramen {

enum class Sex { Male, Female };
enum class HamstringLength { Short, Normal, Long };
enum class HerniationSide { Left, Right, Central };
enum class HerniationZone { Central, Paracentral, Foraminal, Extraforaminal };
enum class StenosisZone { Canal, Recess, Foramen };
enum class Support { Feet, Seat, Backrest, Bed, HandsAndKnees, Forearms, Floor };
enum class Orientation { Upright, Supine, Prone, LeftSide, RightSide };
enum class HandsOn { Nothing, Thighs, Desk, Shanks };
enum class Muscles { Relaxed, Active };
/// Whether somebody, or a bar, holds the feet of a lying person down.
enum class HeldFeet { Free, Held };
/// What an angle that turns round at a keyframe does there.
enum class Turn { Rest, Flow };
enum class LoadKind { Box, Bag, Point };
enum class Hands { Both, Left, Right };
/// How a load answers the hands: it follows them, or it is a rigid body that rests, is lifted and is set down.
enum class LoadBody { Carried, Rigid };
enum class LoadPlace { Hands, Back };
enum class LiftTechnique { Stoop, Squat, SemiSquat, Freestyle, Golfers, Lunge };
enum class Pace { Slow, Normal, Fast };
enum class LiftEnd { Hold, PutDown };
enum class CarryPlace { Front, Side, Back };
enum class PushDirection { Push, Pull };

struct DiscCondition {
  Level level = Level::L4L5;
  int pfirrmann = 1;       ///< grade I–V (Pfirrmann 2001)
  double height_loss = 0;  ///< fraction of the healthy height
};

struct Herniation {
  Level level = Level::L4L5;
  HerniationSide side = HerniationSide::Left;
  HerniationZone zone = HerniationZone::Paracentral;
  double protrusion = 0.005;  ///< height of the bump beyond the disc contour at standing [m]
  double width = 0.012;       ///< base width along the contour [m]
  double migration = 0;       ///< of the bump's summit from the mid-plane of the disc, positive down [m]
};

struct Stenosis {
  Level level = Level::L4L5;
  StenosisZone zone = StenosisZone::Canal;
  std::optional<Side> side;  ///< nothing = both
  double narrowing = 0;      ///< fraction taken from the zone's depth
};

struct FacetCondition {
  Level level = Level::L4L5;
  std::optional<Side> side;  ///< nothing = both
  double hypertrophy = 0;    ///< growth of the articular process towards canal and foramen [m]
  int arthrosis = 0;         ///< grade 0…3 (Weishaupt 1999)
  double tropism = 0;        ///< turn of the joint towards the coronal plane [rad]
};

struct FlavumCondition {
  Level level = Level::L4L5;
  double thickening = 0;  ///< added thickness [m]
};

struct Slip {
  Level level = Level::L4L5;
  double anterior = 0;  ///< forward slip of the upper vertebra at standing [m]
};

/// A broken arch (pars defect): the facets below it carry nothing.
struct Spondylolysis {
  Level level = Level::L5S1;  ///< whose upper vertebra's arch is broken
  std::optional<Side> side;   ///< nothing = both
};

enum class OsteophytePlace { Posterior, Foraminal };

/// A bony spur on the rim of a vertebral body.
struct Osteophyte {
  Level level = Level::L4L5;
  std::optional<Side> side;  ///< nothing = both
  OsteophytePlace where = OsteophytePlace::Foraminal;
  double size = 0;  ///< height beyond the healthy rim [m]
};

enum class RootKind { Conjoined, Tethered };

/// A root that is not as usual.
struct RootCondition {
  Root root = Root::L5;
  std::optional<Side> side;  ///< nothing = both
  RootKind kind = RootKind::Conjoined;
  std::optional<Level> level;  ///< disc a tethered root sticks to; nothing = the one it crosses
};

/// A thick or tight piriformis muscle over the sciatic nerve.
struct PiriformisCondition {
  std::optional<Side> side;  ///< nothing = both
  double thickening = 0;     ///< [m]
};

/// What was measured of a level (on an MRI, say) and replaces the scaled tables. By Side where two.
struct MeasuredLevel {
  std::optional<double> disc_height, disc_height_posterior;  ///< mean of front and back, and at the back [m]
  std::optional<double> canal_depth;                         ///< disc to flavum in the midline [m]
  std::optional<double> flavum;                              ///< thickness [m]
  std::optional<double> disc_area;                           ///< mid-height section of the disc [m²]
  std::array<std::optional<double>, 2> recess_depth, foramen_height, foramen_width;  ///< [m]
};

enum class SurgeryKind { Discectomy, Laminectomy, Fusion };

/// An operation changes the structure of a level.
struct Surgery {
  Level level = Level::L4L5;
  SurgeryKind kind = SurgeryKind::Discectomy;
};

/// Factors on quantities of the model that measurements only bound; 1 is the tabulated value. Ensembles and sensitivity
/// studies vary them (data/uncertainty.csv).
struct ParameterFactors {
  double muscle_stress = 1;       ///< largest active stress
  double disc_stiffness = 1;      ///< annulus: matrix and fibres
  double ligament_stiffness = 1;  ///< all ligaments
  double facet_stiffness = 1;     ///< contact of the facet joints
  double root_stiffness = 1;      ///< axial stiffness EA of roots and tracts
  double root_diameter = 1;       ///< of roots and ganglia
  double canal_size = 1;          ///< depth of the canal and of the recesses
};

struct SubjectDescription {
  Sex sex = Sex::Male;
  double age_years = 40;
  double stature = 1.75;  ///< [m]
  double mass = 75;       ///< [kg]
  double strength = 1;    ///< factor on muscle strength
  HamstringLength hamstrings = HamstringLength::Normal;
  std::vector<DiscCondition> discs;
  std::vector<Herniation> herniations;
  std::vector<Stenosis> stenoses;
  std::vector<FacetCondition> facets;
  std::vector<FlavumCondition> flava;
  std::vector<Slip> slips;
  std::vector<Spondylolysis> pars_defects;
  std::vector<Surgery> surgeries;
  ParameterFactors parameters;
  std::vector<Osteophyte> osteophytes;
  std::vector<RootCondition> root_conditions;
  std::vector<PiriformisCondition> piriformis;
  std::array<MeasuredLevel, kLevelCount> measured;  ///< by Level
};

struct Keyframe {
  double time = 0;                                                  ///< [s]
  std::string posture;                                              ///< a name of data/postures
  std::array<std::optional<double>, kPostureAngleCount> overrides;  ///< [rad]
  std::optional<double> trunk_inclination;  ///< of the thorax from standing; split by the lumbopelvic rhythm [rad]
  double abdominal_pressure = 0;            ///< least, held at will (Valsalva, bracing) [Pa]
  StatedActivity activity;                  ///< measured; nothing: the posture's
  Turn turn = Turn::Rest;
  std::string file;  ///< where the posture's name stands, for messages; not part of the scenario
  int line = 0, column = 0;
};

struct MotionDescription {
  // What carries the body, and how; what is left open comes from the first keyframe's posture.
  std::optional<Support> support;
  std::optional<double> backrest;         ///< angle between seat and backrest [rad]
  std::optional<double> backrest_height;  ///< of its upper edge over the seat; nothing: above the head [m]
  std::optional<double> friction;         ///< coefficient at every place that carries
  std::optional<HandsOn> hands_on;
  std::optional<Muscles> muscles;  ///< relaxed: joints give way, somebody holds a leg that leaves the bed
  std::optional<HeldFeet> held_feet;
  std::vector<Keyframe> keyframes;     ///< times increase strictly; at least one, unless a file or a task gives them
  std::optional<std::string> file;     ///< measured joint angles (.mot, .sto, .csv), resolved against the scenario
  std::optional<std::string> mapping;  ///< its column names as posture angles, resolved; nothing = the built-in table
  double smoothing = 0;                ///< measurement noise the smoothing spline may take out [rad]
};

/// What the discs went through before the first keyframe.
struct HistoryItem {
  std::string posture;  ///< a name of data/postures
  double duration = 0;  ///< [s]
  std::optional<Support> support;
  double load = 0;   ///< mass in both hands [kg]
  std::string file;  ///< where it stands, for messages; not part of the scenario
  int line = 0, column = 0;
};

struct HandLoad {
  LoadKind kind = LoadKind::Box;
  double mass = 0;  ///< [kg]
  Hands hands = Hands::Both;
  double from = 0;            ///< the hands start to take it over [s]
  double to = 0;              ///< the hands have given it back [s]
  double grip = 0.25;         ///< time over which mass is taken over, and released [s]
  std::optional<Vec3> at;     ///< where the hands reach [m], floor frame; nothing = where the posture puts them
  std::optional<Vec3> force;  ///< what else acts on the hands, beside weight and inertia [N], floor frame
  LoadPlace on = LoadPlace::Hands;
  LoadBody object = LoadBody::Carried;
};

/// Where a task stands in its file, for messages; not part of the scenario.
struct TaskPlace {
  std::string file;
  int line = 0, column = 0;
};

/// A lift in a therapist's words. It expands to keyframes and a load (sim/motion/tasks.h).
struct LiftTask {
  LiftTechnique technique = LiftTechnique::Freestyle;
  double mass = 0;   ///< of the whole load [kg]
  double share = 1;  ///< fraction of it this person carries
  LoadKind kind = LoadKind::Box;
  Hands hands = Hands::Both;
  double from_height = 0.2, to_height = 0.75;  ///< of the grips over the floor [m]
  double reach = 0.4;                          ///< grips in front of the ankles at the start [m]
  std::optional<double> to_reach;              ///< and at the end [m]; nothing = the same
  double asymmetry = 0, to_asymmetry = 0;      ///< turn to the right of the load's place, start and end [rad]
  Pace pace = Pace::Normal;
  std::optional<double> duration;  ///< of the lift itself [s]; nothing = from the pace
  LiftEnd then = LiftEnd::Hold;
  LoadBody object = LoadBody::Carried;
  TaskPlace place;
};

/// Standing with a load that is carried.
struct CarryTask {
  CarryPlace where = CarryPlace::Front;
  double mass = 0;  ///< [kg]
  Hands hands = Hands::Both;
  TaskPlace place;
};

/// Standing and pushing or pulling at a handle.
struct PushTask {
  PushDirection direction = PushDirection::Push;
  double force = 0;     ///< horizontal, on the handle [N]
  double height = 1.0;  ///< of the handle over the floor [m]
  double reach = 0.5;   ///< of the handle in front of the ankles [m]
  Hands hands = Hands::Both;
  TaskPlace place;
};

struct TaskDescription {
  double per_minute = 1;
  double hours = 1;
  std::string coupling = "fair";  ///< good | fair | poor
};

struct SolverOptions {
  double rate_hz = 50;
  /// Share of lumbar flexion taken by T12–L1 … L5–S1, percent; normalised over L1–S1 inside.
  std::array<double, 6> lumbar_shares{8, 13, 16, 23, 26, 14};
  double recruitment_power = 3;  ///< of the activations in the muscles' cost
  double antagonist_floor = 0;   ///< least activation of every muscle, 0…1
};

/// What a dissection can take from a motion segment.
enum class PassiveStructure { ALL, PLL, LF, CL, ISL, SSL, ITL, Facets, Nucleus };
inline constexpr std::array<std::string_view, 9> kPassiveStructureNames{"ALL", "PLL", "LF",     "CL",     "ISL",
                                                                        "SSL", "ITL", "facets", "nucleus"};

/// A laboratory test of the passive spine instead of a motion.
struct BenchDescription {
  Level top = Level::L1L2, bottom = Level::L4L5;  ///< specimen
  double moment = 7.5;                            ///< largest pure moment [N·m]
  double compression = 2000;                      ///< largest, without tilting [N]
  double shear = 300;                             ///< largest, anterior [N]
  double follower = 0;                            ///< load along the spine while moments and shear act [N]
  int steps = 10;
  std::vector<PassiveStructure> removals;  ///< one after the other; the tests are repeated after each
};

struct Expectation {
  std::string quantity;  ///< dotted path into the summary
  double value = 0;
  std::optional<double> within = {};  ///< fraction of |value|
  std::optional<double> min = {}, max = {};
};

struct Scenario {
  int schema = 1;
  std::string title;
  std::string text;
  SubjectDescription subject;
  std::vector<HistoryItem> history;
  MotionDescription motion;
  std::vector<HandLoad> loads;
  std::optional<LiftTask> lift;
  std::optional<CarryTask> carry;
  std::optional<PushTask> push;
  std::optional<TaskDescription> task;
  std::optional<BenchDescription> bench;
  SolverOptions solver;
  std::vector<Expectation> expect;
};

/// A key that is set over a file's own: by `--set KEY=VALUE`, or by a study's factor.
struct Override {
  std::string key;             ///< dotted path without quotes
  std::string value;           ///< TOML value; a bare word is a text
  std::string from = "--set";  ///< where it was said, for messages
  int line = 0, column = 0;
};

/// Reads, checks and fills in defaults. Throws InputError with every problem of the file.
[[nodiscard]] Scenario read_scenario(const std::filesystem::path& file, const std::vector<Override>& overrides = {});

/// The same from text; `name` stands for the file in messages.
[[nodiscard]] Scenario parse_scenario(const std::string& text, const std::string& name,
                                      const std::vector<Override>& overrides = {});

/// The scenario as a file, every default written out. parse_scenario(write_scenario(s)) equals s bit for bit.
[[nodiscard]] std::string write_scenario(const Scenario& scenario);

}  // namespace foramen
