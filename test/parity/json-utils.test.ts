import { describe, expect, it } from "vitest";
import { parsePythonJson, stringifyPythonJson } from "../../src/index.ts";
import { messageOf, roundTrip, textOf } from "./common.ts";

describe("legacy/saving/json_utils_test.py", () => {
  it("test_encode_decode_tuple: a tuple of a text is written back as one", () => {
    const text =
      '{"class_name": "__tuple__", "items": [1, {"class_name": "__tuple__", "items": ["a", 2.0]}]}';
    expect(stringifyPythonJson(parsePythonJson(text))).toBe(text);
  });

  it("test_encode_decode_bytes: of text; others have no JSON, in Keras neither", () => {
    const bytes = new TextEncoder().encode("b\u00fcffel \ud83e\udd95");
    const { first, revived } = roundTrip(bytes);
    expect(first).toContain('"class_name": "__bytes__"');
    expect(revived).toEqual(bytes);
    expect(messageOf(() => textOf(Uint8Array.of(255)))).toBe(
      "serialize: expected bytes of UTF-8 text, received Uint8Array(1).",
    );
  });
});
