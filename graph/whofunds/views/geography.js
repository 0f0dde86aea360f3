/* A plain map of coordinates: a frame fitted to points, its degrees, circles and labels that keep apart. */

const LEAST_DEGREES = 3; // a lone city is not looked at through a microscope
const STEPS = [1, 2, 5, 10, 15, 30, 45];
const SPREAD = 120; // that many of the largest circles are kept apart
const FARTHEST = 34; // pixels that a circle is moved from its place

/**
 * A frame of the width, at most so high, that holds all points ([longitude, latitude]) with a margin:
 * equirectangular, with degrees of longitude as long as they are in the middle of the frame.
 */
function fitted(points, { x, y, width, tallest, margin }) {
  const span = (values, least) => {
    const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 0];
    const more = Math.max(0, least - (high - low)) / 2;
    return [low - more, high + more];
  };
  const [west, east] = span(points.map((p) => p[0]), LEAST_DEGREES);
  const [south, north] = span(points.map((p) => p[1]), LEAST_DEGREES);
  const middle = [(west + east) / 2, (south + north) / 2];
  const narrower = Math.max(0.2, Math.cos((middle[1] * Math.PI) / 180));
  const scale = Math.min((width - 2 * margin) / ((east - west) * narrower), (tallest - 2 * margin) / (north - south));
  const height = Math.max(tallest / 2, Math.min(tallest, (north - south) * scale + 2 * margin));
  const place = (longitude, latitude) => [
    x + width / 2 + (longitude - middle[0]) * narrower * scale,
    y + height / 2 - (latitude - middle[1]) * scale,
  ];
  const holds = ([px, py], by = 0) => px >= x - by && px <= x + width + by && py >= y - by && py <= y + height + by;
  return { x, y, width, height, place, holds, perLatitude: scale, perLongitude: narrower * scale, middle };
}

const degrees = (value, positive, negative) => `${Math.abs(value)}°${value > 0 ? positive : value < 0 ? negative : ""}`;

/** Lines of whole degrees across a frame, with their degrees along its left and lower edge. */
function graticule(held) {
  const step = STEPS.find((s) => s * held.perLongitude >= 84 && s * held.perLatitude >= 60) ?? STEPS.at(-1);
  const out = [];
  const [north, east, south, west] = t("cities.compass").split(" ");
  const each = (middle, half, bound, add) => {
    for (let v = Math.ceil((middle - half) / step) * step; v <= middle + half; v += step) if (Math.abs(v) <= bound) add(v);
  };
  each(held.middle[0], held.width / 2 / held.perLongitude, 180, (longitude) => {
    const [x] = held.place(longitude, 0);
    out.push(svg("path", { class: "degree", d: `M${x.toFixed(1)},${held.y}v${held.height}` }));
    if (x < held.x + 44 || x > held.x + held.width - 24) return;
    const at = { x: x.toFixed(1), y: held.y + held.height - 10, "text-anchor": "middle" };
    out.push(svg("text", { class: "soft", ...at }, degrees(longitude, east, west)));
  });
  each(held.middle[1], held.height / 2 / held.perLatitude, 90, (latitude) => {
    const [, y] = held.place(0, latitude);
    out.push(svg("path", { class: "degree", d: `M${held.x},${y.toFixed(1)}h${held.width}` }));
    if (y < held.y + 14 || y > held.y + held.height - 26) return;
    out.push(svg("text", { class: "soft", x: held.x + 6, y: y.toFixed(1) }, degrees(latitude, north, south)));
  });
  return out;
}

