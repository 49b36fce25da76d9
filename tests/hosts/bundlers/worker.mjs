import { askWorker } from "./ask-worker.mjs";

askWorker(new Worker(new URL("./in-worker.mjs", import.meta.url), { type: "module" }));
