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

export type AdmissionFailure =
  | StoreError
  | RefusedKey
  | AddressRefused
  | MissingScope
  | RateLimited;

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

/** Lets a request in by its key, its address, its quota and its rights, in this order. */
export function admit(
  { access, limits, dialect, config }: Gate,
  request: HttpServerRequest.HttpServerRequest,
  admission: Exclude<Admission, "public">,
  address: string | undefined,
  now: number,
): Effect.Effect<Admitted, AdmissionFailure> {
  return Effect.gen(function* () {
    const bucket = `address:${bucketOf(address)}`;
    const { refusedKeys } = config;
    const refused = yield* limits.look(bucket, refusedKeys, now);
    if (!refused.allowed) return yield* limited(refusedKeys, refused);

    // Whoever tries keys is stopped before long.
    const caller = yield* Effect.tapErrorTag(
      identified(access, dialect.keyOf(request)),
      "RefusedKey",
      () => limits.take(bucket, refusedKeys, now),
    );
    if (!mayComeFrom(caller, address)) return yield* new AddressRefused();

    const { plan } = caller.organisation;
    const standing = yield* limits.take(`key:${caller.key.id}`, plan, now);
    if (!standing.allowed) return yield* limited(plan, standing);
    if (admission !== "any-key" && !caller.key.scopes.includes(admission)) {
      return yield* new MissingScope({ required: [admission] });
    }
    return { caller, quota: plan, standing };
  });
}

function identified(
  access: AccessService,
  secret: string | undefined,
): Effect.Effect<Caller, RefusedKey | StoreError> {
  return secret === undefined ? new RefusedKey({ reason: "missing" }) : access.authenticate(secret);
}

function limited({ name, requests, windowMs }: Quota, { resetMs }: Standing): RateLimited {
  return new RateLimited({ policy: name, quota: requests, windowMs, retryAfterMs: resetMs });
}

function mayComeFrom({ key }: Caller, address: string | undefined): boolean {
  if (key.allowedIps.length === 0) return true;
  return address !== undefined && allowsAddress(key.allowedIps, address);
}
