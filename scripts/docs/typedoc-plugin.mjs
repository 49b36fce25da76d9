// What TypeDoc's navigation leads to beside its own pages: TypeDoc's options take no relative links.

const LINKS = [
  ["The crate: core and edge", "rust/codecatalyst_pat/index.html"],
  ["llms.txt", "llms.txt"],
];

/** @param {any} app TypeDoc's application */
export function load(app) {
  app.renderer.hooks.on("sidebar.end", (/** @type {any} */ context) => ({
    tag: "nav",
    props: { class: "tsd-navigation" },
    children: LINKS.map(([text = "", path = ""]) => ({
      tag: "a",
      props: { href: context.relativeURL(path) },
      children: [text],
    })),
  }));
}