/** Moves circles {x, y, r, at}, the largest first, so far that none lies on another, or by FARTHEST. */
function keepApart(circles, gap = 3) {
  const moved = circles.slice(0, SPREAD);
  const back = (o) => {
    const far = Math.hypot(o.x - o.at[0], o.y - o.at[1]);
    if (far <= FARTHEST) return;
    o.x = o.at[0] + ((o.x - o.at[0]) * FARTHEST) / far;
    o.y = o.at[1] + ((o.y - o.at[1]) * FARTHEST) / far;
  };
  for (let round = 0; round < 80; round++) {
    let still = true;
    for (let i = 0; i < moved.length; i++)
      for (let j = i + 1; j < moved.length; j++) {
        const [a, b] = [moved[i], moved[j]];
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const apart = Math.hypot(dx, dy);
        const lacks = a.r + b.r + gap - apart;
        if (lacks <= 0.1) continue;
        still = false;
        const [ux, uy] = apart > 0.01 ? [dx / apart, dy / apart] : [1, 0];
        const share = (b.r + 4) / (a.r + b.r + 8); // the larger gives way less
        a.x -= ux * lacks * share;
        a.y -= uy * lacks * share;
        b.x += ux * lacks * (1 - share);
        b.y += uy * lacks * (1 - share);
        back(a);
        back(b);
      }
    if (still) break;
  }
}

const meet = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const off = ({ x, y, r }, box) => Math.hypot(Math.max(box.x - x, 0, x - box.x - box.w), Math.max(box.y - y, 0, y - box.y - box.h)) - r;

/**
 * Where a text of a size stands beside its circle, lying on nothing and nearer to no other circle;
 * null where no room is.
 */
function beside(own, { w, h }, taken, circles, held) {
  const { x, y, r } = own;
  const [left, right, top, bottom] = [held.x + 42, held.x + held.width - 2, held.y + 2, held.y + held.height - 20];
  const slant = r * 0.72 + 3;
  const places = [
    [x + r + 5, y - h / 2],
    [x - r - 5 - w, y - h / 2],
    [x - w / 2, y - r - 3 - h],
    [x - w / 2, y + r + 3],
    [x + slant, y - slant - h],
    [x + slant, y + slant],
    [x - slant - w, y - slant - h],
    [x - slant - w, y + slant],
  ];
  for (const [px, py] of places) {
    const found = { x: px, y: py, w, h };
    if (px < left || px + w > right || py < top || py + h > bottom || taken.some((other) => meet(found, other))) continue;
    const near = off(own, found) + 3;
    if (!circles.some((other) => other !== own && off(other, found) < near)) return found;
  }
  return null;
}

/** A curve from one circle to another that bends to its right, its arrow head, and its middle. */
function bow(a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const far = Math.hypot(dx, dy) || 1;
  const bend = Math.min(60, far * 0.2);
  const [cx, cy] = [(a.x + b.x) / 2 - (dy / far) * bend, (a.y + b.y) / 2 + (dx / far) * bend];
  const edge = (from, r) => {
    const [ex, ey] = [cx - from.x, cy - from.y];
    const long = Math.hypot(ex, ey) || 1;
    return [from.x + (ex / long) * r, from.y + (ey / long) * r, ex / long, ey / long];
  };
  const [x0, y0] = edge(a, a.r + 1);
  const [tx, ty, ux, uy] = edge(b, b.r + 2);
  const head = 8;
  const [x1, y1] = [tx + ux * head * 0.8, ty + uy * head * 0.8];
  const at = (n) => n.toFixed(1);
  const mix = (p0, p1, p2, u) => (1 - u) ** 2 * p0 + 2 * u * (1 - u) * p1 + u ** 2 * p2;
  const pieces = Math.max(2, Math.ceil(far / 16));
  return {
    line: `M${at(x0)},${at(y0)}Q${at(cx)},${at(cy)} ${at(x1)},${at(y1)}`,
    head: (wide) => {
      const half = Math.max(4, wide * 0.9);
      const [bx, by] = [tx + ux * (head + half / 2), ty + uy * (head + half / 2)];
      return `M${at(tx)},${at(ty)}L${at(bx - uy * half)},${at(by + ux * half)}L${at(bx + uy * half)},${at(by - ux * half)}Z`;
    },
    middle: [(x0 + 2 * cx + x1) / 4, (y0 + 2 * cy + y1) / 4],
    /** Small boxes along the curve, for labels to keep off. */
    boxes: Array.from({ length: pieces }, (_, i) => {
      const u = (i + 0.5) / pieces;
      return { x: mix(x0, cx, x1, u) - 3, y: mix(y0, cy, y1, u) - 3, w: 6, h: 6 };
    }),
  };
}
