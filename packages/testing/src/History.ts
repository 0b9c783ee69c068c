/** Histories: commands to be given one after another, told so that they can be shrunk. */
import type { Command } from "@stockbook/core";
import type { World } from "./World.js";

/** Something that is not known before the history runs, such as the second open reservation. */
export interface Reference {
  /** `held`: goods that are unavailable; `threshold`: a rule that is set. */
  readonly to: "reservation" | "shipment" | "movement" | "held" | "threshold";
  /** `open`: those that can still be drawn on, reversed or removed. */
  readonly among: "open" | "all";
  /**
   * From 0. Among the open ones it is counted around where there are fewer; among all it is
   * counted from the latest, and leads nowhere where there are fewer.
   */
  readonly nth: number;
}

/** A part of what a reference leads to. */
export interface Part {
  /** Which of its lines, from 0, counted around where there are fewer. */
  readonly nth: number;
  /** Of its quantity, rounded up; 9 is one step more than there is. */
  readonly eighths: number;
}

/** Gives a command whose gaps are filled in when its turn comes. */
export interface Submission {
  readonly type: "submission";
  /** Milliseconds since the step before. */
  readonly wait: number;
  readonly command: Command;
  /** Stands for the sequence, or the place, that the command speaks of. */
  readonly reference?: Reference | undefined;
  /** Stands for the lines of an arrive, release, fulfil or unhold. */
  readonly parts?: readonly Part[] | undefined;
  /** How long before its recording it happened, in milliseconds; below 0 it lies ahead. */
  readonly ago?: number | undefined;
}

/** Gives an earlier command that carried an idempotency key again. */
export interface Repetition {
  readonly type: "repetition";
  readonly wait: number;
  /** Which of them, the latest first, counted around where there are fewer. */
  readonly nth: number;
  /** Whether its content is changed, which makes it another command under the same key. */
  readonly altered: boolean;
}

export type Step = Submission | Repetition;

export interface History {
  readonly world: World;
  readonly steps: readonly Step[];
}
