import { expect, it } from "vitest";
import { withoutSecrets } from "./address.ts";

it.each([
  ["https://a.b/m.keras?sig=x&y=z: expected a file.", "https://a.b/m.keras: expected a file."],
  ["unknown command 'https://a.b/m.keras?sig=x'.", "unknown command 'https://a.b/m.keras'."],
  ["at https://user:word@a.b/m.keras, twice", "at https://a.b/m.keras, twice"],
  ["http://a.b#token.", "http://a.b."],
  ["HTTPS://a.b/c?d'e", "HTTPS://a.b/c"],
  ["https://a.b/m.keras.", "https://a.b/m.keras."],
  ["https://a?b@c", "https://a"],
  ["no address? none", "no address? none"],
])("takes secrets out of %j", (text, clean) => {
  expect(withoutSecrets(text)).toBe(clean);
});
