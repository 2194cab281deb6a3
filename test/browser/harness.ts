/** Serves a page made of one bundled entry file, opens it in headless Chromium and calls functions in it. */
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize, sep } from "node:path";
import { build } from "esbuild";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { browserBuild } from "../../tools/bundle.ts";
import { ROOT } from "../../tools/doors.ts";

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

export interface OpenPage {
  readonly page: Page;
  /** Exceptions that nobody caught and console errors since the last call. */
  takeProblems(): string[];
  close(): Promise<void>;
}

export interface PageOptions {
  /** Folders served besides the bundle: path prefix (`"/golden/"`) to folder. */
  readonly folders?: Readonly<Record<string, string>>;
}

/**
 * Bundles `entry` and the engine's worker, and opens a page that has run it; `onnxruntime-web` is bundled like any
 * package.
 */
export async function openPage(entry: string, { folders = {} }: PageOptions = {}): Promise<OpenPage> {
  const site = mkdtempSync(join(tmpdir(), "site-"));
  const remove = () => rmSync(site, { recursive: true, force: true, maxRetries: 5 });
  try {
    await build({
      ...browserBuild(),
      // The engine names its worker beside itself, which bundlers that follow `new URL` do by themselves.
      entryPoints: { page: entry, worker: join(ROOT, "src/engines/onnxruntime/workers/worker.ts") },
      outdir: site,
      external: ["onnxruntime-node"],
      sourcemap: "inline",
    });
    const opened = await openSite({ ...folders, "/": site });
    return { ...opened, close: () => opened.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * Opens the page of a folder, its `index.html` or one that runs its `page.js`. The page is cross-origin isolated, so that
 * it may use threads. `folders` is path prefix (`"/golden/"`) to folder.
 */
export async function openSite(folders: Readonly<Record<string, string>>): Promise<OpenPage> {
  const work = mkdtempSync(join(tmpdir(), "browser-"));
  const cleanup: (() => unknown)[] = [() => rmSync(work, { recursive: true, force: true, maxRetries: 5 })];
  const close = async () => {
    for (const step of cleanup.splice(0).reverse()) await step();
  };
  try {
    const server = createServer(answer(folders));
    cleanup.push(() => stop(server));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const context = await chromium.launchPersistentContext(join(work, "profile"), {
      executablePath: CHROMIUM,
      args: FLAGS,
    });
    cleanup.push(() => context.close());
    const { page, problems } = await watchedPage(context);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return { page, takeProblems: () => problems.splice(0), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function watchedPage(context: BrowserContext): Promise<{ page: Page; problems: string[] }> {
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console.error: ${message.text()}`);
  });
  return { page, problems };
}

function answer(folders: Readonly<Record<string, string>>): RequestListener {
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
  return (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    if (path.startsWith("/web/")) return answerAnyPage(request, response, path.slice("/web/".length));
    const index = join(folders["/"] ?? "", "index.html");
    if (path === "/" && existsSync(index)) return sendFile(response, index, undefined);
    if (path === "/")
      return send(response, ".html", '<!doctype html><script type="module" src="/page.js"></script>');
    if (path === "/favicon.ico") return response.writeHead(204).end();
    const prefix = prefixes.find((prefix) => path.startsWith(prefix)) ?? "/";
    const folder = normalize(`${folders[prefix]}${sep}`);
    const file = join(folder, path.slice(prefix.length));
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile())
      return response.writeHead(404).end();
    sendFile(response, file, request.headers.range);
  };
}

/** What pages of other hosts may ask for too: the headers of the request, or a redirect to the address behind `moved/`. */
function answerAnyPage(request: IncomingMessage, response: ServerResponse, what: string): void {
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Access-Control-Allow-Headers", "x-key, authorization, range");
  if (request.method === "OPTIONS") response.writeHead(204).end();
  else if (what === "headers") send(response, ".json", JSON.stringify(request.headers));
  else response.writeHead(302, { Location: what.replace(/^moved\//, "") }).end();
}

function send(response: ServerResponse, extension: string, text: string): void {
  response.setHeader("Content-Type", TYPES[extension] ?? "application/octet-stream");
  response.end(text);
}

/** Whole files and single byte ranges (`bytes=a-b`), which is what range readers ask for. */
function sendFile(response: ServerResponse, file: string, range: string | undefined): void {
  const { size } = statSync(file);
  response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
  response.setHeader("Accept-Ranges", "bytes");
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  if (from === undefined) {
    response.setHeader("Content-Length", size);
    createReadStream(file).pipe(response);
    return;
  }
  const start = Number(from);
  const end = Math.min(to ? Number(to) : size - 1, size - 1);
  if (start > end) {
    response.writeHead(416, { "Content-Range": `bytes */${size}` }).end();
    return;
  }
  response.writeHead(206, {
    "Content-Range": `bytes ${start}-${end}/${size}`,
    "Content-Length": end - start + 1,
  });
  createReadStream(file, { start, end }).pipe(response);
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((stopped) => server.close(() => stopped()));
}
