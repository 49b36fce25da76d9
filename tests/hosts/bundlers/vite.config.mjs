// What Vite does by default, of the page that the mode names.
export default ({ mode }) => ({
  logLevel: "warn",
  build: { rollupOptions: { input: `${mode}.html` } },
});
