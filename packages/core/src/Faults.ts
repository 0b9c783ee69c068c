/** Faults found while a command is read; the one of highest precedence is reported. */
import {
  REJECTIONS,
  type Rejection,
  type RejectionCode,
  type RejectionDetails,
  rejection,
} from "./Rejection.js";

const precedence: ReadonlyMap<RejectionCode, number> = new Map(
  REJECTIONS.map((row, index) => [row.code, index]),
);

export class Faults {
  private first: Rejection | undefined;

  /** Notes a fault; of two with the same code the earlier one stays. */
  add(code: RejectionCode, details: RejectionDetails): void {
    if (this.first !== undefined && rank(code) >= rank(this.first.code)) return;
    this.first = rejection(code, details);
  }

  get rejection(): Rejection | undefined {
    return this.first;
  }
}

function rank(code: RejectionCode): number {
  return precedence.get(code) as number;
}
