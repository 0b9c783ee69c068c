export * from "./Arbitraries.js";
export * from "./Book.js";
export type * from "./History.js";
export * from "./Law.js";
export * from "./LawRun.js";
export * from "./Laws.js";
export * from "./Model.js";
export * from "./ModelChanges.js";
export * from "./ModelDays.js";
export * from "./Resolve.js";
export * from "./Runner.js";
export * from "./Snapshot.js";
export {
  CONFORMANCE_TESTS,
  type ConformanceOptions,
  type ConformanceTest,
  type StoreUnderTest,
  storeConformance,
} from "./StoreConformance.js";
export * from "./Story.js";
export * from "./World.js";
