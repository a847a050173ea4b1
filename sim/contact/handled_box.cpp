#include "sim/contact/handled_box.h"

#include <btBulletDynamicsCommon.h>
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <stdexcept>

namespace foramen {

static_assert(sizeof(btScalar) == 8, "Bullet must be the double precision build (pkg-config bullet-float64)");

namespace {

constexpr double kGripDamping = 0.7;     ///< of critical, for the box's mass
constexpr double kLevelStiffness = 200;  ///< of both hands against tilting [N·m/rad]; estimate
constexpr double kFriction = 0.5;        ///< cardboard or plastic on wood; estimate
constexpr double kMargin = 0.001;        ///< rounding of Bullet's edges [m]
constexpr double kClear = 0.01;          ///< a shelf is left behind once the box is this far above it [m]
constexpr double kShelfHalf = 0.4, kShelfThickness = 0.01;  ///< [m]

btVector3 bullet(const Vec3& v) {
  return {v.x(), v.y(), v.z()};
}
Vec3 eigen(const btVector3& v) {
  return {v.x(), v.y(), v.z()};
}

/// Floor, shelves and the box.
class BoxWorld {
 public:
  explicit BoxWorld(const BoxHandling& handling)
      : dispatcher_(&configuration_),
        world_(&dispatcher_, &broadphase_, &solver_, &configuration_),
        box_shape_(bullet(handling.half_size)),
        shelf_shape_({kShelfHalf, kShelfThickness, kShelfHalf}),
        floor_shape_({0, 1, 0}, 0) {
    world_.setGravity({0, -kGravity, 0});
    box_shape_.setMargin(kMargin);
    shelf_shape_.setMargin(kMargin);
    btVector3 inertia;
    box_shape_.calculateLocalInertia(handling.mass, inertia);
    inertia_ = eigen(inertia);
    box_ = make(handling.mass, box_shape_, handling.centre, inertia);
    box_->setActivationState(DISABLE_DEACTIVATION);
    floor_ = make(0, floor_shape_, Vec3::Zero(), {0, 0, 0});
    world_.addRigidBody(floor_.get());
    world_.addRigidBody(box_.get());
  }
  ~BoxWorld() {
    remove_shelf();
    world_.removeRigidBody(box_.get());
    world_.removeRigidBody(floor_.get());
  }
  BoxWorld(const BoxWorld&) = delete;
  BoxWorld& operator=(const BoxWorld&) = delete;

  void put_shelf_under(const Vec3& bottom) {
    remove_shelf();
    shelf_ = make(0, shelf_shape_, bottom - Vec3(0, kShelfThickness, 0), {0, 0, 0});
    world_.addRigidBody(shelf_.get());
  }
  void remove_shelf() {
    if (shelf_) world_.removeRigidBody(shelf_.get());
    shelf_.reset();
  }
  [[nodiscard]] bool has_shelf() const { return shelf_ != nullptr; }

  void step() { world_.stepSimulation(kBoxStep, 0); }
  [[nodiscard]] btRigidBody& box() { return *box_; }
  [[nodiscard]] Vec3 centre() const { return eigen(box_->getCenterOfMassPosition()); }
  [[nodiscard]] double largest_inertia() const { return inertia_.maxCoeff(); }

 private:
  static std::unique_ptr<btRigidBody> make(double mass, btCollisionShape& shape, const Vec3& place,
                                           const btVector3& inertia) {
    btRigidBody::btRigidBodyConstructionInfo info(mass, nullptr, &shape, inertia);
    info.m_startWorldTransform.setIdentity();
    info.m_startWorldTransform.setOrigin(bullet(place));
    info.m_friction = kFriction;
    info.m_restitution = 0;
    return std::make_unique<btRigidBody>(info);
  }

  btDefaultCollisionConfiguration configuration_;
  btCollisionDispatcher dispatcher_;
  btDbvtBroadphase broadphase_;
  btSequentialImpulseConstraintSolver solver_;
  btDiscreteDynamicsWorld world_;
  btBoxShape box_shape_, shelf_shape_;
  btStaticPlaneShape floor_shape_;
  Vec3 inertia_ = Vec3::Zero();
  std::unique_ptr<btRigidBody> box_, floor_, shelf_;
};

/// Applies the grips to the box and returns what the hands feel.
void grip(BoxWorld& world, const BoxHandling& handling, const MovingGrips& grips, BoxTrack& track) {
  btRigidBody& box = world.box();
  const double damping = kGripDamping * std::sqrt(2 * kGripStiffness * handling.mass);  // of each of two
  std::array<Vec3, 2> on_hands{Vec3::Zero(), Vec3::Zero()};
  double firmness = 0;
  for (std::size_t side = 0; side < 2; ++side) {
    const btVector3 arm = box.getWorldTransform().getBasis() * bullet(handling.handles[side]);
    const Vec3 handle = world.centre() + eigen(arm), velocity = eigen(box.getVelocityInLocalPoint(arm));
    const Vec3 force = grips.firmness[side] *
                       (kGripStiffness * (grips.place[side] - handle) + damping * (grips.velocity[side] - velocity));
    box.applyForce(bullet(force), arm);
    on_hands[side] = -force;
    firmness = std::max(firmness, grips.firmness[side]);
  }
  const btQuaternion turn = box.getOrientation();
  const Vec3 tilt = eigen(turn.getAxis()) * std::remainder(turn.getAngle(), 2 * kPi);
  const double turning_damping = 2 * kGripDamping * std::sqrt(kLevelStiffness * world.largest_inertia());
  const Vec3 moment = -firmness * (kLevelStiffness * tilt + turning_damping * eigen(box.getAngularVelocity()));
  box.applyTorque(bullet(moment));
  track.centre.push_back(world.centre());
  track.force.push_back(on_hands);
  track.moment.push_back(-moment);
}

}  // namespace

BoxTrack handle_box(const BoxHandling& handling) {
  if (!(handling.mass > 0) || !(handling.half_size.minCoeff() > 0) || !handling.grips) {
    throw std::invalid_argument(fmt::format("a box of {} kg cannot be handled", handling.mass));
  }
  BoxWorld world(handling);
  const Vec3 bottom(0, handling.half_size.y(), 0);
  if (handling.rests_at_start && handling.centre.y() > handling.half_size.y() + kClear) {
    world.put_shelf_under(handling.centre - bottom);
  }
  BoxTrack track;
  track.start = handling.start;
  bool arrived = false;
  const auto steps = static_cast<int>(std::ceil((handling.end - handling.start) / kBoxStep)) + 1;
  for (int i = 0; i < steps; ++i) {
    const double time = handling.start + i * kBoxStep;
    const double risen = world.centre().y() - handling.centre.y();
    if (world.has_shelf() && !arrived && time >= handling.leave && (handling.lowered || risen > kClear))
      world.remove_shelf();
    if (handling.arrive && !arrived && time >= *handling.arrive) {
      arrived = true;
      if ((world.centre() - bottom).y() > kClear) world.put_shelf_under(world.centre() - bottom);
    }
    grip(world, handling, handling.grips(time), track);
    world.step();
  }
  return track;
}

}  // namespace foramen
