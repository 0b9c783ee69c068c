export type { Resolve } from "./Guard.js";
export type * from "./Outcome.js";
export type { Outgoing } from "./Outgoing.js";
export {
  DEFAULT_SENDER_OPTIONS,
  makeSender,
  type Sender,
  type SenderOptions,
} from "./Sender.js";
