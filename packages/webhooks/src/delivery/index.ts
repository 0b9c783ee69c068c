export {
  DEFAULT_DELIVERY_OPTIONS,
  type Delivery,
  type DeliveryOptions,
  delivering,
  makeDelivery,
} from "./Delivery.js";
export type { Resolve } from "./Guard.js";
export type * from "./Outcome.js";
export type { Outgoing } from "./Outgoing.js";
export type { Schemes } from "./Requests.js";
export {
  DEFAULT_SENDER_OPTIONS,
  makeSender,
  type Sender,
  type SenderOptions,
} from "./Sender.js";
