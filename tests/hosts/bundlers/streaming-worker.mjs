import { askWorker } from "./ask-worker.mjs";

askWorker(new Worker(new URL("./streaming-in-worker.mjs", import.meta.url), { type: "module" }));
