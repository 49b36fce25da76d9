// What Vite does by default, of a page by another name.
export default { logLevel: "warn", build: { rollupOptions: { input: "streaming.html" } } };
