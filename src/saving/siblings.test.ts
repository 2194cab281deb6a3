import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { FileError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { ranged, serve } from "./http.fixture.ts";
import { httpSource } from "./http-source.ts";
import { interruptible } from "./interruptible.ts";
import { eachInFolder } from "./node/folder.fixture.ts";
import { mainFileAt } from "./node/folder.ts";
import { openInput } from "./node/input.ts";
import { openBeside } from "./siblings.ts";
import { memorySource, toSource } from "./sources.ts";

let folder: string;
eachInFolder((each) => {
  folder = each;
});

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = async (source: ByteSource) => new TextDecoder().decode(await source.read(0, source.size));
const anywhere = { siblings: { open: async (name: string) => memorySource(bytes(name)) } };

describe("openBeside", () => {
  it.each(["w.bin", "group1-shard1of2.bin", "variables/variables.index", "a b/ü.bin", "..a", "a..b/..c.d"])(
    "opens %j",
    async (name) => {
      expect(await textOf(await openBeside(anywhere, name, "model.json"))).toBe(name);
    },
  );

  it.each([
    ["", "an empty one"],
    ["..", "one that leaves the folder"],
    ["../w.bin", "one that leaves the folder"],
    ["a/../../w.bin", "one that leaves the folder"],
    ["a/..", "one that leaves the folder"],
    ["/etc/passwd", "an absolute one"],
    ["//host/w.bin", "an absolute one"],
    ["\\\\host\\w.bin", "one with a backslash"],
    ["..\\w.bin", "one with a backslash"],
    ["C:/w.bin", "one with a colon"],
    ["c:w.bin", "one with a colon"],
    ["https://example.com/w.bin", "one with a colon"],
    ["file:w.bin", "one with a colon"],
    ["w.bin:stream", "one with a colon"],
    ["a//b", "one with an empty part"],
    ["./w.bin", "one with an empty part"],
    ["a/", "one with an empty part"],
    ["w\0.bin", "one with control characters"],
    ["w\n.bin", "one with control characters"],
    ["w\ud800.bin", "one with control characters"],
    ["w".repeat(1025), "one of 1025 characters"],
  ])("refuses %j", async (name, received) => {
    const error = await openBeside(anywhere, name, "model.json: weightsManifest[0]").catch((error) => error);
    expect(error).toBeInstanceOf(FileError);
    expect(error.message).toContain(
      `model.json: weightsManifest[0]: expected the name of a file in the same folder, received ${received}, `,
    );
  });

  it("says what is missing where one file is read alone", async () => {
    await expect(openBeside(memorySource(bytes("{}")), "w.bin", "model.json")).rejects.toThrow(
      'model.json: expected the file "w.bin" beside it, received one file alone. Give a path, an address, or a list of all files.',
    );
  });
});

describe("siblings of", () => {
  it("a path are in its folder, and are closed with it", async () => {
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(folder, "model.json"), "{}");
    writeFileSync(join(folder, "deep", "w.bin"), "weights".repeat(10_000));
    for (const input of [join(folder, "model.json"), pathToFileURL(join(folder, "model.json"))]) {
      const { source, close } = await openInput(input);
      const beside = await openBeside(source, "deep/w.bin", "at");
      expect(await textOf(beside)).toBe("weights".repeat(10_000));
      expect(beside.readSync?.(0, 7)).toEqual(bytes("weights"));
      await expect(openBeside(source, "none.bin", "at")).rejects.toThrow(FileError);
      await expect(openBeside(source, "none.bin", "at")).rejects.toThrow(/none\.bin.*\. at names it\.$/s);
      close();
      await expect(beside.read(0, 1)).rejects.toThrow("expected an open file, received a closed one.");
    }
  });

  it("an address are in its folder, and are asked for with what stands behind it", async () => {
    const asked: string[] = [];
    const files: Readonly<Record<string, string>> = { "/m.keras": "{}", "/a%20b/%252e.bin": "weights" };
    const address = await serve((request, response, range) => {
      const [path = "", query = ""] = (request.url ?? "").split("?");
      asked.push(`${path} ${query} ${request.headers.authorization}`);
      const found = files[path];
      if (found === undefined) response.writeHead(404).end();
      else ranged(bytes(found))(request, response, range);
    });
    const source = await httpSource(`${address}?token=1`, { headers: { Authorization: "me" } });
    expect(await textOf(await openBeside(source, "a b/%2e.bin", "at"))).toBe("weights");
    await expect(openBeside(source, "none.bin", "at")).rejects.toThrow("received 404");
    expect(asked).toEqual(["/m.keras token=1 me", "/a%20b/%252e.bin token=1 me", "/none.bin token=1 me"]);
  });

  it("no address that is no place in a folder", async () => {
    const source = await httpSource("data:application/json,{}");
    await expect(openBeside(source, "w.bin", "at")).rejects.toThrow(
      'expected an address with files beside it, such as "w.bin", received one of data: that has none.',
    );
  });

  const file = (name: string, text: string, path = "") =>
    Object.defineProperty(new File([text], name), "webkitRelativePath", { value: path });

  it.each([
    ["chosen one by one", [file("w.bin", "weights"), file("model.json", "{}")]],
    [
      "of a folder",
      [
        file("w.bin", "others", "m/other/w.bin"),
        file("w.bin", "weights", "m/weights/w.bin"),
        file("model.json", "{}", "m/model.json"),
      ],
    ],
    ["with another name", [file("my.json", "{}"), file("w.bin", "weights")]],
  ])("a list of files %s are in it", async (_, files) => {
    const source = await toSource(files);
    expect(await textOf(source)).toBe("{}");
    expect(await textOf(await openBeside(source, "weights/w.bin", "at"))).toBe("weights");
    await expect(openBeside(source, "none.bin", "at")).rejects.toThrow(
      /expected the file "none.bin" in the list, received \[/,
    );
  });

  it.each([
    [[], "expected a list with one saved_model.pb or model.json, received []."],
    [
      [file("a.bin", ""), file("b.bin", "")],
      'expected a list with one saved_model.pb or model.json, received ["a.bin", "b.bin"].',
    ],
    [[file("a.json", ""), file("b.json", "")], "expected a list with one saved_model.pb or model.json"],
    [[file("a.json", ""), "b.json"], 'expected a list of files, received "b.json" at 1.'],
  ])("no list but one with a model: %#", async (list, message) => {
    const error = await toSource(list as Blob[]).catch((error) => error);
    expect(error).toBeInstanceOf(FileError);
    expect(error.message).toContain(message);
  });

  it("a source are there while a signal may end the work, and later", async () => {
    const controller = new AbortController();
    const beside = await interruptible(
      { ...memorySource(bytes("{}")), ...anywhere },
      controller.signal,
      (open) => openBeside(open, "w.bin", "at"),
    );
    controller.abort();
    expect(await textOf(beside)).toBe("w.bin");
    const stopped = interruptible({ ...memorySource(bytes("{}")), ...anywhere }, controller.signal, (open) =>
      openBeside(open, "w.bin", "at"),
    );
    await expect(stopped).rejects.toThrow("aborted");
  });
});

describe("the main file of a folder", () => {
  beforeEach(() => {
    mkdirSync(join(folder, "saved", "variables"), { recursive: true });
    for (const name of ["saved_model.pb", "variables/variables.index"])
      writeFileSync(join(folder, "saved", name), name);
  });

  it("is opened in its place on disk", () => {
    expect(mainFileAt(join(folder, "saved"))).toBe(join(folder, "saved", "saved_model.pb"));
    expect(mainFileAt(folder)).toBe(folder);
    expect(mainFileAt("")).toBe("");
  });

  it("is the index of a checkpoint for what all its files begin with", () => {
    const start = join(folder, "saved", "variables", "variables");
    expect(mainFileAt(start)).toBe(`${start}.index`);
  });

  it("is opened in its place at an address", async () => {
    const asked: string[] = [];
    const address = await serve((request, response, range) => {
      asked.push(request.url ?? "");
      if (/^\/(saved\/model\.json|other\/)$/.test(request.url ?? ""))
        ranged(bytes("{}"))(request, response, range);
      else response.writeHead(404).end();
    });
    const folders = ["saved/", "other/"].map((path) => new URL(path, address).href);
    for (const each of folders) expect(await textOf(await httpSource(each))).toBe("{}");
    expect(asked).toEqual([
      "/saved/saved_model.pb",
      "/saved/model.json",
      "/other/saved_model.pb",
      "/other/model.json",
      "/other/",
    ]);
    await expect(httpSource(new URL("none/", address))).rejects.toThrow("/none/: expected status 206 or 200");
  });
});
