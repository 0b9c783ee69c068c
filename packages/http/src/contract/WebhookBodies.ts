/** What webhooks say: for each event its type, its place, and the data of the events feed. */
import { EVENT_TYPES, type EventType } from "@stockbook/engine";
import { Option, Schema, SchemaAST } from "effect";
import { Moment, Sequence } from "./Fields.js";
import { Event } from "./Views.js";

/** The type of a message that stands for no event. */
export const TEST_TYPE = "webhook.test";

export const TestBody = Schema.Struct({
  type: Schema.Literal(TEST_TYPE),
  data: Schema.Struct({ message: Schema.String }),
}).annotations({
  identifier: "TestWebhook",
  description: "Sent because its owner asked for a test; nothing has happened.",
});

const ShortenedBody = Schema.Struct({
  type: Schema.Literal(...EVENT_TYPES),
  sequence: Sequence,
  shortened: Schema.Literal(true),
}).annotations({
  identifier: "ShortenedWebhook",
  description: "Sent in the place of a body of more than 256 KiB: `GET /v1/events` has it.",
});

interface EventBody {
  readonly types: readonly EventType[];
  readonly name: string;
  readonly schema: Schema.Schema.All;
}

const EVENT_BODIES: readonly EventBody[] = Event.members.map(({ ast, fields }) => {
  const { type, sequence, occurredAt, data } = fields;
  const name = `${Option.getOrThrow(SchemaAST.getIdentifierAnnotation(ast))}Webhook`;
  const timestamp = Moment.annotations({ description: "When the book learned of it." });
  const schema = Schema.Struct({ type, timestamp, sequence, occurredAt, data });
  return { types: type.literals, name, schema: schema.annotations({ identifier: name }) };
});

/** All bodies, for the document to name. */
export const WEBHOOK_SCHEMAS: readonly Schema.Schema.All[] = [
  ...EVENT_BODIES.map(({ schema }) => schema),
  TestBody,
  ShortenedBody,
];

/** The names of the bodies that messages of a type may have. */
export function bodyNamesOf(type: EventType | typeof TEST_TYPE): readonly string[] {
  if (type === TEST_TYPE) return ["TestWebhook"];
  const names = EVENT_BODIES.filter(({ types }) => types.includes(type)).map(({ name }) => name);
  // Only movements have as many lines as one likes.
  return type === "stock.moved" ? [...names, "ShortenedWebhook"] : names;
}
