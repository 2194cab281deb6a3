import { describe, expect, it } from "vitest";
import { deserialize } from "./deserialize.ts";
import { Slice, slice } from "./literals.ts";
import { serialize } from "./serialize.ts";

describe("literals", () => {
  it.each<[string, unknown, object]>([
    [
      "a slice",
      slice(1, 2n ** 63n - 1n),
      { class_name: "__slice__", config: { start: 1, stop: 2n ** 63n - 1n, step: null } },
    ],
    ["bytes", new TextEncoder().encode("\ufeffé"), { class_name: "__bytes__", config: { value: "\ufeffé" } }],
  ])("%s is written as Keras writes it, and read", (_, value, envelope) => {
    expect(serialize(value)).toEqual(envelope);
    expect(deserialize(envelope)).toEqual(value);
  });

  it("bytes that are no text are not written, as in Keras", () => {
    expect(() => serialize(Uint8Array.of(255, 254))).toThrow(
      "serialize: expected bytes of UTF-8 text, received Uint8Array(2).",
    );
  });

  it.each<[string, object, string]>([
    ["__bytes__", {}, "config.config.value: expected a string, received nothing."],
    ["__bytes__", { value: 3 }, "config.config.value: expected a string, received 3."],
    [
      "__slice__",
      { start: "a", stop: null, step: null },
      'config.config.start: expected an integer or null, received "a".',
    ],
    [
      "__tensor__",
      { value: [1], dtype: "floot" },
      'config.config.dtype: expected a dtype, received "floot".',
    ],
    ["__slice__", { start: 0 }, "config.config.stop: expected an integer or null, received nothing."],
    [
      "__slice__",
      { start: 0, stop: 1.5, step: null },
      "config.config.stop: expected an integer or null, received 1.5.",
    ],
  ])("%s of %j says where it is wrong", (class_name, config, message) => {
    expect(() => deserialize({ class_name, config })).toThrow(message);
  });

  it("a slice is a slice", () => {
    expect(slice(1)).toBeInstanceOf(Slice);
  });
});
