export type { App } from "./kit/App.js";
export type { AccessLine } from "./kit/Options.js";
export { nativeDialect } from "./native/Dialect.js";
export { type NativeOptions, nativeApp } from "./native/Native.js";
export { nativeShape } from "./native/WebhookShape.js";
export * from "./WebHandler.js";
