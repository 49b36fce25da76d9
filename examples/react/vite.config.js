import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const codecatalyst = {
  target: process.env.CODECATALYST_URL ?? "https://codecatalyst.global.api.aws",
  changeOrigin: true,
  rewrite: (path) => path.replace("/codecatalyst", ""),
};

export default defineConfig({
  plugins: [react()],
  server: { proxy: { "/codecatalyst/": codecatalyst } },
});
