import type { Attributes } from "../../program/primitives.ts";
import { allocate, type Elements, type Kernel, numbers, result } from "./kernel.ts";

/**
 * A labeling: a character for each label, so that texts compare as labelings do. Classes count from the last, as in
 * Keras, where of equally likely labelings the one that is greater so goes on.
 */
type Labeling = string;

/** How likely a labeling is so far, as logarithms: where a label was last, and where nothing was. */
interface Odds {
  label: number;
  blank: number;
}

type Beam = Map<Labeling, Odds>;
type Search = Attributes["ctc_beam_search"];

/** Keras's search: after each step as many labelings go on as the beam is wide. */
const beamSearch: Kernel<"ctc_beam_search"> = ([scores, lengths], attributes, specs) => {
  const [batch, steps, classes] = scores!.shape as [number, number, number];
  const paths = new Int32Array(attributes.topPaths * batch * steps).fill(-1);
  const odds = allocate(scores!.dtype, [batch * attributes.topPaths]);
  odds.fill(Number.NEGATIVE_INFINITY as never);
  for (let b = 0; b < batch && steps > 0; b++) {
    const rows = Array.from({ length: steps }, (_, t): Elements<number> => {
      const start = (b * steps + t) * classes;
      return numbers(scores!.data.subarray(start, start + classes));
    });
    const best = searched(rows, Number(lengths!.data[b]), attributes);
    for (const [i, [labeling, total]] of best.entries()) {
      odds[b * attributes.topPaths + i] = total;
      for (let t = 0; t < labeling.length; t++)
        paths[(i * batch + b) * steps + t] = classes - 1 - codeAt(labeling, t);
    }
  }
  return [result(specs[0]!, paths), result(specs[1]!, odds)];
};

function searched(rows: readonly Elements<number>[], length: number, search: Search): [Labeling, number][] {
  const classes = rows[0]!.length;
  const blank = classes - 1 - search.maskIndex;
  let beam = started(rows[0]!, blank, search.beamWidth);
  for (const row of rows.slice(1, Math.max(length, 1)))
    beam = pruned(extended(beam, row, blank), search.beamWidth);
  return ranked(beam).slice(-search.topPaths).reverse();
}

/** The likeliest classes of the first step. */
function started(row: Elements<number>, blank: number, width: number): Beam {
  const beam: Beam = new Map();
  const classes = Array.from({ length: row.length }, (_, i) => i);
  classes.sort((a, b) => scoreAt(row, a) - scoreAt(row, b));
  for (const each of classes.slice(-width)) {
    const labeling = each === blank ? "" : String.fromCharCode(each);
    add(beam, labeling, each === blank ? "blank" : "label", scoreAt(row, each));
  }
  return beam;
}

/** Every labeling with every class of one more step. */
function extended(beam: Beam, row: Elements<number>, blank: number): Beam {
  const next: Beam = new Map();
  for (const [labeling, odds] of beam) {
    const last = labeling === "" ? -1 : codeAt(labeling, labeling.length - 1);
    for (let each = 0; each < row.length; each++) {
      const score = scoreAt(row, each);
      if (each === blank) {
        add(next, labeling, "blank", odds.label + score);
        add(next, labeling, "blank", odds.blank + score);
        continue;
      }
      const longer = labeling + String.fromCharCode(each);
      add(next, each === last ? labeling : longer, "label", odds.label + score);
      add(next, longer, "label", odds.blank + score);
    }
  }
  return next;
}

function pruned(beam: Beam, width: number): Beam {
  return new Map(
    ranked(beam)
      .slice(-width)
      .map(([labeling]) => [labeling, beam.get(labeling)!]),
  );
}

/** Labelings in rising order of how likely they are; of equally likely ones the greater comes later. */
function ranked(beam: Beam): [Labeling, number][] {
  const totals = [...beam].map(([labeling, { label, blank }]): [Labeling, number] => [
    labeling,
    sumOfLogs(label, blank),
  ]);
  const likely = totals.filter(([, total]) => total > Number.NEGATIVE_INFINITY);
  return likely.sort(([a, p], [b, q]) => p - q || (a < b ? -1 : 1));
}

function add(beam: Beam, labeling: Labeling, last: keyof Odds, score: number): void {
  const odds = beam.get(labeling) ?? { label: Number.NEGATIVE_INFINITY, blank: Number.NEGATIVE_INFINITY };
  odds[last] = sumOfLogs(odds[last], score);
  beam.set(labeling, odds);
}

function sumOfLogs(a: number, b: number): number {
  const most = Math.max(a, b);
  return most === Number.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
}

/** The score of a class, counted from the last. */
function scoreAt(row: Elements<number>, each: number): number {
  return row[row.length - 1 - each]!;
}

function codeAt(labeling: Labeling, at: number): number {
  return labeling.charCodeAt(at);
}

export const ctcKernels = { ctc_beam_search: beamSearch };
