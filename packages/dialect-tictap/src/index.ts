export { type TictapOptions, tictapApp } from "./App.js";
export { tictapDialect } from "./Dialect.js";
export { tictapShape } from "./WebhookShape.js";
