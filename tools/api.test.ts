import ts from "typescript";
import { describe, expect, it } from "vitest";
import { anInteger, nullable, optional, required } from "../src/fields/kinds.ts";
import { bool, float } from "../src/fields/shorthands.ts";
import { aTensor, flag, maskFor, takes } from "../src/graph/signature.ts";
import { kerasLayer } from "../src/layers/define.ts";
import { Layer } from "../src/layers/layer.ts";
import { describeClass, describeOp } from "./api-classes.ts";
import { describeDeclarations } from "./api-declarations.ts";

const fields = {
  units: required(anInteger),
  rate: float(1),
  left: bool(true),
  right: bool(true),
  seed: optional(nullable(anInteger), null, { since: "3.15", omitIfDefault: true }),
};
const call = takes("inputs", { inputs: aTensor(), mask: maskFor("inputs"), training: flag(false) });
const Example = kerasLayer("Example", fields, call);

describe("describeClass", () => {
  it("says call, base, place in configs, and the fields of its own", () => {
    expect(describeClass("Example", Example, new Map([[Layer, "Layer"]]))).toEqual([
      "Example(inputs, mask of inputs, training = false) extends Layer: keras.layers.Example",
      "  units: an integer",
      "  rate: a number = 1.0",
      "  left, right: true or false = true",
      "  seed: an integer or null = null, left out where null, since 3.15",
    ]);
  });
});

describe("describeOp", () => {
  it("says what it gives, and leaves out the name", () => {
    expect(describeOp("split", Example, ", giving two").slice(0, 2)).toEqual([
      "split(inputs, mask of inputs, training = false), giving two: keras.layers.Example",
      "  trainable: true or false = true",
    ]);
  });
});

describe("describeDeclarations", () => {
  it.each([
    [
      "a function",
      "export function subject(a: number, b = 2): string {\n  return String(a + b);\n}",
      ["subject(a: number, b = 2): string"],
    ],
    [
      "overloads",
      "export function subject(a: number): number;\nexport function subject(a: string): string;\nexport function subject(a: unknown): unknown {\n  return a;\n}",
      ["subject(a: number): number", "subject(a: string): string"],
    ],
    [
      "an interface",
      "export interface subject<T> extends Array<T> {\n  /** One. */\n  readonly a?: number; // or none\n  b(\n    c: T,\n  ): void;\n}",
      ["subject<T> extends Array<T>", "  readonly a?: number", "  b(c: T): void"],
    ],
    ["a type", 'export type subject =\n  | "a"\n  | "b";', ['subject = "a" | "b"']],
    ["a value", "export const subject = (a: number) => a > 1;", ["subject: (a: number) => boolean"]],
    [
      "a class",
      "export class subject extends Array<number> {\n  a = 1;\n  readonly b: string = '';\n  #c = 2;\n  private d = 3;\n  _e = 4;\n  override at() {\n    return 1;\n  }\n  /** @internal */\n  f(): void {}\n  get g(): number {\n    return this.#c;\n  }\n}",
      ["subject extends Array<number>", "  a: number", "  readonly b: string", "  get g(): number"],
    ],
  ])("says %s in the source's words", (_, text, lines) => {
    expect(declarationsOf(text)).toEqual(lines);
  });
});

function declarationsOf(text: string): string[] {
  const options = { target: ts.ScriptTarget.Latest, noLib: true };
  const host = ts.createCompilerHost(options, true);
  const source = ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest, true);
  const read = host.getSourceFile;
  host.getSourceFile = (name, ...rest) => (name === "a.ts" ? source : read(name, ...rest));
  const checker = ts.createProgram(["a.ts"], options, host).getTypeChecker();
  const [symbol] = checker.getExportsOfModule(checker.getSymbolAtLocation(source) as ts.Symbol);
  return describeDeclarations("subject", symbol as ts.Symbol, checker);
}
