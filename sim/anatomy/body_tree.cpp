/// The segments of the body and the joints between them, standing.

#include "sim/anatomy/builder.h"

namespace foramen::build {
namespace {

Segment& segment_of(Build& b, Body body) {
  return b.subject.segments[static_cast<std::size_t>(index(body))];
}

/// Mass and inertia of a segment about its centre of mass, in axes turned by R from those of the body.
void weigh(Build& b, Segment& s, std::string_view item, const Mat3& R = Mat3::Identity()) {
  const std::string row = b.by_sex(item);
  const FactTable& t = b.tables.segments;
  s.mass = b.person().mass * t.at(row, "mass");
  const Vec3 k = b.person().stature * t.vector(row, "gyration");
  s.inertia_B = R * Mat3((s.mass * k.cwiseProduct(k)).asDiagonal()) * R.transpose();
}

void add_points(Build& b, std::vector<Vec3>& points, std::string_view item, const std::string& kind, bool both_sides,
                double side) {
  const FactTable& t = b.tables.segments;
  for (int i = 1; t.has(item, kind + std::to_string(i) + "_x"); ++i) {
    const Vec3 p = b.person().stature * t.vector(item, kind + std::to_string(i));
    if (both_sides) points.push_back(mirrored(p));
    points.push_back(side < 0 ? mirrored(p) : p);
  }
}

void add_skin(Build& b, Segment& s, std::string_view item, bool both_sides, double side) {
  add_points(b, s.bed_contacts_B, item, "bed", both_sides, side);
  add_points(b, s.skin_B, item, "skin", both_sides, side);
}

Vec3 hip_right(const Build& b) {
  return b.subject.levels.back().X_LD.p + b.person().stature * b.tables.segments.vector("thigh", "joint");
}

void place_pelvis(Build& b) {
  Segment& pelvis = segment_of(b, Body::Pelvis);
  const std::string row = b.by_sex("pelvis");
  weigh(b, pelvis, "pelvis");
  const Vec3 hip = hip_right(b);
  pelvis.com_B = Vec3(hip.x(), hip.y(), 0) +
                 b.person().stature * Vec3(b.tables.segments.at(row, "com_x"), b.tables.segments.at(row, "com_y"), 0);
  add_skin(b, pelvis, "pelvis", true, 1);
}

void place_lumbar(Build& b) {
  for (const Level level : {Level::L5S1, Level::L4L5, Level::L3L4, Level::L2L3, Level::L1L2}) {
    const Vertebra v = upper_vertebra(level);
    Segment& s = segment_of(b, body_of(v));
    const MotionSegment& joint = b.subject.levels[static_cast<std::size_t>(index(level))];
    s.parent = body_of(lower_vertebra(level));
    s.X_PJ = joint.X_LD;
    s.X_BJ = joint.X_UD;
    const Pose X = disc_to_disc(b.subject, b.tables, v, &s.length);
    weigh(b, s, name(v), X.R);
    const std::string row = b.by_sex(name(v));
    s.com_B =
        X * Vec3(b.person().stature * Vec3(b.tables.segments.at(row, "com_x"), b.tables.segments.at(row, "com_y"), 0));
    add_skin(b, s, name(v), true, 1);
  }
}

/// A limb segment that hangs from `offset` in its parent; both with the axes of standing.
void hang(Build& b, Body body, Body parent, std::string_view item, const Vec3& offset, double side) {
  Segment& s = segment_of(b, body);
  s.parent = parent;
  s.X_PJ.p = side < 0 ? mirrored(offset) : offset;
  weigh(b, s, item);
  add_skin(b, s, item, false, side);
}

void place_trunk_and_head(Build& b) {
  const FactTable& t = b.tables.segments;
  const double H = b.person().stature;
  double height = 0;
  const Pose X = disc_to_disc(b.subject, b.tables, Vertebra::L1, &height);
  Segment& thorax = segment_of(b, Body::Thorax);
  thorax.parent = Body::L1;
  thorax.X_PJ.p = X * Vec3(0, height, 0);
  // The joint has the axes of L1; the thorax those of the world in standing.
  Mat3 R = Mat3::Identity();
  for (const Body body : {Body::L5, Body::L4, Body::L3, Body::L2, Body::L1}) {
    const Segment& s = segment_of(b, body);
    R = R * s.X_PJ.R * s.X_BJ.R.transpose();
  }
  thorax.X_BJ.R = R;
  weigh(b, thorax, "thorax");
  const std::string row = b.by_sex("thorax");
  thorax.com_B = H * Vec3(t.at(row, "com_x"), t.at(row, "com_y"), 0);
  add_skin(b, thorax, "thorax", true, 1);
  const Vec3 neck = H * Vec3(t.at("head", "joint_x"), t.at("head", "joint_y"), 0);
  thorax.length = neck.norm();
  hang(b, Body::Head, Body::Thorax, "head", neck, 1);
  Segment& head = segment_of(b, Body::Head);
  head.com_B = H * Vec3(t.at(b.by_sex("head"), "com_x"), t.at(b.by_sex("head"), "com_y"), 0);
  head.bed_contacts_B.push_back(mirrored(head.bed_contacts_B.front()));
  for (std::size_t i = 0, n = head.skin_B.size(); i < n; ++i) head.skin_B.push_back(mirrored(head.skin_B[i]));
}

void place_arm(Build& b, Side side) {
  const FactTable& t = b.tables.segments;
  const double H = b.person().stature, sign = side_sign(side);
  Vec3 offset = H * t.vector("upper_arm", "joint");
  Body parent = Body::Thorax;
  constexpr std::array<std::pair<Body, const char*>, 3> kArm{
      {{Body::UpperArmLeft, "upper_arm"}, {Body::ForearmLeft, "forearm"}, {Body::HandLeft, "hand"}}};
  for (const auto& [left, item] : kArm) {
    const Body body = on_side(left, side);
    hang(b, body, parent, item, offset, sign);
    Segment& s = segment_of(b, body);
    s.length = H * t.at(b.by_sex(item), "length");
    s.com_B = Vec3(0, -s.length * t.at(b.by_sex(item), "com"), 0);
    offset = Vec3(0, -s.length, 0);
    parent = body;
  }
}

void place_leg(Build& b, Side side) {
  const FactTable& t = b.tables.segments;
  const double H = b.person().stature, sign = side_sign(side);
  const Body thigh = on_side(Body::ThighLeft, side), shank = on_side(Body::ShankLeft, side),
             foot = on_side(Body::FootLeft, side);
  const Vec3 knee = H * Vec3(t.at("shank", "joint_x"), -t.at(b.by_sex("thigh"), "length"), 0);
  const Vec3 ankle = H * Vec3(t.at("foot", "joint_x"), -t.at(b.by_sex("shank"), "length"), 0);
  hang(b, thigh, Body::Pelvis, "thigh", hip_right(b), sign);
  hang(b, shank, thigh, "shank", knee, sign);
  hang(b, foot, shank, "foot", ankle, sign);
  segment_of(b, thigh).length = knee.norm();
  segment_of(b, thigh).com_B = knee * t.at(b.by_sex("thigh"), "com");
  segment_of(b, shank).length = ankle.norm();
  segment_of(b, shank).com_B = ankle * t.at(b.by_sex("shank"), "com");
  Segment& s = segment_of(b, foot);
  const std::string row = b.by_sex("foot");
  s.length = H * t.at(row, "length");
  s.com_B = H * Vec3(t.at(row, "com_x"), t.at(row, "com_y"), 0);
  const double heel = H * t.at(row, "heel_x"), floor = -H * t.at("foot", "ankle_height");
  constexpr double kBallOfFoot = 0.72;  // of the foot's length from the heel (first metatarsal head; estimate)
  s.sole_B = {Vec3(heel, floor, 0), Vec3(heel + kBallOfFoot * s.length, floor, 0), Vec3(heel + s.length, floor, 0)};
}

/// The published fractions are rounded: their sum differs from 1 in the fourth digit.
void fit_total_mass(Build& b) {
  double sum = 0;
  for (const Segment& s : b.subject.segments) sum += s.mass;
  for (Segment& s : b.subject.segments) {
    s.mass *= b.person().mass / sum;
    s.inertia_B *= b.person().mass / sum;
  }
}

}  // namespace

void place_bodies(Build& b) {
  place_pelvis(b);
  place_lumbar(b);
  place_trunk_and_head(b);
  for (const Side side : kSides) {
    place_arm(b, side);
    place_leg(b, side);
  }
  fit_total_mass(b);
}

}  // namespace foramen::build
