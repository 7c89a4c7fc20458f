// The largest flow, and so the cheapest cut, through a grid whose pixels are joined to their four neighbours: two search trees
// that are kept from path to path, Boykov and Kolmogorov 2004, https://doi.org/10.1109/TPAMI.2004.60.

const TERMINAL: u8 = 4;
const ORPHAN: u8 = 5;
const NONE: u8 = 6;
const FREE: u8 = 0;
const SOURCE: u8 = 1;
const SINK: u8 = 2;

let columns: i32 = 0;
let count: i32 = 0;
// Room left in the edges to the right, left, below and above, [4, count].
let room: usize = 0;
// Room left from the source (positive) or to the sink (negative), [count].
let terminal: usize = 0;
// Where a pixel hangs in its tree: a direction, TERMINAL, ORPHAN or NONE.
let parent: usize = 0;
let tree: usize = 0;
let queued: usize = 0;
let marked: usize = 0;
let depth: usize = 0;
let queue: usize = 0;
let orphans: usize = 0;
let head: i32 = 0;
let waiting: i32 = 0;
let orphanCount: i32 = 0;
let time: i32 = 0;

/** Bytes of working space for a grid. */
export function flowSpace(pixels: i32): usize {
  return <usize>pixels * (4 * 4 + 4 + 3 + 4 * 4 + 4) + 64;
}

/** Empties a grid; then `addTerminal` and `addEdge`, then `maxFlow`. */
export function startFlow(rows: i32, newColumns: i32, space: usize): void {
  columns = newColumns;
  count = rows * newColumns;
  const n = <usize>count;
  room = space;
  terminal = room + 16 * n;
  marked = terminal + 4 * n;
  depth = marked + 4 * n;
  queue = depth + 4 * n;
  orphans = queue + 4 * n;
  parent = orphans + 8 * n;
  tree = parent + n;
  queued = tree + n;
  memory.fill(space, 0, 20 * n);
  memory.fill(marked, 0, 8 * n);
  memory.fill(queued, 0, n);
}

/** Adds room from the source to a pixel (positive) or from it to the sink (negative). */
// @ts-ignore: decorator
@inline
export function addTerminal(pixel: i32, amount: f32): void {
  const at = terminal + (<usize>pixel << 2);
  store<f32>(at, load<f32>(at) + amount);
}

/** Room from a pixel to its right (0), left (1), lower (2) or upper (3) neighbour. */
// @ts-ignore: decorator
@inline
export function addEdge(pixel: i32, direction: i32, amount: f32): void {
  store<f32>(edge(pixel, direction), amount);
}

// @ts-ignore: decorator
@inline
function edge(pixel: i32, direction: i32): usize {
  return room + (<usize>(direction * count + pixel) << 2);
}

/** The neighbour in a direction, or −1. */
// @ts-ignore: decorator
@inline
function neighbour(pixel: i32, direction: i32): i32 {
  if (direction == 0) return (pixel + 1) % columns == 0 ? -1 : pixel + 1;
  if (direction == 1) return pixel % columns == 0 ? -1 : pixel - 1;
  if (direction == 2) return pixel + columns < count ? pixel + columns : -1;
  return pixel - columns;
}

// @ts-ignore: decorator
@inline
function treeOf(pixel: i32): u8 {
  return load<u8>(tree + <usize>pixel);
}

// @ts-ignore: decorator
@inline
function parentOf(pixel: i32): u8 {
  return load<u8>(parent + <usize>pixel);
}

function activate(pixel: i32): void {
  if (load<u8>(queued + <usize>pixel) != 0) return;
  store<u8>(queued + <usize>pixel, 1);
  let tail = head + waiting;
  if (tail >= count) tail -= count;
  store<i32>(queue + (<usize>tail << 2), pixel);
  waiting += 1;
}

// @ts-ignore: decorator
@inline
function mark(pixel: i32, newDepth: i32): void {
  store<i32>(marked + (<usize>pixel << 2), time);
  store<i32>(depth + (<usize>pixel << 2), newDepth);
}

/** Afterwards `onSinkSide` tells where the cheapest cut runs. */
export function maxFlow(): void {
  head = 0;
  waiting = 0;
  orphanCount = 0;
  time = 1;
  for (let pixel = 0; pixel < count; pixel++) {
    const amount = load<f32>(terminal + (<usize>pixel << 2));
    store<u8>(tree + <usize>pixel, amount > 0 ? SOURCE : amount < 0 ? SINK : FREE);
    store<u8>(parent + <usize>pixel, amount != 0 ? TERMINAL : NONE);
    if (amount == 0) continue;
    mark(pixel, 1);
    activate(pixel);
  }
  while (waiting > 0) {
    const pixel = load<i32>(queue + (<usize>head << 2));
    if (treeOf(pixel) != FREE && grow(pixel)) continue;
    head = head + 1 == count ? 0 : head + 1;
    waiting -= 1;
    store<u8>(queued + <usize>pixel, 0);
  }
}

/** Whether a pixel ended on the sink's side of the cut. */
export function onSinkSide(pixel: i32): bool {
  return treeOf(pixel) == SINK;
}

