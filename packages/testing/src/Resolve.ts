/** Filling in what a step leaves open, from what the book holds when its turn comes. */
import {
  allItems,
  type Command,
  formatQuantity,
  type Instant,
  itemOf,
  type LineInput,
} from "@stockbook/core";
import type { Book } from "./Book.js";
import type { Part, Reference, Step, Submission } from "./History.js";

/** A sequence that no entry of a generated history reaches. */
export const NO_SEQUENCE = 1_000_000;

/** What a reference leads to: the fields it fills in, and the quantities to take parts of. */
interface Target {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly lines: readonly { item: string; lot: string | null; quantity: number }[];
}

/**
 * The command of a step; nothing when it speaks of something open, or repeats an earlier
 * command, and there is none.
 *
 * @param keyed the commands with an idempotency key so far.
 */
export function resolveStep(
  step: Step,
  book: Book,
  keyed: readonly Command[],
  recordedAt: Instant,
): Command | undefined {
  if (step.type === "submission") return resolveSubmission(step, book, recordedAt);
  const earlier = around(keyed, keyed.length - 1 - (step.nth % Math.max(1, keyed.length)));
  if (earlier === undefined || !step.altered) return earlier;
  return { ...earlier, note: "altered" } as Command;
}

function resolveSubmission(
  { command, reference, parts, ago }: Submission,
  book: Book,
  recordedAt: Instant,
): Command | undefined {
  const target = reference && targetOf(reference, book);
  if (reference !== undefined && target === undefined) return undefined;
  return {
    ...command,
    ...(ago === undefined ? {} : { occurredAt: recordedAt - ago }),
    ...target?.fields,
    ...(parts === undefined ? {} : { lines: linesOf(parts, target?.lines ?? [], book) }),
  } as Command;
}

function targetOf(reference: Reference, book: Book): Target | undefined {
  const { among, nth } = reference;
  const open = around(openTargets(reference.to, book), nth);
  if (among === "open") return open;
  const sequence = allOf(reference.to, book).at(-1 - nth) ?? NO_SEQUENCE;
  return { lines: [], fields: { [FIELDS[reference.to]]: sequence } };
}

const FIELDS: { readonly [to in Reference["to"]]: string } = {
  reservation: "reservation",
  shipment: "shipment",
  movement: "sequence",
  held: "location",
  threshold: "location",
};

function openTargets(to: Reference["to"], { state, entries }: Book): readonly Target[] {
  switch (to) {
    case "reservation":
      return [...state.reservations.values()].map(({ sequence, lines }) => {
        return { fields: { reservation: sequence }, lines };
      });
    case "shipment":
      return [...state.shipments.values()].map(({ sequence, lines }) => {
        return { fields: { shipment: sequence }, lines };
      });
    case "movement":
      return entries
        .filter(({ sequence, body }) => body.type === "movement" && !state.reversed.has(sequence))
        .map(({ sequence }) => ({ fields: { sequence }, lines: [] }));
    case "held":
      return heldTargets(state);
    case "threshold":
      return [...allItems(state)].flatMap(({ item, thresholds }) =>
        [...thresholds.values()].map(({ location }) => {
          return { fields: { item: item.id, location: location.location.id }, lines: [] };
        }),
      );
  }
}

function heldTargets(state: Book["state"]): readonly Target[] {
  return [...allItems(state)].flatMap(({ item, balances }) =>
    [...balances.values()]
      .filter(({ unavailable }) => unavailable > 0)
      .map(({ location, lot, unavailable }) => ({
        fields: { location: location.location.id },
        lines: [{ item: item.id, lot, quantity: unavailable }],
      })),
  );
}

function allOf(to: Reference["to"], { entries }: Book): readonly number[] {
  const opener = to === "reservation" ? "reserve" : "dispatch";
  return entries
    .filter(({ body }) => to === "movement" || (body.type === "movement" && body.kind === opener))
    .map(({ sequence }) => sequence);
}

function linesOf(
  parts: readonly Part[],
  open: Target["lines"],
  { state }: Book,
): readonly LineInput[] {
  return parts.flatMap(({ nth, eighths }) => {
    const line = around(open, nth);
    const item = line && itemOf(state, line.item);
    if (line === undefined || item === undefined) return [];
    const lot = line.lot === null ? {} : { lot: line.lot };
    const quantity = eighths > 8 ? line.quantity + 1 : Math.ceil((line.quantity * eighths) / 8);
    return [{ item: line.item, ...lot, quantity: formatQuantity(quantity, item.item.precision) }];
  });
}

function around<A>(list: readonly A[], nth: number): A | undefined {
  return list.length === 0 ? undefined : list[nth % list.length];
}
