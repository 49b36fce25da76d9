// The parts of the extension API that this extension uses, and where its imports of the package
// get their types. For the type checker only.

declare namespace chrome {
  namespace runtime {
    interface MessageSender {
      id?: string;
      url?: string;
    }
    const id: string;
    function getURL(path: string): string;
    function getPlatformInfo(): Promise<unknown>;
    function sendMessage(message: unknown): Promise<unknown>;
    const onMessage: {
      addListener(
        listener: (
          message: { command: string } | undefined,
          sender: MessageSender,
          sendResponse: (response: unknown) => void,
        ) => boolean,
      ): void;
    };
  }
  namespace storage {
    const session: {
      get(key: "state"): Promise<{ state?: import("./state.js").State }>;
      get(key: "token"): Promise<{ token?: string }>;
      get(key: "selected"): Promise<{ selected?: string[] }>;
      set(items: Record<string, unknown>): Promise<void>;
      remove(keys: string[]): Promise<void>;
    };
    const onChanged: {
      addListener(listener: (changes: Record<string, unknown>, area: string) => void): void;
    };
  }
}

declare module "*/codecatalyst-pat/streaming.js" {
  type Package = typeof import("../../pkg-template/index.js");
  export const deleteAccessTokens: Package["deleteAccessTokens"];
  export const listAccessTokens: Package["listAccessTokens"];
  export type CodeCatalystError = import("../../pkg-template/index.js").CodeCatalystError;
  export type CodeCatalystErrorJson = import("../../pkg-template/index.js").CodeCatalystErrorJson;
  export type DeletionResult = import("../../pkg-template/index.js").DeletionResult;
}

declare module "*/codecatalyst-pat/describe-wait.js" {
  type DescribeWait = typeof import("../../pkg-template/describe-wait.js");
  export const describeWait: DescribeWait["describeWait"];
  export const WaitTracker: DescribeWait["WaitTracker"];
  export type Wait = import("../../pkg-template/describe-wait.js").Wait;
}

declare module "*/codecatalyst-pat/format-error.js" {
  type Package = typeof import("../../pkg-template/format-error.js");
  export const explainError: Package["explainError"];
  export const formatCount: Package["formatCount"];
}

declare module "*/codecatalyst-pat/stoppable.js" {
  type Stoppable = typeof import("../../pkg-template/stoppable.js");
  export const describeStop: Stoppable["describeStop"];
  export const isSignInRefused: Stoppable["isSignInRefused"];
  export const MAX_REFUSALS_IN_A_ROW: Stoppable["MAX_REFUSALS_IN_A_ROW"];
  export const StoppableRun: Stoppable["StoppableRun"];
  export type StoppableRun = import("../../pkg-template/stoppable.js").StoppableRun;
}
