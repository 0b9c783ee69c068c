/**
 * Arbitrary histories over a small world: mostly what people do, at times what they get wrong.
 *
 * The world is small so that commands meet: few items, few places, few lots, few moments.
 */
import { CLOCK_TOLERANCE_MS, type Command, type CommandOptions } from "@stockbook/core";
import fc, { type Arbitrary } from "fast-check";
import { type Deed, type DeedOptions, deedArbitrary } from "./Deeds.js";
import type { History, Repetition, Step, Submission } from "./History.js";
import { weighted } from "./Weighted.js";
import { MINUTE, WORLD_ITEMS, type World } from "./World.js";

/** Which histories to make. */
export interface HistoryOptions extends DeedOptions {
  /** Whether commands may carry idempotency keys; they do, if left out. */
  readonly keys?: boolean | undefined;
  /** 40, if left out. */
  readonly mostSteps?: number | undefined;
}

const DAY = 24 * 60 * MINUTE;

/** Histories of up to `mostSteps` steps, each with a world of its own. */
export function historyArbitrary(options: HistoryOptions = {}): Arbitrary<History> {
  const steps = fc.array(stepArbitrary(options), {
    minLength: 1,
    maxLength: options.mostSteps ?? 40,
    size: "max",
  });
  return fc.record({ world: worldArbitrary, steps });
}

const policyArbitrary = fc.constantFrom("deny", "deny", "deny", "allow" as const);

/** Worlds that differ in their zone, in what may go below zero, and in what things cost. */
export const worldArbitrary: Arbitrary<World> = fc.record({
  settings: fc.record({
    timeZone: fc.constantFrom("UTC", "Europe/London", "Asia/Kathmandu", "America/New_York"),
    currency: fc.constant("EUR"),
    negativePolicy: policyArbitrary,
  }),
  policies: forEachItem(fc.constantFrom(null, null, "deny", "allow")),
  unitCosts: forEachItem(fc.constantFrom(null, 0, 1, 7, 333)),
});

/** The world with everything allowed below zero. */
export function belowZero(world: World): World {
  const settings: World["settings"] = { ...world.settings, negativePolicy: "allow" };
  return { ...world, settings, policies: world.policies.map(() => null) };
}

function forEachItem<A>(arbitrary: Arbitrary<A>): Arbitrary<A[]> {
  return fc.array(arbitrary, { minLength: WORLD_ITEMS.length, maxLength: WORLD_ITEMS.length });
}

/** Time stands still between many steps, so that moments coincide. */
const waitArbitrary = weighted<number>(
  [5, fc.constant(0)],
  [4, fc.integer({ min: 1, max: 10 }).map((minutes) => minutes * MINUTE)],
  [1, fc.integer({ min: 1, max: 9 }).map((days) => days * DAY)],
);

/** Steps, one of the commands that `options` names in each. */
export function stepArbitrary(options: HistoryOptions = {}): Arbitrary<Step> {
  const submission = fc
    .tuple(waitArbitrary, deedArbitrary(options), momentArbitrary(options), keyArbitrary(options))
    .map(([wait, deed, ago, key]): Step => submissionOf(wait, deed, ago, key));
  if (options.keys === false) return submission;
  return weighted<Step>([12, submission], [1, repetitionArbitrary]);
}

function submissionOf(
  wait: number,
  deed: Deed,
  ago: number | undefined,
  key: CommandOptions,
): Submission {
  const command = { ...deed.command, ...key };
  const dated = isMovement(command) && ago !== undefined;
  return { type: "submission", wait, ...deed, command, ...(dated ? { ago } : {}) };
}

function isMovement({ type }: Command): boolean {
  return !type.startsWith("put-") && !type.endsWith("-threshold");
}

const repetitionArbitrary: Arbitrary<Repetition> = fc.record({
  type: fc.constant("repetition"),
  wait: waitArbitrary,
  nth: fc.nat({ max: 3 }),
  altered: weighted<boolean>([3, fc.constant(false)], [1, fc.constant(true)]),
});

/** A third of the movements are backdated, a few lie ahead of the clock. */
function momentArbitrary({ faults }: HistoryOptions): Arbitrary<number | undefined> {
  return weighted<number | undefined>(
    [12, fc.constant(undefined)],
    [5, fc.integer({ min: 0, max: 30 }).map((minutes) => minutes * MINUTE)],
    [1, fc.integer({ min: 1, max: 20 }).map((days) => days * DAY)],
    [1, fc.integer({ min: 1, max: 5 }).map((minutes) => -minutes * MINUTE)],
    [faults === false ? 0 : 0.2, fc.constant(-CLOCK_TOLERANCE_MS - 1)],
  );
}

/** Few keys, so that some come again with other content. */
function keyArbitrary({ keys }: HistoryOptions): Arbitrary<CommandOptions> {
  const none = fc.constant<CommandOptions>({});
  if (keys === false) return none;
  const idempotencyKey = fc.constantFrom("k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8");
  return weighted<CommandOptions>(
    [8, none],
    [1, fc.record({ idempotencyKey })],
    [1, fc.record({ idempotencyKey, onRefusal: fc.constantFrom("record", "forget") })],
  );
}
