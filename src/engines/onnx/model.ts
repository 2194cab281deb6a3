import { EngineError } from "../../errors.ts";
import { quote } from "../../json/quote.ts";
import { VERSION } from "../../version.ts";
import { elementType, type OnnxType } from "./data-type.ts";
import { bytesOf, type Constant, LargeWeight } from "./large-weight.ts";
import { Message } from "./protobuf.ts";
import type { WeightsFile } from "./weights-file.ts";

/** The operator set that lowerings are written against, and the file version that goes with it. */
const opsetVersion = 21;
const irVersion = 10;

/** A protobuf is read with 32-bit signed lengths. */
export const sizeLimit = 2 ** 31 - 1;

/** A float attribute, told apart from an integer one. */
export interface FloatAttribute {
  readonly float: number;
}

/** A number is an integer attribute. */
export type NodeAttribute = number | string | readonly number[] | FloatAttribute | Graph;

export interface Node {
  readonly op: string;
  /** Names of values; an empty name is an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, NodeAttribute>>;
}

export interface ValueInfo {
  readonly name: string;
  readonly type: OnnxType;
  /** A string is a symbolic dimension, null one without a name. */
  readonly shape: readonly (number | string | null)[];
}

export interface Graph {
  readonly name: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: ReadonlyMap<string, Constant>;
  readonly nodes: readonly Node[];
}

export interface ModelOptions {
  /** What the file says of itself, by name. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** The file that has the large tensors. */
  readonly weights?: NamedWeights | undefined;
}

interface NamedWeights {
  readonly name: string;
  readonly file: WeightsFile;
}

/** An ONNX model; fails where it is larger than one can be. */
export function writeModel(graph: Graph, options: ModelOptions = {}): Message {
  const message = modelMessage(graph, options);
  if (message.size > sizeLimit) {
    throw new EngineError(
      `ONNX model ${quote(graph.name)}`,
      `expected at most ${sizeLimit} bytes, received ${message.size}. ` +
        "Larger models keep their weights beside them: write to a path with exportOnnx of ceratops/node.",
    );
  }
  return message;
}

/** An ONNX model of any size. */
export function modelMessage(graph: Graph, { metadata, weights }: ModelOptions): Message {
  const opset = new Message().string(1, "").int(2, opsetVersion);
  const message = new Message()
    .int(1, irVersion)
    .string(2, "ceratops")
    .string(3, VERSION)
    .message(7, writeGraph(graph, weights))
    .message(8, opset);
  for (const [name, value] of Object.entries(metadata ?? {})) message.message(14, writeEntry(name, value));
  return message;
}

function writeGraph(graph: Graph, weights?: NamedWeights): Message {
  const message = new Message();
  for (const node of graph.nodes) message.message(1, writeNode(node));
  message.string(2, graph.name);
  for (const [name, constant] of graph.initializers) message.message(5, writeTensor(name, constant, weights));
  for (const input of graph.inputs) message.message(11, writeValueInfo(input));
  for (const output of graph.outputs) message.message(12, writeValueInfo(output));
  return message;
}

function writeNode({ op, inputs, outputs, attributes }: Node): Message {
  const message = new Message();
  for (const input of inputs) message.string(1, input);
  for (const output of outputs) message.string(2, output);
  message.string(4, op);
  for (const [name, value] of Object.entries(attributes)) message.message(5, writeAttribute(name, value));
  return message;
}

function writeAttribute(name: string, value: NodeAttribute): Message {
  const message = new Message().string(1, name);
  if (typeof value === "number") return message.int(3, value).int(20, 2);
  if (typeof value === "string") return message.string(4, value).int(20, 3);
  if (isList(value)) {
    for (const item of value) message.int(8, item);
    return message.int(20, 7);
  }
  if ("float" in value) return message.float(2, value.float).int(20, 1);
  return message.message(6, writeGraph(value)).int(20, 5);
}

function isList(value: object): value is readonly number[] {
  return Array.isArray(value);
}

function writeTensor(name: string, constant: Constant, weights?: NamedWeights): Message {
  const { dtype, shape } = constant;
  const message = new Message();
  for (const dimension of shape) message.int(1, dimension);
  message.int(2, elementType[dtype]).string(8, name);
  const place = weights?.file.places.get(name);
  if (!weights || !place)
    return message.bytes(9, constant instanceof LargeWeight ? constant : bytesOf(constant.data));
  return message
    .message(13, writeEntry("location", weights.name))
    .message(13, writeEntry("offset", String(place.offset)))
    .message(13, writeEntry("length", String(place.length)))
    .int(14, 1);
}

/** A StringStringEntryProto. */
function writeEntry(key: string, value: string): Message {
  return new Message().string(1, key).string(2, value);
}

function writeValueInfo({ name, type, shape }: ValueInfo): Message {
  const dimensions = new Message();
  for (const dimension of shape) {
    const message = new Message();
    if (typeof dimension === "string") message.string(2, dimension);
    else if (dimension !== null) message.int(1, dimension);
    dimensions.message(1, message);
  }
  const tensorType = new Message().int(1, elementType[type]).message(2, dimensions);
  return new Message().string(1, name).message(2, new Message().message(1, tensorType));
}
