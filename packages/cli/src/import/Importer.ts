/** The importer: submits the steps of an import and keeps account of what became of them. */
import type { Command, Rejection } from "@stockbook/core";
import type { StoreError, Verdict } from "@stockbook/engine";
import { Effect } from "effect";
import { Failure } from "../Failure.js";
import type { Step } from "./Commands.js";
import type { SalesDocument } from "./Documents.js";

/** A ledger as far as an import needs one. */
export interface ImportTarget {
  readonly submitEach: (
    commands: readonly Command[],
  ) => Effect.Effect<readonly Verdict[], StoreError>;
}

export interface ImportOptions {
  /** Submits documents anew that were refused before. */
  readonly retryRefused: boolean;
  readonly onProgress: (documentsDone: number) => Effect.Effect<void>;
}

/** A document the ledger did not take, whole. */
export interface Refusal {
  readonly document: string;
  /** The physical line of the file at fault, or the document's first one. */
  readonly line: number;
  readonly rejection: Rejection;
}

/** What became of the steps. */
export interface Outcome {
  readonly imported: number;
  readonly alreadyThere: number;
  readonly refusals: readonly Refusal[];
  /** Lines of the documents imported now. */
  readonly importedLines: number;
  readonly itemsCreated: number;
  readonly itemsOpened: number;
  /** Openings and thresholds that stand with other figures than the mapping's. */
  readonly kept: number;
}

const CHUNK = 1_000;

/** Submits all steps in order. Killed at any moment, it goes on where it stopped. */
export const runSteps = (
  steps: readonly Step[],
  target: ImportTarget,
  { retryRefused, onProgress }: ImportOptions,
): Effect.Effect<Outcome, StoreError | Failure> =>
  Effect.gen(function* () {
    const account = new Account();
    for (let at = 0; at < steps.length; at += CHUNK) {
      const chunk = steps.slice(at, at + CHUNK);
      const verdicts = yield* target.submitEach(chunk.map(({ command }) => command));
      const again = account.take(chunk, verdicts, retryRefused);
      if (account.fault !== undefined) return yield* new Failure({ message: account.fault });
      if (again.length > 0) {
        account.takeAgain(again, yield* target.submitEach(again.map(commandAgain)));
      }
      yield* onProgress(account.documents);
    }
    return account.outcome;
  });

/** A document that was refused and is tried once more. */
interface Unsettled {
  readonly document: SalesDocument;
  readonly command: Command;
}

/** The same document, without regard to an earlier refusal of it. */
function commandAgain({ command }: Unsettled): Command {
  return { ...command, onRefusal: "forget" };
}

class Account {
  documents = 0;
  /** Why the import cannot go on. */
  fault: string | undefined;
  private readonly refusals: Refusal[] = [];
  private imported = 0;
  private alreadyThere = 0;
  private importedLines = 0;
  private itemsCreated = 0;
  private itemsOpened = 0;
  private kept = 0;

  get outcome(): Outcome {
    const { imported, alreadyThere, refusals, importedLines, itemsCreated, itemsOpened, kept } =
      this;
    return { imported, alreadyThere, refusals, importedLines, itemsCreated, itemsOpened, kept };
  }

  /** Takes verdicts into account; what must be submitted once more is returned. */
  take(
    steps: readonly Step[],
    verdicts: readonly Verdict[],
    retryRefused: boolean,
  ): readonly Unsettled[] {
    const again: Unsettled[] = [];
    steps.forEach((step, i) => {
      const verdict = verdicts[i];
      if (verdict === undefined) return;
      if (step.type !== "document") {
        this.takePreparation(step, verdict);
        return;
      }
      this.documents++;
      const refused = verdict.type === "rejected" && !isConflict(verdict);
      if (refused && retryRefused) again.push(step);
      else this.takeDocument(step.document, verdict);
    });
    return again;
  }

  takeAgain(steps: readonly Unsettled[], verdicts: readonly Verdict[]): void {
    steps.forEach(({ document }, i) => {
      const verdict = verdicts[i];
      if (verdict !== undefined) this.takeDocument(document, verdict);
    });
  }

  private takeDocument(document: SalesDocument, verdict: Verdict): void {
    switch (verdict.type) {
      case "accepted":
        this.imported++;
        this.importedLines += document.lines.length;
        return;
      case "repeated":
        this.alreadyThere++;
        return;
      case "rejected": {
        const { rejection } = verdict;
        const line = document.lines[rejection.line ?? -1]?.line ?? document.line;
        this.refusals.push({ document: document.number, line, rejection });
      }
    }
  }

  private takePreparation(step: Exclude<Step, { type: "document" }>, verdict: Verdict): void {
    if (verdict.type === "rejected") {
      if (isConflict(verdict)) this.kept++;
      else this.fault ??= `${step.command.idempotencyKey}: ${verdict.rejection.message}`;
    } else if (verdict.type === "accepted") {
      if (step.type === "item") this.itemsCreated++;
      if (step.type === "opening") this.itemsOpened++;
    }
  }
}

function isConflict(verdict: Verdict): boolean {
  return verdict.type === "rejected" && verdict.rejection.code === "idempotency-conflict";
}
