/** Handlers that tell whether a token works, and for which company. */
import type { HandlersOfGroup } from "@stockbook/http/kit";
import { Clock, Effect } from "effect";
import { type Reading, success } from "./Books.js";
import type { Meta } from "./contract/Api.js";
import { localTime } from "./LocalTime.js";
import { idsOf } from "./PublicNames.js";

export function metaHandlers(reading: Reading): HandlersOfGroup<typeof Meta> {
  return {
    health: (_, context) =>
      reading(context, ({ calendar }) =>
        Effect.map(Clock.currentTimeMillis, (now) =>
          success({ ok: true, time: localTime(calendar, now) } as const),
        ),
      ),
    company: (_, context) =>
      reading(context, ({ ledger, organisation: { id, name, settings } }) =>
        Effect.map(idsOf(ledger, "organisation", [id]), (idOf) =>
          success({
            id: idOf(id),
            name,
            slug: id,
            currency: settings.currency,
            timezone: settings.timeZone,
          }),
        ),
      ),
  };
}
