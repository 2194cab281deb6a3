import type { Container, Item } from "./containers.ts";
import { type Drawing, drawLayered } from "./layered/layered.ts";
import { type Net, PIN_FIRST, PIN_LAST } from "./layered/net.ts";
import type { RankDirection, Size } from "./layout-types.ts";
import type { GraphNode } from "./model-graph.ts";

/** Around the picture. */
export const MARGIN = 16;
const GAP = 26;
/** Around the layers of an open model. */
const PAD = 12;
/** The room for its title. */
const HEADER = 30;
/** The end of an output. */
const DOT = 10;
/** Between the origins of two outputs of a node. */
const APART = 12;

/** A container that is drawn, and the room around it in the box of its model. */
export interface Drawn {
  readonly container: Container;
  readonly net: Net;
  readonly drawing: Drawing;
  readonly pads: Pads;
  /** How far its layers stand in from the left, to be in the middle of a box that its title makes wider. */
  slackIn(across: number): number;
}

interface Pads {
  readonly start: number;
  readonly end: number;
  readonly before: number;
  readonly after: number;
}

interface DrawOptions {
  readonly rankdir: RankDirection;
  readonly isSideways: boolean;
  readonly sizeOf: (node: GraphNode) => Size;
  readonly labelOf: (node: string, output: number) => Size | null;
  readonly before: ReadonlyMap<string, number> | null;
  /** What is inside, drawn before. */
  readonly drawn: ReadonlyMap<string | null, Drawn>;
}

/** What is known of an item before it is drawn. */
interface Measured {
  readonly along: number;
  readonly across: number;
  /** The room for the labels of what it gives. */
  readonly stub: number;
  /** The outputs that go somewhere, and how far their origins are apart. */
  readonly outputs: readonly number[];
  readonly pitch: number;
  readonly inner: Drawn | undefined;
}

/** Draws a container whose open models are drawn already. */
export function drawContainer(container: Container, options: DrawOptions): Drawn {
  const { rankdir, isSideways, before } = options;
  const { items, pieces } = container;
  const used = items.map(() => new Set<number>());
  for (const { from, output } of pieces) if (output !== null) used[from]?.add(output);
  const measured = items.map((item, i) =>
    measure(
      item,
      [...(used[i] ?? [])].sort((a, b) => a - b),
      options,
    ),
  );
  const net: Net = {
    along: Float64Array.from(measured, ({ along }) => along),
    across: Float64Array.from(measured, ({ across }) => across),
    stubs: Float64Array.from(measured, ({ stub }) => stub),
    pins: Int8Array.from(items, ({ kind }) => (kind === "in" ? PIN_FIRST : kind === "out" ? PIN_LAST : 0)),
    from: Int32Array.from(pieces, ({ from }) => from),
    to: Int32Array.from(pieces, ({ to }) => to),
    fromOffset: Float64Array.from(pieces, ({ from, fromPort, output }) => {
      const item = measured[from] as Measured;
      return output === null ? offsetOfGate(item, fromPort) : offsetOfOutput(item, output);
    }),
    toOffset: Float64Array.from(pieces, ({ to, toPort }) => offsetOfGate(measured[to] as Measured, toPort)),
  };
  const keys = before && Float64Array.from(items, ({ node }) => (node && before.get(node.id)) ?? Number.NaN);
  const drawing = drawLayered(net, { gap: GAP, before: keys });
  const pads = isSideways
    ? { start: PAD, end: PAD, before: HEADER, after: PAD }
    : {
        start: rankdir === "TB" ? HEADER : PAD,
        end: rankdir === "TB" ? PAD : HEADER,
        before: PAD,
        after: PAD,
      };
  const least = pads.before + drawing.breadth + pads.after;
  return {
    container,
    net,
    drawing,
    pads,
    slackIn: (across) => Math.max(0, Math.floor((across - least) / 2)),
  };
}

function measure(
  { node, kind }: Item,
  outputs: readonly number[],
  { isSideways, sizeOf, labelOf, drawn }: DrawOptions,
): Measured {
  if (!node) {
    const along = kind === "output" ? DOT : 0;
    return { along, across: DOT, stub: 0, outputs, pitch: 0, inner: undefined };
  }
  const { width, height } = sizeOf(node);
  const labels = outputs.map((output) => labelOf(node.id, output) ?? { width: 0, height: 0 });
  const stub = Math.ceil(most(labels, isSideways ? "width" : "height"));
  const pitch = even(most(labels, isSideways ? "height" : "width") + APART);
  const room = outputs.length > 1 ? outputs.length * pitch : pitch - APART;
  const inner = drawn.get(node.id);
  if (!inner) {
    const [along, across] = isSideways ? [width, height] : [height, width];
    return { along: even(along), across: even(Math.max(across, room)), stub, outputs, pitch, inner };
  }
  const { pads, drawing } = inner;
  const along = pads.start + drawing.length + pads.end;
  const across = pads.before + drawing.breadth + pads.after;
  const title = width + 2 * PAD;
  return {
    along: even(isSideways ? Math.max(along, title) : along),
    across: even(isSideways ? across : Math.max(across, title)),
    stub,
    outputs,
    pitch,
    inner,
  };
}

function most(sizes: readonly Size[], side: keyof Size): number {
  return sizes.reduce((greatest, size) => Math.max(greatest, size[side]), 0);
}

function offsetOfOutput({ outputs, pitch }: Measured, output: number): number {
  return (outputs.indexOf(output) - (outputs.length - 1) / 2) * pitch;
}

/** Where an edge goes through the border of an open model, across, from the middle of its box. */
function offsetOfGate({ inner, across }: Measured, gate: string | null): number {
  const place = gate === null ? undefined : inner?.container.placeOf.get(gate);
  if (!inner || place === undefined) return 0;
  return inner.pads.before + inner.slackIn(across) + (inner.drawing.across[place] as number) - across / 2;
}

/** The next even number, so that middles are whole. */
function even(size: number): number {
  return 2 * Math.ceil(size / 2);
}
