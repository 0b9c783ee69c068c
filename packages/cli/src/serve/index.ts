export * from "./Server.js";
export * from "./Welcome.js";
