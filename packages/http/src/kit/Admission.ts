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
import type { Counted, Dialect } from "./Dialect.js";
import { AddressRefused, MissingScope, RateLimited } from "./Failure.js";
import type { ServerConfig } from "./Options.js";
import type { Quota, RateLimitsService, Standing } from "./RateLimits.js";

export type AdmissionFailure =
  | StoreError
  | RefusedKey
  | AddressRefused
  | RateLimited
  | MissingScope;

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

/** A request at the gate. */
export interface Arrival {
  readonly request: HttpServerRequest.HttpServerRequest;
  readonly address: string | undefined;
  readonly now: number;
}

/** Lets a request in by its key, its address and its quota, in this order. */
export function admit(gate: Gate, arrival: Arrival): Effect.Effect<Admitted, AdmissionFailure> {
  return Effect.flatMap(recognised(gate, arrival), (caller) => withinQuota(gate, caller, arrival));
}

/**
 * Lets a request in by its key, its address, the scope that its endpoint needs, where it is known,
 * and its quota, in this order. Every request with a valid key counts; `onCounted` is told how its
 * quota then stands, for every answer tells it.
 */
export function admitKeyFirst(
  gate: Gate,
  arrival: Arrival,
  admission: Admission | undefined,
  onCounted: (admitted: Admitted) => void,
): Effect.Effect<void, AdmissionFailure> {
  return Effect.flatMap(recognised(gate, arrival), (caller) => {
    const { bucket, quota } = countedBy(gate, caller, arrival);
    const taken = gate.limits.take(bucket, quota, arrival.now);
    return Effect.flatMap(taken, (standing): Effect.Effect<void, AdmissionFailure> => {
      const admitted = { caller, quota, standing };
      onCounted(admitted);
      if (!mayComeFrom(caller, arrival.address)) return new AddressRefused();
      const scoped =
        admission === undefined || admission === "public"
          ? Effect.void
          : checkScope(admitted, admission);
      return standing.allowed ? scoped : Effect.zipRight(scoped, limited(quota, standing));
    });
  });
}

/** Whoever asks; who tries keys is stopped before long. */
function recognised(
  gate: Gate,
  arrival: Arrival,
): Effect.Effect<Caller, RefusedKey | RateLimited | StoreError> {
  const { address, now } = arrival;
  // Where no address is known, all would share one bucket, and one of them could shut out the rest.
  if (address === undefined) return identified(gate, arrival);
  const {
    limits,
    config: { refusedKeys },
  } = gate;
  const bucket = `address:${bucketOf(address)}`;
  const counted = Effect.tapErrorTag(identified(gate, arrival), "RefusedKey", () =>
    limits.take(bucket, refusedKeys, now),
  );
  return Effect.flatMap(
    limits.look(bucket, refusedKeys, now),
    (refused): Effect.Effect<Caller, RefusedKey | RateLimited | StoreError> =>
      refused.allowed ? counted : limited(refusedKeys, refused),
  );
}

function withinQuota(
  gate: Gate,
  caller: Caller,
  arrival: Arrival,
): Effect.Effect<Admitted, AddressRefused | RateLimited> {
  if (!mayComeFrom(caller, arrival.address)) return new AddressRefused();
  const { bucket, quota } = countedBy(gate, caller, arrival);
  return Effect.flatMap(gate.limits.take(bucket, quota, arrival.now), (standing) =>
    standing.allowed ? Effect.succeed({ caller, quota, standing }) : limited(quota, standing),
  );
}

function countedBy({ dialect }: Gate, caller: Caller, { address }: Arrival): Counted {
  if (dialect.quotaOf !== undefined) return dialect.quotaOf(caller, address);
  return { bucket: `key:${caller.key.id}`, quota: caller.organisation.plan };
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
  { request }: Arrival,
): Effect.Effect<Caller, RefusedKey | StoreError> {
  const secret = dialect.keyOf(request);
  if (secret === undefined) return new RefusedKey({ reason: "missing" });
  const { judge } = dialect;
  if (judge === undefined) return access.authenticate(secret);
  return Effect.flatMap(
    access.authenticate(secret),
    (caller): Effect.Effect<Caller, RefusedKey> => judge(caller, request) ?? Effect.succeed(caller),
  );
}

function limited(quota: Quota, standing: Standing): RateLimited {
  return new RateLimited({ quota, standing });
}

function mayComeFrom({ key }: Caller, address: string | undefined): boolean {
  if (key.allowedIps.length === 0) return true;
  return address !== undefined && allowsAddress(key.allowedIps, address);
}
