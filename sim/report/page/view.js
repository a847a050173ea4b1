// The rotatable picture inside a report: bones, discs coloured by pressure, nerve roots coloured by contact pressure.
import {
  AmbientLight, BufferAttribute, BufferGeometry, CatmullRomCurve3, Color, DirectionalLight, DoubleSide, Group, Matrix4, Mesh,
  MeshLambertMaterial, PerspectiveCamera, Scene, TubeGeometry, Vector3, WebGLRenderer, Box3,
} from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";

// Inferno without its darkest part (Smith and van der Walt 2015), read backwards; GnBu (Brewer and Harrower 2003).
const ROOT_COLOURS = ["#fcffa4", "#f7d13d", "#fb9b06", "#ed6925", "#cf4446", "#a52c60", "#781c6d"].map((c) => new Color(c));
const DISC_COLOURS = ["#e0f3db", "#a8ddb5", "#7bccc4", "#4eb3d3", "#2b8cbe", "#08589e"].map((c) => new Color(c));
const ROOT_FULL = 130; // mmHg: small arteries close
const TUBE_STEPS = 96, TUBE_SIDES = 10;

function colour(map, share) {
  const place = Math.min(1, Math.max(0, share)) * (map.length - 1);
  const below = Math.min(map.length - 2, Math.floor(place));
  return map[below].clone().lerp(map[below + 1], place - below);
}

function numbers(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return new Uint16Array(bytes.buffer);
}

function geometry(mesh) {
  const packed = numbers(mesh.positions);
  const positions = new Float32Array(packed.length);
  for (let i = 0; i < packed.length; ++i) positions[i] = mesh.low[i % 3] + (packed[i] / 65535) * mesh.size[i % 3];
  const result = new BufferGeometry();
  result.setAttribute("position", new BufferAttribute(positions, 3));
  result.setIndex(new BufferAttribute(numbers(mesh.triangles), 1));
  result.computeVertexNormals();
  return result;
}

function rootTube(root) {
  const points = [], radii = [], pressures = [];
  for (let i = 0; i < root.nodes.length; i += 5) {
    points.push(new Vector3(root.nodes[i], root.nodes[i + 1], root.nodes[i + 2]));
    radii.push(root.nodes[i + 3]);
    pressures.push(root.nodes[i + 4]);
  }
  if (points.length < 2) return null;
  const curve = new CatmullRomCurve3(points);
  const tube = new TubeGeometry(curve, TUBE_STEPS, 1, TUBE_SIDES);
  const positions = tube.attributes.position, normals = tube.attributes.normal;
  const colours = new Float32Array(positions.count * 3);
  const between = (values, share) => {
    const place = share * (values.length - 1), below = Math.min(values.length - 2, Math.floor(place));
    return values[below] + (values[below + 1] - values[below]) * (place - below);
  };
  for (let i = 0; i < positions.count; ++i) {
    // The tube is made with radius 1; each ring is drawn in to the root's own.
    const share = Math.floor(i / (TUBE_SIDES + 1)) / TUBE_STEPS;
    const shrink = 1 - between(radii, share);
    positions.setXYZ(i, positions.getX(i) - normals.getX(i) * shrink, positions.getY(i) - normals.getY(i) * shrink,
      positions.getZ(i) - normals.getZ(i) * shrink);
    colour(ROOT_COLOURS, between(pressures, share) / ROOT_FULL).toArray(colours, 3 * i);
  }
  tube.setAttribute("color", new BufferAttribute(colours, 3));
  return new Mesh(tube, new MeshLambertMaterial({ vertexColors: true }));
}

