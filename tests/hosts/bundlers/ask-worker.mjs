// Has a worker run the checks, and nobody else.

/** @param {Worker} worker */
export const askWorker = (worker) => {
  globalThis.report = (...args) =>
    new Promise((resolve) => {
      worker.onerror = ({ message }) => resolve(message);
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage(args);
    });
};
