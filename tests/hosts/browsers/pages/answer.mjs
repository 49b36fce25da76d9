// Answers messages: in every kind of worker, and in a frame.

export function answerWith(pkg, report) {
  const answer = async ({ data, ports: [port] }) => {
    port.postMessage(await report(pkg, data[0], data.slice(1)).catch(String));
  };
  globalThis.addEventListener("message", answer);
  globalThis.addEventListener("connect", ({ ports: [port] }) => {
    port.onmessage = answer;
  });
}
