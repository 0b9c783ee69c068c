/** Acts: the demo's commands, some of which wait for the answer to an earlier one. */
import { type Command, type LineInput, type MovementCommand, toUnits } from "@stockbook/core";
import type { Agenda } from "./Agenda.js";
import type { Random } from "./Random.js";
import type { Shelves } from "./Shelves.js";
import type { Ware } from "./Shop.js";

/** Every idempotency key of the demo begins with this, which is how it knows its own files. */
export const DEMO_KEY = "demo:";

export type Act =
  | { readonly type: "command"; readonly command: Command }
  /** Cannot be told before the command under the key `after` has its sequence. */
  | {
      readonly type: "follow-up";
      readonly after: string;
      readonly command: (sequence: number) => Command;
    };

/** Some of a ware, in steps. */
export interface Portion {
  readonly ware: Ware;
  readonly quantity: number;
}

/** What all who do something in the shop have at hand. */
export interface Trade {
  readonly random: Random;
  readonly agenda: Agenda;
  readonly shelves: Shelves;
  readonly desk: Desk;
}

type Unnumbered = DistributiveOmit<MovementCommand, "idempotencyKey" | "reference" | "occurredAt">;
type DistributiveOmit<A, K extends string> = A extends unknown ? Omit<A, K> : never;

/** Where movements get their numbers: `H-00001` for a sale at the harbour, and so on. */
export class Desk {
  private readonly counters = new Map<string, number>();

  constructor(private readonly agenda: Agenda) {}

  /** A movement that happens now, under the next number of its kind. */
  number(prefix: string, movement: Unnumbered): Act {
    return { type: "command", command: { ...movement, ...this.next(prefix) } };
  }

  /** What comes of an earlier act, by whose sequence it is known. */
  followUp(prefix: string, first: Act, movement: (sequence: number) => Unnumbered): Act {
    const after = first.type === "command" ? first.command.idempotencyKey : undefined;
    if (after === undefined) throw new RangeError("a follow-up needs an act with a key");
    const next = this.next(prefix);
    return {
      type: "follow-up",
      after,
      command: (sequence) => ({ ...movement(sequence), ...next }),
    };
  }

  private next(prefix: string) {
    const count = (this.counters.get(prefix) ?? 0) + 1;
    this.counters.set(prefix, count);
    const reference = `${prefix}-${String(count).padStart(5, "0")}`;
    return { reference, idempotencyKey: DEMO_KEY + reference, occurredAt: this.agenda.now };
  }
}

export function lineOf({ ware, quantity }: Portion): LineInput {
  return { item: ware.sku, quantity: toUnits(quantity, ware.precision) };
}
