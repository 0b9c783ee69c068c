/** Named points where tests make the engine fail or wait; in production they do nothing. */
import { Context, Effect } from "effect";
import type { StoreError } from "./Errors.js";

export const FAULT_POINTS = [
  "before load",
  "before append",
  "after append, before answer",
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

export class FaultPoints extends Context.Reference<FaultPoints>()("@stockbook/engine/FaultPoints", {
  defaultValue: (): ((point: FaultPoint) => Effect.Effect<void, StoreError>) => () => Effect.void,
}) {}
