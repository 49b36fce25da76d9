// A classic worker can import modules, but only later: messages that come before must be kept.

const waiting = new Promise((resolve) => addEventListener("message", resolve, { once: true }));
Promise.all([import("/codecatalyst-pat/index.js"), import("/report.mjs"), waiting]).then(
  async ([
    pkg,
    { report },
    {
      data,
      ports: [port],
    },
  ]) => {
    port.postMessage(await report(pkg, data[0], data.slice(1)).catch(String));
  },
);