function build(model, number) {
  const scene = model.scenes[number];
  const group = new Group();
  const bone = new MeshLambertMaterial({ color: "#e9dfc8", transparent: true, opacity: 0.55, side: DoubleSide, depthWrite: false });
  scene.poses.forEach((pose, i) => {
    const mesh = new Mesh(geometry(model.bones[scene.bones][i]), bone);
    const p = pose;
    mesh.matrixAutoUpdate = false;
    mesh.matrix = new Matrix4().set(p[0], p[3], p[6], p[9], p[1], p[4], p[7], p[10], p[2], p[5], p[8], p[11], 0, 0, 0, 1);
    mesh.renderOrder = 2;
    group.add(mesh);
  });
  const highest = Math.max(1, ...model.scenes.flatMap((s) => s.discs.map((d) => d.pressure_MPa)));
  for (const disc of scene.discs) {
    group.add(new Mesh(geometry(disc), new MeshLambertMaterial({ color: colour(DISC_COLOURS, disc.pressure_MPa / highest) })));
  }
  for (const root of scene.roots) {
    const tube = rootTube(root);
    if (tube) group.add(tube);
  }
  return group;
}

function start() {
  const place = document.getElementById("model3d");
  if (!place) return;
  const model = JSON.parse(document.getElementById("model-data").textContent);
  const canvas = place.querySelector("canvas");
  let renderer;
  try {
    renderer = new WebGLRenderer({ canvas, antialias: true, preserveDrawingBuffer: true });
  } catch {
    place.classList.add("no-3d");
    return;
  }
  renderer.setPixelRatio(Math.min(2, window.devicePixelRatio || 1));
  const scene = new Scene();
  scene.background = new Color("#fbfaf8");
  const camera = new PerspectiveCamera(30, 1, 0.01, 10);
  scene.add(new AmbientLight("#ffffff", 1.6));
  const light = new DirectionalLight("#ffffff", 2.2);
  scene.add(light);
  const controls = new OrbitControls(camera, canvas);
  controls.enablePan = false;
  controls.enableDamping = false;
  let shown = null;

  const draw = () => {
    light.position.copy(camera.position).add(new Vector3(0, 0.3, 0));
    renderer.render(scene, camera);
  };
  const reset = () => {
    const box = new Box3().setFromObject(shown), centre = box.getCenter(new Vector3());
    controls.target.copy(centre);
    // From behind and the left, where the roots leave.
    camera.position.copy(centre).add(new Vector3(-0.34, 0.12, -0.46).multiplyScalar(box.getSize(new Vector3()).length() / 0.5));
    controls.update();
    draw();
  };
  const show = (number) => {
    if (shown) scene.remove(shown);
    shown = build(model, number);
    scene.add(shown);
    reset();
  };
  const resize = () => {
    const width = canvas.clientWidth, height = canvas.clientHeight;
    if (!width || !height) return;
    renderer.setSize(width, height, false);
    camera.aspect = width / height;
    camera.updateProjectionMatrix();
    draw();
  };
  const turn = (right, up) => {
    const offset = camera.position.clone().sub(controls.target);
    offset.applyAxisAngle(new Vector3(0, 1, 0), right);
    const side = new Vector3().crossVectors(offset, new Vector3(0, 1, 0)).normalize();
    const tilted = offset.clone().applyAxisAngle(side, up);
    if (Math.abs(tilted.y) < 0.97 * tilted.length()) offset.copy(tilted);
    camera.position.copy(controls.target).add(offset);
    controls.update();
    draw();
  };
  const zoom = (factor) => {
    camera.position.sub(controls.target).multiplyScalar(factor).add(controls.target);
    controls.update();
    draw();
  };
  controls.addEventListener("change", draw);
  canvas.addEventListener("keydown", (event) => {
    const actions = {
      ArrowLeft: () => turn(-0.15, 0), ArrowRight: () => turn(0.15, 0), ArrowUp: () => turn(0, -0.12), ArrowDown: () => turn(0, 0.12),
      "+": () => zoom(0.87), "=": () => zoom(0.87), "-": () => zoom(1.15),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });
  const choice = place.querySelector("select");
  if (choice) choice.addEventListener("change", () => show(choice.selectedIndex));
  place.querySelector("button").addEventListener("click", reset);
  new ResizeObserver(resize).observe(canvas);
  place.classList.add("ready");
  show(0);
  resize();
}

start();
