/** Keys as people read them. */
import type { Instant } from "@stockbook/core";
import type { CreatedKey, KeyView } from "@stockbook/engine";
import { Effect } from "effect";
import { type Column, table } from "../output/Table.js";
import { clockOf, count } from "../output/Text.js";

const clock = clockOf("UTC");

/** A key that has just been made; the one time that its secret is shown. */
export function createdText({ key, secret }: CreatedKey): string {
  const { id, mode, organisation, scopes } = key;
  return [
    secret,
    "",
    "This is the secret. Keep it now: only its hash is stored, and it is not shown again.",
    "",
    `${id} (${key.name}) opens the ${mode} ledger of ${organisation}`,
    `  scopes   ${scopes.join(", ")}`,
    `  from     ${fromText(key)}`,
    `  expires  ${expiryText(key)}`,
  ].join("\n");
}

export function rotatedText(created: CreatedKey, replaced: KeyView): string {
  return `${createdText(created)}\n\n${replaced.id} goes on until ${expiryText(replaced)}.`;
}

export function revokedText({ id, name, revokedAt }: KeyView): string {
  const since = revokedAt === null ? "" : ` since ${clock(revokedAt)} UTC`;
  return `${id} (${name}) is revoked${since} and opens nothing any more.`;
}

/** Keys as a table, as they stand at a moment. */
export const keysText = (keys: readonly KeyView[], now: Instant): Effect.Effect<string> =>
  Effect.gen(function* () {
    if (keys.length === 0) return "No keys; `stockbook keys create` makes one.";
    const { refusalOf } = yield* Effect.promise(() => import("@stockbook/engine"));
    const columns: readonly Column<KeyView>[] = [
      { title: "Id", cell: ({ id }) => id },
      { title: "Name", most: 30, cell: ({ name }) => name },
      { title: "Secret", cell: ({ hint }) => hint },
      { title: "State", cell: (key) => refusalOf(key, now) ?? "active" },
      { title: "Expires (UTC)", cell: ({ expiresAt }) => instantText(expiresAt) },
      { title: "From", most: 30, cell: fromText },
      { title: "Scopes", most: 40, cell: ({ scopes }) => scopes.join(", ") },
    ];
    return `${table(columns, keys)}\n\n${count(keys.length, "key")}`;
  });

function instantText(instant: Instant | null): string {
  return instant === null ? "never" : clock(instant);
}

function expiryText({ expiresAt }: KeyView): string {
  return expiresAt === null ? "never" : `${clock(expiresAt)} UTC`;
}

function fromText({ allowedIps }: KeyView): string {
  return allowedIps.length === 0 ? "anywhere" : allowedIps.join(", ");
}
