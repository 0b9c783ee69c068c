/** Organisations and keys on the wire. */
import { SCOPES } from "@stockbook/engine";
import { Schema } from "effect";
import { Id, Moment, optional } from "./Fields.js";
import { LedgerSettings } from "./Views.js";

const ScopeName = Schema.Literal(...SCOPES).annotations({ identifier: "Scope" });

export const Mode = Schema.Literal("live", "test").annotations({
  identifier: "Mode",
  description: "Which ledger a key opens. The two never meet.",
});

const Plan = Schema.Struct({
  name: Schema.String,
  requests: Schema.Int,
  windowMs: Schema.Int,
}).annotations({
  identifier: "Plan",
  description: "How many requests each key may make in every window.",
});

const Options = Schema.Record({ key: Schema.String, value: Schema.String }).annotations({
  description: "How the APIs behave where they leave a choice, by name, such as `tictap.mode`.",
});

export const Organisation = Schema.Struct({
  id: Id,
  name: Schema.String,
  createdAt: Moment,
  plan: Plan,
  settings: LedgerSettings,
  options: Options,
}).annotations({ identifier: "Organisation" });

export const OrganisationList = Schema.Struct({
  rows: Schema.Array(Organisation),
}).annotations({ identifier: "OrganisationList" });

export const NewOrganisation = Schema.Struct({
  id: Id,
  name: optional(Schema.String),
  plan: optional(Plan),
  settings: optional(Schema.partialWith(LedgerSettings, { exact: true })),
  options: optional(Options),
}).annotations({ identifier: "NewOrganisation" });

export const OrganisationChanges = Schema.Struct({
  name: optional(Schema.String),
  plan: optional(Plan),
  options: optional(
    Schema.Record({ key: Schema.String, value: Schema.NullOr(Schema.String) }).annotations({
      description: "By name; `null` takes one away, what is not named stays.",
    }),
  ),
}).annotations({ identifier: "OrganisationChanges" });

const AllowedIps = Schema.Array(Schema.String).annotations({
  description: "Addresses or CIDR ranges, v4 or v6; empty: from anywhere.",
});

export const Key = Schema.Struct({
  id: Schema.String,
  organisation: Id,
  mode: Mode,
  name: Schema.String,
  hint: Schema.String.annotations({ description: "How the secret begins and ends." }),
  scopes: Schema.Array(ScopeName),
  allowedIps: AllowedIps,
  active: Schema.Boolean,
  createdAt: Moment,
  expiresAt: Schema.NullOr(Moment),
  revokedAt: Schema.NullOr(Moment),
}).annotations({ identifier: "Key", description: "A key; its secret is never shown again." });

export const KeyList = Schema.Struct({ rows: Schema.Array(Key) }).annotations({
  identifier: "KeyList",
});

export const CreatedKey = Schema.Struct({
  key: Key,
  secret: Schema.NullOr(Schema.String).annotations({
    description: "Shown here and never again; `null` in the answer to a repeated request.",
  }),
}).annotations({ identifier: "CreatedKey" });

export const NewKey = Schema.Struct({
  name: Schema.String,
  mode: optional(Mode),
  scopes: Schema.Array(ScopeName),
  allowedIps: optional(AllowedIps),
  expiresAt: optional(Schema.NullOr(Moment)),
}).annotations({
  identifier: "NewKey",
  description: "A new key may not do more than the key that makes it.",
});

export const KeyChanges = Schema.Struct({
  name: optional(Schema.String),
  active: optional(Schema.Boolean),
  scopes: optional(Schema.Array(ScopeName)),
  allowedIps: optional(AllowedIps),
  expiresAt: optional(Schema.NullOr(Moment)),
}).annotations({ identifier: "KeyChanges" });

export const KeyRotation = Schema.Struct({
  overlapMs: optional(
    Schema.Int.annotations({
      description: "How long the old key is good besides; a day if left out, a week at most.",
      jsonSchema: { type: "integer", minimum: 0, maximum: 604_800_000 },
    }),
  ),
}).annotations({ identifier: "KeyRotation" });
