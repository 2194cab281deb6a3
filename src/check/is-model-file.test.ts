import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { text, zip } from "../saving/archive.fixture.ts";
import { config, kerasFile, npyFile } from "./files.fixture.ts";
import { isModelFile } from "./is-model-file.ts";

const bytesOf = (path: string) => new Uint8Array(readFileSync(path));

it.each([
  ["nothing, by its name", new Uint8Array(), "a.keras", true],
  ["text, by its name", text("x"), "A.H5", true],
  ["a pickle, by its name", text("x"), "scaler.pkl", true],
  ["a model", kerasFile(), "blob", true],
  ["HDF5", bytesOf("golden/hdf5/refused-external-latest.h5"), "blob", true],
  ["an array", npyFile("'<f4'"), "blob", true],
  ["arrays", zip([{ name: "a.npy", bytes: npyFile("'<f4'") }]), "blob", true],
  ["a file of PyTorch", zip([{ name: "archive/data.pkl", bytes: text("x") }]), "blob", true],
  ["a pickle", Uint8Array.of(0x80, 4, 0x95, 1, 0), "blob", true],
  ["a config", text(config), "config.json", true],
  ["a config as YAML", text("class_name: Sequential\n"), "model.yaml", true],
  ["YAML of Python", text("config: !!python/object/apply:os.system [id]\n"), "x", true],
  ["a SavedModel", text("\u0008\u0001\u0012\u0005keras"), "x", true],
  ["other YAML", text("config: x\n"), "compose.yaml", false],
  ["other JSON", text('{"name": "x"}'), "package.json", false],
  ["broken JSON", text("{"), "x.json", false],
  ["another archive", zip([{ name: "a.txt", bytes: text("x") }]), "a.zip", false],
  ["a broken archive", text("PK\u0003\u0004"), "a.zip", false],
  ["an archive of gzip", Uint8Array.of(0x1f, 0x8b, 8), "a.tgz", false],
  ["text that looks like a pickle", text("changes\n1.0\n"), "CHANGES", false],
  ["a program", text("\u007fELF"), "a.out", false],
  ["nothing", new Uint8Array(), "x", false],
])("%s: %#", async (_, bytes, name, isModel) => {
  expect(await isModelFile(bytes, name)).toBe(isModel);
});
