import { ModelError } from "../errors.ts";
import type { Node, Operation } from "../graph/graph.ts";
import { nodeOf } from "../graph/graph.ts";
import type { Nested } from "../graph/nested.ts";
import { checkOption, checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { printable } from "../json/printable.ts";
import { Layer } from "../layers/layer.ts";
import { pairs } from "../pairs.ts";
import { neededKeras } from "../registry/needed.ts";
import { isShape, type Shape, unknownShape } from "../tensor/shape.ts";
import { classNameOf } from "./class-name.ts";
import { innerLayers } from "./inner-layers.ts";
import { type Counted, counterOf } from "./layer-counts.ts";
import { inRange, type LayerRange } from "./layer-range.ts";
import type { ModelParts } from "./model-parts.ts";
import { type Size, sizesOf } from "./model-sizes.ts";
import { outputShapesOf } from "./output-shapes.ts";
import { drawTable, type TableColumn } from "./text-table.ts";
import { withThousands } from "./thousands.ts";

export interface SummaryOptions {
  /** Width of the table in characters. Defaults to 80. */
  readonly line_length?: number | null | undefined;
  /** Whether the layers of models inside get lines of their own. Defaults to false. */
  readonly expand_nested?: boolean | undefined;
  /** Whether a column says which layers are trained. Defaults to false. */
  readonly show_trainable?: boolean | undefined;
  /** Names, or regular expressions for names, of the first and the last layer to show. Defaults to all. */
  readonly layer_range?: LayerRange | null | undefined;
}

const optionNames = {
  line_length: true,
  expand_nested: true,
  show_trainable: true,
  layer_range: true,
} as const;

/** A table of a model's layers and the sizes of its weights. Source: Keras 3.6 `utils/summary_utils.py`. */
export function summary(model: ModelParts, options: SummaryOptions = {}): string {
  checkOptions("summary", options, optionNames, ModelError);
  checkOption(
    "summary",
    options,
    "line_length",
    ["a number", (given) => typeof given === "number"],
    ModelError,
  );
  const { expand_nested = false, show_trainable = false, layer_range } = options;
  const line_length = options.line_length ?? 80;
  const nodes = graphOf(model);
  const isChain = nodes === null || chained(nodes);
  const relevant = new Set(nodes);
  const columns = columnsFor(line_length, isChain, show_trainable);
  const operations = inRange("summary", nodes ? model.operations : model.layers, layer_range);
  const count = counterOf(operations);
  const rows = withNested(operations, expand_nested).map(({ operation, level }) => {
    const counted = count(operation);
    // Of what is further in than the table is wide nothing more is seen.
    const indent = "   ".repeat(Math.min(level, line_length));
    const row = [
      `${level > 0 ? `${indent}└ ` : ""}${printable(operation.name)} (${printable(classNameOf(operation))})`,
      outputShapeOf(operation),
      paramsOf(counted),
    ];
    if (!isChain) row.push(connectionsOf(operation, relevant));
    if (show_trainable) row.push(trainableMark(operation, counted));
    return row;
  });
  return [`Model: "${printable(model.name)}"`, drawTable(columns, rows), ...totals(model)].join("\n");
}

/** The calls of a model that lists them; a stack of layers and a model of one's own do not. */
function graphOf(model: ModelParts): readonly Node[] | null {
  return "nodes" in model ? (model.nodes as readonly Node[]) : null;
}

/** Whether each call feeds the next one, so that a column for connections says nothing. */
function chained(nodes: readonly Node[]): boolean {
  const consumed = new Set<Node>();
  const called = new Set<Operation>();
  let starts = 0;
  for (const { inputs, operation } of nodes) {
    const from = inputs[0]?.node ?? null;
    if (inputs.length > 1 || called.has(operation) || (from && consumed.has(from))) return false;
    called.add(operation);
    if (from) consumed.add(from);
    else starts++;
  }
  return starts === 1;
}

function columnsFor(lineLength: number, isChain: boolean, showTrainable: boolean): TableColumn[] {
  const headers = ["Layer (type)", "Output Shape", "Param #"];
  if (!isChain) headers.push("Connected to");
  let ends = isChain ? [0.45, 0.8, 1] : [0.3, 0.56, 0.74, 1];
  if (showTrainable) {
    headers.push("Trainable");
    ends = [...ends.map((end) => end * 0.9), 1];
  }
  let start = 0;
  return pairs(headers, ends).map(([header, end], i) => {
    const width = Math.trunc(end * lineLength) - start;
    start += width;
    // The last column but one gives the borders a character more.
    if (!(width >= (i === headers.length - 2 ? 4 : 3) + 1)) {
      throw new ModelError(
        "summary",
        `expected line_length to be a width that has room for ${headers.length} columns, received ${inspect(lineLength)}.`,
      );
    }
    return { header, align: alignments[header] ?? "left", width };
  });
}

const alignments: Readonly<Record<string, TableColumn["align"]>> = {
  "Param #": "right",
  Trainable: "center",
};

/** The lines of the table: where wanted, the layers of an inner model follow it. */
function withNested(operations: readonly Operation[], expand: boolean) {
  const lines: { operation: Operation; level: number }[] = [];
  const pending = operations.map((operation) => ({ operation, level: 0 })).reverse();
  for (let line = pending.pop(); line; line = pending.pop()) {
    lines.push(line);
    if (!expand) continue;
    const level = line.level + 1;
    for (const operation of innerLayers(line.operation).toReversed()) pending.push({ operation, level });
  }
  return lines;
}

function outputShapeOf(operation: Operation): string {
  const shapes = outputShapesOf(operation);
  return shapes === null ? "?" : formatShapes(shapes);
}

/** Shapes in the form of the outputs, as Python prints lists and dicts. */
function formatShapes(shapes: Nested<Shape>): string {
  if (shapes === unknownShape) return "?";
  if (isShape(shapes)) return `(${shapes.map((size) => size ?? "None").join(", ")})`;
  if (Array.isArray(shapes)) return `[${shapes.map(formatShapes).join(", ")}]`;
  const items = Object.entries(shapes).map(
    ([key, item]) => `${printable(key)}: ${formatShapes(item as Nested<Shape>)}`,
  );
  return `{${items.join(", ")}}`;
}

function paramsOf({ parameters }: Counted): string {
  return parameters === null ? "0 (unbuilt)" : withThousands(parameters);
}

function connectionsOf(operation: Operation, relevant: ReadonlySet<Node>): string {
  const tensors = operation.inboundNodes.filter((node) => relevant.has(node)).flatMap(({ inputs }) => inputs);
  const texts = tensors.map((tensor) => {
    const { operation: from, index } = nodeOf(tensor);
    return `${printable(from.name)}[${index}][${tensor.tensorIndex}]`;
  });
  return texts.join(", ") || "-";
}

function trainableMark(operation: Operation, { hasWeights }: Counted): string {
  if (!(operation instanceof Layer) || !hasWeights) return "-";
  return operation.trainable ? "Y" : "N";
}

function totals(model: ModelParts): string[] {
  const { total, trainable, nonTrainable, unknown, optimizer } = sizesOf(model);
  const lines = [
    totalLine("Total", total),
    totalLine("Trainable", trainable),
    totalLine("Non-trainable", nonTrainable),
  ];
  if (unknown.parameters > 0) lines.push(totalLine("Unknown", unknown));
  if (optimizer.parameters > 0) lines.push(totalLine("Optimizer", optimizer));
  const needed = neededKeras(model, model.operations);
  if (needed !== null) lines.push(` Needs Keras ${needed} or newer`);
  return lines;
}

function totalLine(kind: string, { parameters, bytes }: Size): string {
  return ` ${kind} params: ${withThousands(parameters)} (${readableBytes(bytes)})`;
}

const units = ["B", "KB", "MB", "GB", "TB", "PB"];

function readableBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${withTwoDecimals(size)} ${units[unit]}`;
}

/** Two decimals as Python rounds them: exactly between two, to the even one. */
function withTwoDecimals(value: number): string {
  const isBetween = Number.isInteger(value * 8) && !Number.isInteger(value * 4);
  if (!isBetween) return value.toFixed(2);
  const below = Math.floor(value * 100);
  return ((below % 2 === 0 ? below : below + 1) / 100).toFixed(2);
}
