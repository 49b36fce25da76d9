// Has whoever takes messages run the checks.

export const askFor = (target) => {
  globalThis.report = (...args) => {
    const { port1, port2 } = new MessageChannel();
    target.postMessage(args, [port2]);
    return new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
    });
  };
};
