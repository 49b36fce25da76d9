import { defineConfig } from "@playwright/test";

const port = process.env.PORT ?? "5173";
const baseURL = `http://localhost:${port}`;

export default defineConfig({
  use: { baseURL },
  webServer: { command: `vite page --port ${port} --strictPort`, url: baseURL },
});
