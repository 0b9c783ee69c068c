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
  { access, limits, dialect, config }: Gate,
  request: HttpServerRequest.HttpServerRequest,
  address: string | undefined,
  now: number,
): Effect.Effect<Admitted, AdmissionFailure> {
  return Effect.gen(function* () {
    const bucket = `address:${bucketOf(address)}`;
    const { refusedKeys } = config;
    // Where no address is known, all would share one bucket, and one of them could shut out the rest.
    const isCounted = address !== undefined;
    if (isCounted) {
      const refused = yield* limits.look(bucket, refusedKeys, now);
      if (!refused.allowed) return yield* limited(refusedKeys, refused);
    }

    // Whoever tries keys is stopped before long.
    const caller = yield* Effect.tapErrorTag(
      identified(access, dialect.keyOf(request)),
      "RefusedKey",
      () => (isCounted ? limits.take(bucket, refusedKeys, now) : Effect.void),
    );
    if (!mayComeFrom(caller, address)) return yield* new AddressRefused();

    const { plan } = caller.organisation;
    const standing = yield* limits.take(`key:${caller.key.id}`, plan, now);
    if (!standing.allowed) return yield* limited(plan, standing);
    return { caller, quota: plan, standing };
  });
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
  access: AccessService,
  secret: string | undefined,
): Effect.Effect<Caller, RefusedKey | StoreError> {
  return secret === undefined ? new RefusedKey({ reason: "missing" }) : access.authenticate(secret);
}

function limited(quota: Quota, standing: Standing): RateLimited {
  return new RateLimited({ quota, standing });
}

function mayComeFrom({ key }: Caller, address: string | undefined): boolean {
  if (key.allowedIps.length === 0) return true;
  return address !== undefined && allowsAddress(key.allowedIps, address);
}