/** Takes in free neighbours; true if the two trees met, flow was sent, and the pixel must be looked at again. */
function grow(pixel: i32): bool {
  const own = treeOf(pixel);
  for (let direction = 0; direction < 4; direction++) {
    const other = neighbour(pixel, direction);
    if (other < 0) continue;
    const back = direction ^ 1;
    const space = own == SOURCE ? load<f32>(edge(pixel, direction)) : load<f32>(edge(other, back));
    if (!(space > 0)) continue;
    const its = treeOf(other);
    if (its == FREE) {
      store<u8>(tree + <usize>other, own);
      store<u8>(parent + <usize>other, <u8>back);
      store<i32>(marked + (<usize>other << 2), load<i32>(marked + (<usize>pixel << 2)));
      store<i32>(depth + (<usize>other << 2), load<i32>(depth + (<usize>pixel << 2)) + 1);
      activate(other);
    } else if (its != own) {
      if (own == SOURCE) send(pixel, direction, other);
      else send(other, back, pixel);
      time += 1;
      adopt();
      return true;
    }
  }
  return false;
}

/** Sends as much as fits along the path from the source through an edge to the sink. */
function send(from: i32, direction: i32, to: i32): void {
  let amount = load<f32>(edge(from, direction));
  for (let pixel = from; ; ) {
    const up = parentOf(pixel);
    if (up == TERMINAL) {
      amount = min(amount, load<f32>(terminal + (<usize>pixel << 2)));
      break;
    }
    const next = neighbour(pixel, up);
    amount = min(amount, load<f32>(edge(next, up ^ 1)));
    pixel = next;
  }
  for (let pixel = to; ; ) {
    const up = parentOf(pixel);
    if (up == TERMINAL) {
      amount = min(amount, -load<f32>(terminal + (<usize>pixel << 2)));
      break;
    }
    amount = min(amount, load<f32>(edge(pixel, up)));
    pixel = neighbour(pixel, up);
  }
  shift(from, direction, to, amount);
  for (let pixel = from; ; ) {
    const up = parentOf(pixel);
    if (up == TERMINAL) {
      const left = load<f32>(terminal + (<usize>pixel << 2)) - amount;
      store<f32>(terminal + (<usize>pixel << 2), left);
      if (left <= 0) orphan(pixel);
      break;
    }
    const next = neighbour(pixel, up);
    if (shift(next, up ^ 1, pixel, amount)) orphan(pixel);
    pixel = next;
  }
  for (let pixel = to; ; ) {
    const up = parentOf(pixel);
    if (up == TERMINAL) {
      const left = load<f32>(terminal + (<usize>pixel << 2)) + amount;
      store<f32>(terminal + (<usize>pixel << 2), left);
      if (left >= 0) orphan(pixel);
      break;
    }
    const next = neighbour(pixel, up);
    if (shift(pixel, up, next, amount)) orphan(pixel);
    pixel = next;
  }
}

/** True if the edge is full now. */
function shift(from: i32, direction: i32, to: i32, amount: f32): bool {
  const left = load<f32>(edge(from, direction)) - amount;
  store<f32>(edge(from, direction), left);
  const back = edge(to, direction ^ 1);
  store<f32>(back, load<f32>(back) + amount);
  return left <= 0;
}

function orphan(pixel: i32): void {
  store<u8>(parent + <usize>pixel, ORPHAN);
  store<i32>(orphans + (<usize>orphanCount << 2), pixel);
  orphanCount += 1;
}

/** Finds new parents for all orphans, or sets them free. */
function adopt(): void {
  while (orphanCount > 0) {
    orphanCount -= 1;
    const pixel = load<i32>(orphans + (<usize>orphanCount << 2));
    const own = treeOf(pixel);
    let best: i32 = -1;
    let bestDepth: i32 = i32.MAX_VALUE;
    for (let direction = 0; direction < 4; direction++) {
      const other = neighbour(pixel, direction);
      if (other < 0 || treeOf(other) != own) continue;
      const space = own == SOURCE ? load<f32>(edge(other, direction ^ 1)) : load<f32>(edge(pixel, direction));
      if (!(space > 0)) continue;
      const far = rootDepth(other);
      if (far < bestDepth) {
        best = direction;
        bestDepth = far;
      }
    }
    if (best >= 0) {
      store<u8>(parent + <usize>pixel, <u8>best);
      mark(pixel, bestDepth + 1);
      continue;
    }
    for (let direction = 0; direction < 4; direction++) {
      const other = neighbour(pixel, direction);
      if (other < 0 || treeOf(other) != own) continue;
      const space = own == SOURCE ? load<f32>(edge(other, direction ^ 1)) : load<f32>(edge(pixel, direction));
      if (space > 0) activate(other);
      if (parentOf(other) == <u8>(direction ^ 1)) orphan(other);
    }
    store<u8>(tree + <usize>pixel, FREE);
    store<u8>(parent + <usize>pixel, NONE);
  }
}

/** How deep a pixel hangs below its terminal, or the largest number if it hangs from an orphan. */
function rootDepth(start: i32): i32 {
  let far = 0;
  let pixel = start;
  for (;;) {
    if (load<i32>(marked + (<usize>pixel << 2)) == time) {
      far += load<i32>(depth + (<usize>pixel << 2));
      break;
    }
    const up = parentOf(pixel);
    far += 1;
    if (up == TERMINAL) {
      mark(pixel, 1);
      break;
    }
    if (up == ORPHAN || up == NONE) return i32.MAX_VALUE;
    pixel = neighbour(pixel, up);
  }
  // what was walked is remembered, so that the next orphan need not walk it again
  for (let node = start, left = far; load<i32>(marked + (<usize>node << 2)) != time; left--) {
    mark(node, left);
    node = neighbour(node, parentOf(node));
  }
  return far;
}
