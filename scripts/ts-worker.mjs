// Lets a worker thread of Node run a TypeScript module: `new Worker(this file, { workerData: { module: url } })`.
import { workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
await import(workerData.module);
