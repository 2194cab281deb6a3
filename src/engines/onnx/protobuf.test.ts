import { describe, expect, it } from "vitest";
import { Message } from "./protobuf.ts";

const hex = (message: Message) => Buffer.from(message.finish()).toString("hex");

describe("Message", () => {
  it.each([
    ["a small integer", new Message().int(1, 150), "089601"],
    ["zero", new Message().int(3, 0), "1800"],
    ["a negative integer in ten bytes", new Message().int(1, -1), "08ffffffffffffffffff01"],
    ["an int64", new Message().int(1, 2n ** 63n - 1n), "08ffffffffffffffff7f"],
    ["a large field number", new Message().int(20, 7), "a00107"],
    ["a float", new Message().float(2, 0.5), "150000003f"],
    ["a string", new Message().string(2, "testing"), "120774657374696e67"],
    ["a string in UTF-8", new Message().string(2, "é"), "1202c3a9"],
    ["a message inside", new Message().message(3, new Message().int(1, 150)), "1a03089601"],
    ["an empty message inside", new Message().message(3, new Message()), "1a00"],
  ])("writes %s", (_, message, expected) => {
    expect(hex(message)).toBe(expected);
  });

  it("keeps the order of short and long parts", () => {
    const long = new Uint8Array(300).fill(7);
    const message = new Message().int(1, 1).message(2, new Message().bytes(1, long).int(2, 5)).int(3, 9);
    expect(message.size).toBe(2 + 3 + 3 + 300 + 2 + 2);
    expect(hex(message)).toBe(`080112b1020aac02${"07".repeat(300)}10051809`);
  });
});
