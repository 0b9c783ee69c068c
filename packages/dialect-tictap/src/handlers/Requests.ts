/** What handlers know of whoever asks, and how they refuse. */
import type { Caller } from "@stockbook/engine";
import { InvalidInput, type Part, type RequestContext } from "@stockbook/http/kit";
import { settingsOf, type TictapSettings } from "../mapping/Settings.js";

/** Whose key it is: no endpoint of this API is public. */
export function callerOf({ caller }: RequestContext): Caller {
  return caller as Caller;
}

export function settingsFor(context: RequestContext): TictapSettings {
  return settingsOf(callerOf(context).organisation);
}

/** Who is written down as having done it. */
export function actorOf(context: RequestContext): string {
  return callerOf(context).key.id;
}

/** A field that is not what it must be. */
export function invalid(part: Part, field: string | readonly (string | number)[], message: string) {
  const path = typeof field === "string" ? [field] : field;
  return new InvalidInput({ issues: [{ in: part, path, message }] });
}
