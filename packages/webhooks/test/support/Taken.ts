/** What a receiver took: whatever arrived whole and was answered well. */
import { type Behaviour, type ChaosReceiver, FLOOD, OK } from "../ChaosReceiver.js";

/** The sequences in the order they came, repeats included; whoever was not told otherwise is well. */
export function taken(
  { received }: ChaosReceiver,
  behaviours: readonly Behaviour[],
): readonly number[] {
  return received.flatMap(({ body }, i) => {
    const how = behaviours[i] ?? OK;
    const isTaken = how === FLOOD || (how.type === "answer" && how.status < 300);
    const { sequence } = JSON.parse(new TextDecoder().decode(body)) as { sequence: number };
    return isTaken ? [sequence] : [];
  });
}
