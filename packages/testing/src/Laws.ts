/** The laws of the ledger that the pure core must keep, by the numbers of the design, §3. */
import type { Law } from "./Law.js";
import { allOrNothing } from "./laws/AllOrNothing.js";
import { commitments } from "./laws/Commitments.js";
import { conservation } from "./laws/Conservation.js";
import { alternation, crossings } from "./laws/Crossings.js";
import { calendarDays, days } from "./laws/Days.js";
import { faithfulness, folds } from "./laws/Folds.js";
import { independence } from "./laws/Independence.js";
import { noOversell, shortage } from "./laws/NoOversell.js";
import { once } from "./laws/Once.js";
import { oneOrder } from "./laws/OneOrder.js";
import { immutability, past, timelines } from "./laws/Past.js";
import { planning, planningHistories } from "./laws/Planning.js";
import { forking, memory, replay } from "./laws/Replay.js";
import { reversal, unwinding } from "./laws/Reversal.js";
import { answers, exactness, stillness } from "./laws/Robustness.js";
import { splitting } from "./laws/Splitting.js";
import { deficits, fairShare, worth } from "./laws/Worth.js";

/** Every law of the core with its number in the design; 0 for those the design implies. */
export const CORE_LAWS: readonly { readonly number: number; readonly law: Law }[] = [
  { number: 1, law: conservation },
  { number: 2, law: folds },
  { number: 2, law: faithfulness },
  { number: 3, law: noOversell },
  { number: 3, law: shortage },
  { number: 3, law: timelines },
  { number: 4, law: commitments },
  { number: 5, law: splitting },
  { number: 6, law: allOrNothing },
  { number: 7, law: once },
  { number: 8, law: oneOrder },
  { number: 9, law: past },
  { number: 9, law: immutability },
  { number: 9, law: reversal },
  { number: 9, law: unwinding },
  { number: 10, law: replay },
  { number: 11, law: crossings },
  { number: 11, law: alternation },
  { number: 12, law: planning },
  { number: 12, law: planningHistories },
  { number: 13, law: worth },
  { number: 13, law: fairShare },
  { number: 13, law: deficits },
  { number: 14, law: calendarDays },
  { number: 14, law: days },
  { number: 0, law: forking },
  { number: 0, law: independence },
  { number: 0, law: memory },
  { number: 0, law: stillness },
  { number: 0, law: answers },
  { number: 0, law: exactness },
];
