import { describe, expect, it } from "vitest";
import type { Issue } from "../errors.ts";
import { parsePythonJson } from "../json/parse.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import { Configurable, type Constructor } from "../registry/configurable.ts";
import type { DeserializeOptions } from "../registry/deserialize.ts";
import { L1 } from "../regularizers/index.ts";
import { full } from "../tensor/create.ts";
import type { DType } from "../tensor/dtype.ts";
import type { StaticShape } from "../tensor/shape.ts";
import { getInitializer, type InitializerLike, initializer } from "./field.ts";
import { defineInitializer, GlorotUniform, HeNormal, type Initializer, Ones, Zeros } from "./index.ts";

const fields = { kernel: initializer("glorot_uniform"), bias: initializer(null) };

abstract class HolderBase extends Configurable {
  static override readonly className = "Holder";
  static override readonly fields = fields;
}
const Holder = class extends HolderBase {} as unknown as Constructor<typeof fields, Configurable>;

/** A config's text, read and written. */
function again(text: string, options: DeserializeOptions = {}): string {
  return stringifyPythonJson(Holder.fromConfig(parsePythonJson(text) as object, options).getConfig());
}

class Twos extends defineInitializer("Twos", {}, { package: "my" }) {
  override create(shape: StaticShape, dtype: DType) {
    return full(shape, 2, dtype);
  }
}

function threes(shape: StaticShape, dtype: DType) {
  return full(shape, 3, dtype);
}

/** An error with this message. */
const thrown = (message: string) => expect.objectContaining({ message }) as Error;

describe("what a field of an initializer takes", () => {
  it.each<[string, InitializerLike, typeof Initializer]>([
    ["a name", "he_normal", HeNormal],
    ["a class's name", "HeNormal", HeNormal],
    ["a class", Ones, Ones],
    ["an instance", new Zeros(), Zeros],
    [
      "an envelope",
      { module: "keras.initializers", class_name: "Ones", config: {}, registered_name: null },
      Ones,
    ],
    ["an envelope of Keras 2", { class_name: "GlorotUniform", config: { seed: 3 } }, GlorotUniform],
    [
      "an envelope with a private module",
      { module: "keras.src.initializers.random_initializers", class_name: "HeNormal", config: {} },
      HeNormal,
    ],
  ])("%s", (_, given, cls) => {
    expect(new Holder({ kernel: given }).kernel).toBeInstanceOf(cls);
    expect(getInitializer(given)).toBeInstanceOf(cls);
  });

  it("a function", () => {
    const { kernel } = new Holder({ kernel: threes });
    expect(kernel?.create([2], "float32").data).toEqual(Float32Array.of(3, 3));
  });

  it("null, which is kept", () => {
    expect(new Holder({}).bias).toBeNull();
    expect(new Holder({ kernel: null }).kernel).toBeNull();
    expect(new Holder({ kernel: null }).getConfig()).toEqual({ kernel: null, bias: null });
  });

  it.each<[string, unknown, string]>([
    [
      "an unknown name",
      "glorot_unifrom",
      'unknown initializer "glorot_unifrom". Did you mean "glorot_uniform"?',
    ],
    ["a number", 3, "expected an initializer, the name of one, or a function, received 3."],
    [
      "an object without a class",
      {},
      "expected an initializer, the name of one, or a function, received {}.",
    ],
    [
      "another family's member",
      new L1(),
      "expected an initializer, the name of one, or a function, received L1.",
    ],
  ])("not %s", (_, given, message) => {
    expect(() => new Holder({ kernel: given as never })).toThrow(thrown(`Holder.kernel: ${message}`));
    expect(() => getInitializer(given as never)).toThrow(thrown(`initializer: ${message}`));
  });

  it("says all that is wrong at once, where it is", () => {
    const config = { kernel: { class_name: "HeNormal", config: { seed: "x" } }, bias: "nope" };
    expect(() => Holder.fromConfig(config, { path: "config.layers[2]" })).toThrow(
      thrown(
        'config.layers[2].kernel (HeNormal).seed: expected an integer, null or a SeedGenerator, received "x".\n' +
          'config.layers[2].bias: unknown initializer "nope".',
      ),
    );
  });
});

describe("custom initializers", () => {
  it("are found by their registered name", () => {
    const text =
      '{"kernel": {"module": null, "class_name": "Twos", "config": {}, "registered_name": "my>Twos"}, "bias": null}';
    expect(again(text, { customObjects: { Twos } })).toBe(text);
  });

  it("are found by a string", () => {
    const holder = Holder.fromConfig({ kernel: "Twos" }, { customObjects: { Twos } });
    expect(holder.kernel).toBeInstanceOf(Twos);
  });

  it("may be functions", () => {
    const envelope =
      '{"module": "builtins", "class_name": "function", "config": "threes", "registered_name": "function"}';
    const text = `{"kernel": ${envelope}, "bias": null}`;
    expect(again(text, { customObjects: { threes } })).toBe(text);
    expect(stringifyPythonJson(new Holder({ kernel: threes, bias: null }).getConfig())).toBe(text);
    expect(
      Holder.fromConfig({ kernel: "threes" }, { customObjects: { threes } }).kernel?.create([], "int32")
        .data[0],
    ).toBe(3);
  });

  it("come before those of Keras with the same name", () => {
    const holder = Holder.fromConfig(
      { kernel: { class_name: "Ones", config: {} } },
      { customObjects: { Ones: Twos } },
    );
    expect(holder.kernel).toBeInstanceOf(Twos);
  });
});

describe("initializers without code", () => {
  const text =
    '{"kernel": {"module": "other", "class_name": "Odd", "config": {"a": 1.0}, "registered_name": "Odd"}, "bias": null}';

  it("are errors", () => {
    expect(() => again(text)).toThrow('config.kernel.class_name: unknown class "Odd".');
  });

  it("are kept and reported in lenient mode, and cannot be used", () => {
    const issues: Issue[] = [];
    expect(again(text, { onUnknown: (issue) => issues.push(issue) })).toBe(text);
    expect(issues).toEqual([
      { path: "config.kernel.class_name", message: expect.stringMatching(/^unknown class "Odd"\./) },
    ]);
    const holder = Holder.fromConfig(parsePythonJson(text) as object, { onUnknown: () => {} });
    expect(() => holder.kernel?.create([1], "float32")).toThrow(
      'initializer: expected a known class or function, received "Odd", which this program has no code for. Pass it in customObjects.',
    );
  });
});

describe("configs with initializers", () => {
  it.each([
    '{"kernel": "zeros", "bias": null}',
    '{"kernel": {"class_name": "GlorotUniform", "config": {"seed": null}}, "bias": "ones"}',
    '{"bias": {"config": {}, "class_name": "Ones"}, "kernel": {"module": "keras.initializers", "class_name": "Constant", "config": {"value": 1}, "registered_name": null}}',
  ])("are written back as they were: %s", (text) => {
    expect(again(text)).toBe(text);
  });

  it("hold envelopes where they are new", () => {
    expect(stringifyPythonJson(new Holder({}).getConfig())).toBe(
      '{"kernel": {"module": "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": null}, "registered_name": null}, "bias": null}',
    );
  });
});
