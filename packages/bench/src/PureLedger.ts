/** The core by itself: a state, and the commands that change it. */
import { type Command, decide, emptyState, evolve, type LedgerState, open } from "@stockbook/core";
import { opening } from "./Traffic.js";

const SETTINGS = { timeZone: "UTC", currency: "EUR", negativePolicy: "deny" } as const;

/** A ledger without an engine or a store. */
export class PureLedger {
  private readonly state: LedgerState = emptyState();
  private readonly context: { recordedAt: number } = { recordedAt: Date.now() };

  constructor(items: number) {
    const opened = open(this.state, SETTINGS, this.context);
    if (opened.type === "rejected") throw new Error(opened.rejection.message);
    for (const entry of opened.entries) evolve(this.state, entry);
    this.apply(opening(items));
  }

  /** Decides commands one after another, each on what the ones before it left. */
  apply(commands: readonly Command[]): void {
    const { state, context } = this;
    for (const command of commands) {
      const decision = decide(state, command, context);
      if (decision.type !== "accepted") throw new Error(`${command.type}: ${decision.type}`);
      for (const entry of decision.entries) evolve(state, entry);
    }
  }
}
