export { answerTo } from "./Answers.js";
export type { HostOptions } from "./Hosts.js";
export { type KartuStokOptions, kartuStokApp } from "./KartuStok.js";
