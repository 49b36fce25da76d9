// The types of what the build generates, for checking what imports it.

declare module "*/wasm/glue.js" {
  /** The exports of the module, once it is instantiated by a call of the glue itself. */
  interface Glue {
    (source: { module_or_path: unknown }): Promise<unknown>;
    // biome-ignore lint/suspicious/noExplicitAny: the functions take and give anything.
    [name: string]: (...args: any[]) => any;
  }

  export function createGlue(): Glue;
}

declare module "*/wasm/base64.js" {
  export const base64: string;
}

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
