import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeNpy } from "../tensor/npy.ts";
import { Tensor } from "../tensor/tensor.ts";
import { capture } from "./capture.fixture.ts";
import { commands } from "./commands/index.ts";

const dense = "golden/3.6/files/dense.keras";
const wide = "golden/3.6/files/multi_output.keras";
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ceratops-"));
  const bytes = readFileSync(dense);
  writeFileSync(join(folder, "truncated.keras"), bytes.subarray(0, 9000));
  writeFileSync(join(folder, "empty.keras"), "");
  writeFileSync(join(folder, "model.h5"), Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a));
  writeFileSync(join(folder, "five.npy"), writeNpy(new Tensor("float32", [2, 5], new Float32Array(10))));
  writeFileSync(join(folder, "four.npy"), writeNpy(new Tensor("float32", [2, 4], new Float32Array(8))));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The text with the tests' folder taken out. */
function here(text: string): string {
  return text.replaceAll(folder, "FOLDER").replaceAll("\\", "/");
}

describe("mistakes", () => {
  it.each<[args: string, code: number, message: string]>([
    ["summary", 2, "missing required argument 'FILE'."],
    ["summary a b", 2, "too many arguments for 'summary'. Expected 1 argument but got 2."],
    ["sumary a", 2, "unknown command 'sumary'. Did you mean summary?"],
    ["clone a b --wieghts copy", 2, "unknown option '--wieghts'. Did you mean --weights?"],
    [
      "clone a b --weights best",
      2,
      "option '--weights <kind>' argument 'best' is invalid. Allowed choices are copy, fresh.",
    ],
    [
      "config a --indent two",
      2,
      `option '--indent <spaces>' argument 'two' is invalid. Expected an integer of at least 0, received "two".`,
    ],
    [`run ${dense} --input x.npy`, 1, "x.npy: cannot be read: no such file or directory."],
    ["run - --input - --output y.npy", 2, "expected - for one file at most, received it twice."],
    [
      `run ${wide} --input FOLDER/four.npy --output y.npy`,
      2,
      '--output: expected a .npz file for 3 outputs, received "y.npy".',
    ],
    [`clone ${dense} - --json`, 2, "expected one of --json and OUT on standard output, received both."],
    ["summary absent.keras", 1, "absent.keras: cannot be read: no such file or directory."],
    ["summary golden", 1, "golden: expected a file, received a folder."],
    [
      "summary FOLDER/empty.keras",
      1,
      "FOLDER/empty.keras: expected a .keras file, received an empty file. The download or the copy failed: get it again.",
    ],
    [
      "summary FOLDER/model.h5",
      1,
      "FOLDER/model.h5: expected an HDF5 file, received 8 bytes without its signature.",
    ],
    [
      `graph ${dense} -o model.png`,
      2,
      '--output: expected a name that ends in .svg, .mmd, .mermaid, .dot, .gv, or --format, received "model.png".',
    ],
    ["summary https://a.b:x/m.keras?sig=secret", 2, 'expected an address, received "https://a.b:x/m.keras".'],
    [
      `export ${dense} https://a.b/m.onnx?sig=secret`,
      2,
      "expected a file to write, received the address https://a.b/m.onnx.",
    ],
    ["https://a.b/m.keras?sig=secret", 2, "unknown command 'https://a.b/m.keras'."],
    [
      "config FOLDER/four.npy",
      1,
      "FOLDER/four.npy: expected a .keras file, received a .npy file. It holds an array and no model.",
    ],
    [
      "config FOLDER/truncated.keras",
      1,
      "FOLDER/truncated.keras: expected a whole zip archive, received one without its end. The file may be cut, or not downloaded whole.",
    ],
    [
      `run ${dense} --input FOLDER/five.npy --output FOLDER/y.npy`,
      1,
      'FOLDER/five.npy: input "x": expected shape (None, 4), received (2, 5).',
    ],
    [
      `export ${dense} FOLDER/none/m.onnx`,
      1,
      "FOLDER/none/m.onnx: cannot be written: no such file or directory. Make its folder first.",
    ],
    [
      `export ${dense} ${dense}`,
      1,
      `${dense}: expected another file than the one that is read. An ONNX file cannot take its place.`,
    ],
    [
      `clone ${dense} ${dense}`,
      1,
      `${dense}: expected another file than the one that is read. Pass --force to replace it.`,
    ],
    [
      `summary ${dense} --to last`,
      1,
      'summary: expected layer_range to name layers of the model, received "last", which none has.',
    ],
  ])("%s", async (args, code, message) => {
    const given = args.split(" ").map((arg) => arg.replace("FOLDER", folder));
    const result = await capture(given);
    expect(here(result.stderr)).toBe(`ceratops: error: ${message}\n`);
    expect(result).toMatchObject({ code, stdout: "" });
  });

  it.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ["--debug after the command", ["summary", "absent.keras", "--debug"], {}],
    ["--debug before it", ["--debug", "summary", "absent.keras"], {}],
    ["CERATOPS_DEBUG", ["summary", "absent.keras"], { CERATOPS_DEBUG: "1" }],
  ])("show where they came from with %s", async (_, args, env) => {
    const { code, stderr } = await capture(args, { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ceratops: error: absent\.keras: cannot be read.*\nFileError: .*\n +at /);
    expect(stderr).toContain("ENOENT");
  });

  it("are red on a terminal, unless NO_COLOR is set", async () => {
    const args = ["summary", "absent.keras"];
    expect((await capture(args, { isTTY: true })).stderr).toContain("\u001b[31merror\u001b[39m");
    expect((await capture(args, { isTTY: true, env: { NO_COLOR: "1" } })).stderr).not.toContain("\u001b");
  });
});

describe("help", () => {
  it("lists the commands", async () => {
    const { code, stdout } = await capture(["--help"]);
    expect(code).toBe(0);
    for (const { name, description } of commands) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, "m"));
      expect(stdout.replace(/\s+/g, " ")).toContain(description);
    }
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    "of %s has its examples",
    async (name, command) => {
      const { code, stdout } = await capture([name, "--help"]);
      expect(code).toBe(0);
      for (const example of command.examples) expect(stdout).toContain(`$ ceratops ${example}\n`);
      expect((await capture(["help", name])).stdout).toBe(stdout);
    },
  );

  it("goes to standard error where no command is given", async () => {
    const { code, stdout, stderr } = await capture([]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: ceratops");
  });

  it("prints the version", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(await capture(["--version"])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });
});
