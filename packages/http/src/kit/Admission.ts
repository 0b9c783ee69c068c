/** Admission: whether a request may be served, decided before anything of it is read. */
import type { HttpServerRequest } from "@effect/platform";
import {
  type AccessService,
  allowsAddress,
  type Caller,
  RefusedKey,
  type StoreError,
} from "@stockbook/engine";
import { Effect } from "effect";
import type { Admission } from "../contract/Annotations.js";
import { bucketOf } from "./Addresses.js";
import type { Dialect } from "./Dialect.js";
import { AddressRefused, MissingScope, RateLimited } from "./Failure.js";
import type { ServerConfig } from "./Options.js";
import type { Quota, RateLimitsService, Standing } from "./RateLimits.js";

export type AdmissionFailure = StoreError | RefusedKey | AddressRefused | RateLimited;

/** Who was let in, and how its quota stands. */
export interface Admitted {
  readonly caller: Caller;
  readonly quota: Quota;
  readonly standing: Standing;
}

export interface Gate {
  readonly access: AccessService;
  readonly limits: RateLimitsService;
  readonly dialect: Dialect;
  readonly config: ServerConfig;
}

/** Lets a request in by its key, its address and its quota, in this order. */
export function admit(
  gate: Gate,
  request: HttpServerRequest.HttpServerRequest,
  address: string | undefined,
  now: number,
): Effect.Effect<Admitted, AdmissionFailure> {
  // Where no address is known, all would share one bucket, and one of them could shut out the rest.
  if (address === undefined)
    return Effect.flatMap(identified(gate, request), (caller) =>
      withinQuota(gate, caller, address, now),
    );
  const {
    limits,
    config: { refusedKeys },
  } = gate;
  const bucket = `address:${bucketOf(address)}`;
  // Whoever tries keys is stopped before long.
  const counted = Effect.tapErrorTag(identified(gate, request), "RefusedKey", () =>
    limits.take(bucket, refusedKeys, now),
  );
  return Effect.flatMap(limits.look(bucket, refusedKeys, now), (refused) =>
    refused.allowed
      ? Effect.flatMap(counted, (caller) => withinQuota(gate, caller, address, now))
      : limited(refusedKeys, refused),
  );
}

function withinQuota(
  { limits }: Gate,
  caller: Caller,
  address: string | undefined,
  now: number,
): Effect.Effect<Admitted, AddressRefused | RateLimited> {
  if (!mayComeFrom(caller, address)) return new AddressRefused();
  const { plan } = caller.organisation;
  return Effect.flatMap(limits.take(`key:${caller.key.id}`, plan, now), (standing) =>
    standing.allowed ? Effect.succeed({ caller, quota: plan, standing }) : limited(plan, standing),
  );
}

/** Whether whoever was let in may do this. */
export function checkScope(
  { caller }: Admitted,
  admission: Exclude<Admission, "public">,
): Effect.Effect<void, MissingScope> {
  if (admission === "any-key" || caller.key.scopes.includes(admission)) return Effect.void;
  return new MissingScope({ required: [admission] });
}

function identified(
  { access, dialect }: Gate,
  request: HttpServerRequest.HttpServerRequest,
): Effect.Effect<Caller, RefusedKey | StoreError> {
  const secret = dialect.keyOf(request);
  return secret === undefined ? new RefusedKey({ reason: "missing" }) : access.authenticate(secret);
}

function limited(quota: Quota, standing: Standing): RateLimited {
  return new RateLimited({ quota, standing });
}

function mayComeFrom({ key }: Caller, address: string | undefined): boolean {
  if (key.allowedIps.length === 0) return true;
  return address !== undefined && allowsAddress(key.allowedIps, address);
}
