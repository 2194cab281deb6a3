import { expect, it } from "vitest";
import { text, zip } from "../../saving/archive.fixture.ts";
import { openArchive } from "../../saving/archive.ts";
import { memorySource } from "../../saving/sources.ts";
import { sortMembers } from "./members.ts";

const zeros = new Uint8Array(40 * 2 ** 20);

it("members that Keras does not write are named, code among them apart", async () => {
  const names = ["metadata.json", "config.json", "model.weights.h5", "assets/layers/a/vocabulary.txt"];
  const foreign = ["notes.txt", "model.weights.npz", "__main__.py", "data\u001b.PKL"];
  const archive = await openArchive(
    memorySource(zip([...names, ...foreign].map((name) => ({ name, bytes: text("x") })))),
  );
  const { checked, notes, code } = sortMembers(archive);
  expect(checked.map(({ name }) => name)).toEqual([...names, ...foreign]);
  expect(notes).toEqual([
    '"notes.txt" is not a file that Keras writes.',
    '"model.weights.npz" is not a file that Keras writes.',
  ]);
  expect(code).toEqual([
    '"__main__.py": code, which Keras does not write.',
    '"data\\u001b.PKL": code, which Keras does not write.',
  ]);
});

it("what inflates is gone through up to a limit, what a model needs always", async () => {
  const bytes = zip([
    { name: "assets/a", bytes: zeros, deflate: true },
    { name: "assets/b", bytes: zeros, deflate: true },
    { name: "assets/stored", bytes: zeros },
    { name: "model.weights.h5", bytes: zeros, deflate: true },
  ]);
  const { checked, notes } = sortMembers(await openArchive(memorySource(bytes)));
  expect(checked.map(({ name }) => name)).toEqual(["assets/a", "assets/stored", "model.weights.h5"]);
  expect(notes).toEqual(["1 compressed file is too large to be compared with a checksum."]);
});
