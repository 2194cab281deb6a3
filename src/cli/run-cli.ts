import { readFileSync } from "node:fs";
import { Command as Commander, CommanderError, Option as Flag, InvalidArgumentError } from "commander";
import type { Limits } from "../saving/budget.ts";
import { type Command, exitCodes, modelFile, type Option, pathIn, UsageError } from "./command.ts";
import { commands } from "./commands/index.ts";
import type { Io, Streams } from "./io.ts";
import { limitFlag } from "./limit-flag.ts";
import { reportError, reportUsage } from "./report.ts";
import { withStatus } from "./status.ts";

const description = `Look into .keras files, draw, clone, run, check and export the models in them.

FILE is ${modelFile} (https:…, file:…), or - for standard input.`;

const ending = `
Exit code: 0 where all is well, 1 where the file is bad or a check failed, 2 where the command line is wrong.`;

/** Runs one command line, given without the program's name. Gives the exit code, and never throws. */
export async function runCli(args: readonly string[], streams: Streams): Promise<number> {
  const io = withStatus(streams);
  let code: number = exitCodes.ok;
  const program = programFor(io, (result) => {
    code = result ?? exitCodes.ok;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    const debug = args.includes("--debug") || (io.env.CERATOPS_DEBUG ?? "") !== "";
    return reportError(error, io, debug);
  } finally {
    io.status.clear();
  }
}

function programFor(io: Io, done: (code: number | undefined) => void): Commander {
  const program = new Commander("ceratops");
  program
    .description(description)
    .version(version(), "-v, --version", "Print the version.")
    .helpOption("-h, --help", "Print this help.")
    .helpCommand("help [COMMAND]", "Print the help of a command.")
    .option("--debug", "Print where an error came from (or set CERATOPS_DEBUG=1).")
    .addHelpText("after", ending)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text) => reportUsage(text, io),
    });
  for (const command of commands) addCommand(program, command, io, done);
  return program;
}

function addCommand(
  program: Commander,
  command: Command,
  io: Io,
  done: (code: number | undefined) => void,
): void {
  const added = program.command(command.name).description(command.description);
  added.helpOption("-h, --help", "Print this help.");
  for (const [name, meaning] of Object.entries(command.arguments)) added.argument(`<${name}>`, meaning);
  for (const [key, option] of Object.entries(command.options)) added.addOption(flagFor(key, option));
  if (Object.keys(command.arguments).some((name) => name.startsWith("FILE"))) added.addOption(limitFlag());
  added.option("--debug", "Print where an error came from.");
  added.addHelpText(
    "after",
    `${command.notes === undefined ? "" : `\n${command.notes}\n`}\nExamples:\n${command.examples.map((line) => `  $ ceratops ${line}`).join("\n")}`,
  );
  added.action(async (...given: unknown[]) => {
    const args = given.slice(0, Object.keys(command.arguments).length).flat() as string[];
    io.limits = added.opts<{ limit?: Limits }>().limit ?? {};
    done(await command.run({ args: args.map(pathIn), options: added.opts(), io }));
  });
}

function flagFor(key: string, option: Option<unknown>): Flag {
  const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const flag = new Flag(
    `${option.letter ? `-${option.letter}, ` : ""}--${name}${option.value ? ` <${option.value}>` : ""}`,
    option.description,
  );
  if (option.choices) flag.choices(option.choices);
  if (option.parse) flag.argParser((text) => parsed(option.parse!, text));
  return flag;
}

function parsed(parse: (text: string) => unknown, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof UsageError) throw new InvalidArgumentError(sentence(error.message));
    throw error;
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function version(): string {
  const url = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(url, "utf8")) as { version: string }).version;
}
