/* Chains as a picture's layout: what they share is one, every box in its column, at its height. */

const BEND = 30; // the height that a tie takes where it crosses a column
const APART = 14; // the least between two boxes

/**
 * Chains as one picture without a false chain in it: equal beginnings are one, and so are equal
 * ends. Gives cells {node, layer, chains, out: [{to, tie}]}, in layers counted from the end.
 */
function merged(chains) {
  const root = { out: new Map() };
  chains.forEach((chain, n) => {
    let at = root;
    chain.nodes.forEach((node, i) => {
      const key = `${i ? chain.links[i - 1] : ""}>${node}`;
      if (!at.out.has(key)) at.out.set(key, { cell: { node, out: new Map(), chains: new Set() }, tie: i ? chain.links[i - 1] : null });
      at = at.out.get(key).cell;
      at.chains.add(n);
    });
  });
  const known = new Map();
  const fold_ = (cell) => {
    const out = [...cell.out.values()].map(({ cell: next, tie }) => ({ to: fold_(next), tie }));
    const mark = `${cell.node}(${out.map((o) => `${o.tie}:${o.to.number}`).sort().join()})`;
    if (!known.has(mark)) known.set(mark, { number: known.size, node: cell.node, out, chains: new Set(), layer: out.reduce((most, o) => Math.max(most, o.to.layer + 1), 0) });
    for (const n of cell.chains) known.get(mark).chains.add(n);
    return known.get(mark);
  };
  for (const { cell } of root.out.values()) fold_(cell);
  const cells = [...known.values()];
  const last = Math.max(...cells.map((c) => c.layer));
  for (const cell of cells) cell.column = last - cell.layer;
  return cells;
}

/** Columns of cells and of bends, where a tie crosses a column; and the ties as lists of these. */
function columned(cells, all) {
  const columns = [];
  const put = (item) => (columns[item.column] ??= []).push(item);
  cells.forEach(put);
  const ties = [];
  for (const cell of cells)
    for (const { to, tie } of cell.out) {
      const stops = [cell];
      const chains = new Set([...cell.chains].filter((n) => to.chains.has(n) && all[n].links.includes(tie)));
      for (let column = cell.column + 1; column < to.column; column++) {
        const bend = { column, bend: true, chains, h: BEND, out: [] };
        stops.push(bend);
        put(bend);
      }
      stops.push(to);
      ties.push({ tie, stops, chains });
    }
  return { columns, ties };
}

/** Heights, from neighbours: each column in the order of its chains, pulled towards what it meets. */
function settled(columns, ties) {
  const near = new Map();
  for (const { stops } of ties)
    for (let i = 1; i < stops.length; i++)
      for (const [a, b] of [[stops[i - 1], stops[i]], [stops[i], stops[i - 1]]]) (near.get(a) ?? near.set(a, []).get(a)).push(b);
  const middle = (item) => [...item.chains].reduce((a, b) => a + b, 0) / item.chains.size;
  for (const column of columns) {
    column.sort((a, b) => middle(a) - middle(b));
    column.reduce((y, item) => (item.y = y + item.h / 2) + item.h / 2 + APART, 0);
  }
  for (let sweep = 0; sweep < 8; sweep++)
    for (const column of sweep % 2 ? [...columns].reverse() : columns) {
      const wanted = column.map((item) => (near.has(item) ? near.get(item).reduce((sum, n) => sum + n.y, 0) / near.get(item).length : item.y));
      spaced(wanted, (i) => (i ? (column[i - 1].h + column[i].h) / 2 + APART : 0), Infinity).forEach((y, i) => (column[i].y = y));
    }
  const top = Math.min(...columns.flat().map((item) => item.y - item.h / 2));
  for (const item of columns.flat()) item.y -= top;
  return Math.max(...columns.flat().map((item) => item.y + item.h / 2));
}
