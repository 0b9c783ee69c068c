/** What a row of the benchmark is: something that is measured beside its floor. */
import type { Outcome } from "./Harness.js";
import type { Scale } from "./Scale.js";

/** What a row is run with. */
export interface Bench {
  readonly scale: Scale;
  /** Rounds that are to count. */
  readonly rounds: number;
  /** Where the row may put its databases; it is removed afterwards. */
  readonly directory: string;
  /** Tells how far the row has come. */
  readonly say: (progress: string) => void;
}

export interface Row {
  /** By which one asks for it. */
  readonly id: string;
  readonly title: string;
  readonly run: (bench: Bench) => Promise<readonly Figure[]>;
}

/** One line of the table. */
export interface Figure {
  readonly subject: string;
  /** What it is held against. */
  readonly floor: string;
  readonly unit: Unit;
  readonly outcome: Outcome;
  /** Processor time for each, in microseconds; only informs. */
  readonly cpu?: Outcome;
  /** What is asked of it; nothing of a figure that only informs. */
  readonly budgets: readonly Budget[];
}

export type Unit = "lines/s" | "movements/s" | "deliveries/s" | "µs";

/** What a figure's median must come to. */
export type Budget =
  | { readonly of: "ratio" | "measured"; readonly atLeast: number }
  | { readonly of: "ratio" | "measured"; readonly atMost: number };

/** Whether a figure keeps to all that is asked of it; nothing where nothing is asked. */
export function passes({ outcome, budgets }: Figure): boolean | undefined {
  if (budgets.length === 0) return undefined;
  return budgets.every((budget) => {
    const { median } = outcome[budget.of];
    return "atLeast" in budget ? median >= budget.atLeast : median <= budget.atMost;
  });
}
