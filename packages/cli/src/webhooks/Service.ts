/** The webhooks of a book: in whose words is told, and who may be told at all. */
import {
  canonicalRange,
  type TargetPolicy,
  targetFault,
  type WebhookShape,
  Webhooks,
} from "@stockbook/engine";
import { nativeShape } from "@stockbook/http";
import { Effect } from "effect";
import { Failure } from "../Failure.js";
import { RANGES } from "./Settings.js";

export function webhooksTo(policy: TargetPolicy, shapes: readonly WebhookShape[] = [nativeShape]) {
  return Webhooks.layer({
    shapes,
    targetFault: (url) => targetFault(policy, url)?.message,
  });
}

/** Fails where a range is none. */
export function checkRanges({ allowedRanges }: TargetPolicy): Effect.Effect<void, Failure> {
  const wrong = allowedRanges.find((range) => canonicalRange(range) === undefined);
  if (wrong === undefined) return Effect.void;
  const right = "addresses or ranges such as 10.0.0.0/8, with commas";
  return new Failure({ message: `${RANGES} must be ${right}, not ${JSON.stringify(wrong)}` });
}
