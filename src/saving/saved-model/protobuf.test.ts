import { describe, expect, it } from "vitest";
import { Message } from "../../engines/onnx/protobuf.ts";
import { FileError } from "../../errors.ts";
import { ByteCursor, fieldsOf } from "./protobuf.ts";

const read = (message: Message) => [...fieldsOf(message.finish(), "file")];
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));

describe("fieldsOf", () => {
  it.each([0, 1, 127, 128, 150, 2 ** 31, 2 ** 32, 2 ** 53 - 1, -1, -5])("reads the integer %d", (value) => {
    expect(read(new Message().int(3, value)).map(({ number, integer }) => [number, integer])).toEqual([
      [3, value],
    ]);
  });

  it("reads fields in their order, and messages inside as bytes", () => {
    const inner = new Message().int(1, 7);
    const [text, message, other] = read(
      new Message().string(2, "é").message(536_870_911, inner).float(4, 0.5),
    );
    expect(text?.text).toBe("é");
    expect(message?.number).toBe(536_870_911);
    expect([...fieldsOf(message?.bytes ?? new Uint8Array(), "file")][0]?.integer).toBe(7);
    expect(other?.fixed32).toBe(0x3f000000);
  });

  it("reads lists of integers, one by one and in one piece", () => {
    const [one, packed] = read(new Message().int(1, 300).bytes(1, bytes("ac0205")));
    expect([one?.integers, packed?.integers]).toEqual([[300], [300, 5]]);
  });

  it("goes past fields of 8 bytes", () => {
    const numbers = [...fieldsOf(bytes("09000000000000f03f1005"), "file")].map(({ number }) => number);
    expect(numbers).toEqual([1, 2]);
  });

  it.each([
    ["0a", "expected an integer of at most 10 bytes, received more, or the end."],
    ["08ffffffffffffffffffffff", "expected an integer of at most 10 bytes, received more, or the end."],
    ["0a05616263", "expected 5 bytes, received 3."],
    ["0affffffffffffffff7f", "expected 9223372036854776000 bytes, received 0."],
    ["0affffffffffffffffff01", "expected -1 bytes, received 0."],
    ["0d0102", "expected 4 bytes, received 2."],
    ["0b0c", "expected a field of a protobuf message, received one of kind 3."],
    ["0001", "expected a field from 1 on, received 0."],
  ])("refuses %s", (hex, message) => {
    expect(() => [...fieldsOf(bytes(hex), "file")]).toThrow(new FileError("file", message));
  });

  it("says what a field is that should be another", () => {
    const [field] = read(new Message().int(3, 1));
    expect(() => field?.bytes).toThrow(
      "file: expected bytes with their length in field 3, received an integer.",
    );
    const [text] = read(new Message().bytes(2, bytes("ff")));
    expect(() => text?.integer).toThrow(
      "file: expected an integer in field 2, received bytes with their length.",
    );
    expect(() => text?.fixed32).toThrow(
      "file: expected 4 bytes in field 2, received bytes with their length.",
    );
    expect(() => text?.text).toThrow("file: expected UTF-8 text in field 2, received other bytes.");
  });
});

it("ByteCursor gives views of the bytes", () => {
  const all = bytes("010203");
  const cursor = new ByteCursor(all, "file");
  expect(cursor.take(2).buffer).toBe(all.buffer);
  expect(cursor.isAtEnd).toBe(false);
  expect(() => cursor.take(Number.NaN)).toThrow(FileError);
});
