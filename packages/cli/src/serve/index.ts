export * from "./Server.js";
export { settingsOf } from "./Settings.js";
export * from "./Welcome.js";
