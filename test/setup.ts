import { afterAll, afterEach } from "vitest";
import { endConsoleWatch, watchConsole } from "./console.ts";

watchConsole();
afterEach(endConsoleWatch);
afterAll(endConsoleWatch);
