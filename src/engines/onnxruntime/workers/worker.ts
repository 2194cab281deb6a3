import { serveInWorker } from "./serve.ts";

serveInWorker();
