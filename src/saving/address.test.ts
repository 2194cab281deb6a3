import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import { isWebAddress, nameOf, parseAddress, withoutSecrets } from "./address.ts";

it.each([
  ["https://a.b/m.keras?sig=x&y=z: expected a file.", "https://a.b/m.keras: expected a file."],
  ["unknown command 'https://a.b/m.keras?sig=x'.", "unknown command 'https://a.b/m.keras'."],
  ["at https://user:word@a.b/m.keras, twice", "at https://a.b/m.keras, twice"],
  ["http://a.b#token.", "http://a.b."],
  ["HTTPS://a.b/c?d'e", "HTTPS://a.b/c"],
  ["https://a.b/m.keras.", "https://a.b/m.keras."],
  ["https://a?b@c", "https://a"],
  ["s3://a/b?X-Amz-Signature=c", "s3://a/b"],
  ["https:/a/b?c and https:\\\\a\\b#c", "https:/a/b and https:\\\\a\\b"],
  ["no address? none", "no address? none"],
])("takes secrets out of %j", (text, clean) => {
  expect(withoutSecrets(text)).toBe(clean);
});

it.each(["http", "https://", "?", "#", "://", ".", "@", "h", " "])(
  "takes them out of 2 MB of %j at once",
  (part) => {
    expect(withoutSecrets(part.repeat(2e6 / part.length))).toHaveLength(
      withoutSecrets(part.repeat(2e6 / part.length)).length,
    );
  },
);

it.each([
  ["https://user:word@a.b:81/m.keras?sig=x y#z", "https://a.b:81/m.keras"],
  ["https://a b?sig=x y#z", "https://a b"],
  ["https://me:word@[?x", "https://["],
  ["data:text/plain,secret", "data:…"],
  ["blob:http://a.b/1-2?x#y", "blob:http://a.b/1-2"],
  ["file:///a/b.keras?x", "file:///a/b.keras"],
  ["model.keras?x", "model.keras"],
])("calls %j by a name without secrets", (address, name) => {
  expect(nameOf(address)).toBe(name);
});

it.each([
  ["https://a.b/m.keras", true],
  [" HTTP:/a.b", true],
  ["https:\\\\a.b", true],
  ["https.keras", false],
  ["a/http://b.keras", false],
  ["C://a.keras", false],
])("knows whether %j is on the web", (text, isOnWeb) => {
  expect(isWebAddress(text)).toBe(isOnWeb);
});

describe("parseAddress", () => {
  it("says what is none, and nothing of its secrets", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("?", "#"), (secret, mark) => {
        fc.pre(!secret.includes("?") && !secret.includes("#"));
        let error: unknown;
        try {
          parseAddress("here", `http://[${mark}${secret}SECRET`);
        } catch (thrown) {
          error = thrown;
        }
        expect(error).toBeInstanceOf(FileError);
        expect((error as Error).message).toBe('here: expected an address, received "http://[".');
        expect((error as Error).cause).toBeUndefined();
      }),
    );
    expect(() => parseAddress("here", 3)).toThrow("here: expected an address, received 3.");
  });
});
