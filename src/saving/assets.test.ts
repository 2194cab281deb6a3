import { describe, expect, it } from "vitest";
import { Input } from "../index.ts";
import { IntegerLookup, StringLookup, TextVectorization } from "../layers/index.ts";
import { Sequential } from "../models/sequential.ts";
import { openArchive } from "./archive.ts";
import { archiveBytes } from "./archive-writer.ts";
import { loadModel } from "./load.ts";
import { toBytes } from "./save-model.ts";
import { memorySource } from "./sources.ts";

function learned(terms: readonly string[]): TextVectorization {
  const layer = new TextVectorization({ name: "texts" });
  layer.setVocabulary(terms);
  return layer;
}

async function withVocabulary(vocabulary: Uint8Array | null): Promise<Uint8Array> {
  const model = new Sequential([Input({ shape: [1], dtype: "string" }), learned(["a"])]);
  const archive = await openArchive(memorySource(await toBytes(model)), "model");
  const members = await Promise.all(
    [...archive.members.values()].map(async ({ name, read }) => {
      const bytes = name.endsWith(".txt") ? vocabulary : await read();
      return bytes && { name, size: bytes.length, chunks: () => bytes };
    }),
  );
  return archiveBytes(members.filter((member) => member !== null));
}

const text = (lines: string) => new TextEncoder().encode(lines);

describe("the files of layers", () => {
  it("are written where Keras looks for them, and read back", async () => {
    const bytes = await toBytes(
      new Sequential([Input({ shape: [1], dtype: "string" }), learned(["b", "😀 x"])]),
    );
    const { members } = await openArchive(memorySource(bytes), "model");
    const folder = "assets/layers/text_vectorization";
    const names = [`${folder}/vocabulary.txt`, `${folder}/_lookup_layer/vocabulary.txt`];
    expect([...members.keys()].slice(3)).toEqual(names);
    for (const name of names)
      expect(new TextDecoder().decode(await members.get(name)!.read())).toBe("\n[UNK]\nb\n😀 x");
    const [layer] = (await loadModel(bytes)).layers;
    expect((layer as TextVectorization).getVocabulary()).toEqual(["", "[UNK]", "b", "😀 x"]);
  });

  it("are not there where the config says it", async () => {
    const layer = new StringLookup({ vocabulary: ["a"] });
    const bytes = await toBytes(new Sequential([Input({ shape: [1], dtype: "string" }), layer]));
    expect((await openArchive(memorySource(bytes), "model")).members.size).toBe(3);
  });

  it("cannot have a line break in a term", async () => {
    const model = new Sequential([Input({ shape: [1], dtype: "string" }), learned(["a\n"])]);
    await expect(async () => toBytes(model)).rejects.toThrow("expected terms without line breaks");
  });

  it.each<[string, string | Uint8Array | null, string]>([
    ["missing", null, "received none."],
    ["no UTF-8", Uint8Array.of(0x61, 0x0a, 0xff), "expected UTF-8 text, received other bytes."],
    ["a term twice", "\n[UNK]\na\na", 'expected each term once, received "a" again.'],
    ["millions of lines", "\n".repeat(4_000_000), "values of JSON"],
  ])("are refused: %s", async (_, given, message) => {
    const bytes = await withVocabulary(typeof given === "string" ? text(given) : given);
    await expect(loadModel(bytes, { limits: { jsonValues: 1_000_000 } })).rejects.toThrow(message);
  });

  it("may be missing where somebody wants to know", async () => {
    const issues: string[] = [];
    await loadModel(await withVocabulary(null), { onUnknown: ({ message }) => issues.push(message) });
    expect(issues).toEqual([
      'expected the file "assets/layers/text_vectorization/_lookup_layer/vocabulary.txt", received none.',
    ]);
  });

  it("of integers are integers", async () => {
    const layer = new IntegerLookup();
    layer.adapt([3, 3, -7]);
    const bytes = await toBytes(new Sequential([Input({ shape: [1], dtype: "int64" }), layer]));
    const [read] = (await loadModel(bytes)).layers;
    expect((read as IntegerLookup).getVocabulary()).toEqual([-1, 3, -7]);
  });
});
