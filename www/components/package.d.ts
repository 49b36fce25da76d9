// Where the components' imports of the package get their types. For the type checker only.

declare module "*/codecatalyst-pat/format-date.js" {
  type FormatDate = typeof import("../../pkg-template/format-date.js");
  export const formatDate: FormatDate["formatDate"];
}

declare module "*/codecatalyst-pat/safe-text.js" {
  type SafeText = typeof import("../../pkg-template/safe-text.js");
  export const escapeName: SafeText["escapeName"];
  export const escapeUnsafe: SafeText["escapeUnsafe"];
  export const isBlank: SafeText["isBlank"];
  export const splitName: SafeText["splitName"];
}
