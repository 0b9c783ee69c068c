/** JSON values: first as a schema wants them, then spoilt. */
import type { Random } from "./Random.js";

export interface JsonSchema {
  readonly $ref?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
}

export type Schemas = Readonly<Record<string, JsonSchema>>;

/** What exists where it is fuzzed, by the name of a field, so that requests get beyond its checks. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** What values are made with. */
export interface ValueMeans {
  readonly schemas: Schemas;
  readonly names: Names;
}

export const ODD_TEXTS: readonly string[] = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udfff\ud800",
  "\u202eabc\u202c",
  "\u200b",
  "e\u0301\u0302\u0303",
  "\ufeff",
  "😀".repeat(60),
  "İstanbul",
  "ﬁ",
  "NaN",
  "Infinity",
  "-0",
  "1e999",
  "0x10",
  "٣",
  "null",
  "undefined",
  "[object Object]",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "../..",
  "%00",
  "'; DROP TABLE items; --",
  "<script>alert(1)</script>",
  "@supplier",
  "@",
  "\r\nX-Injected: 1",
  "x".repeat(101),
  "x".repeat(5_000),
];

/** Numbers that JSON can write and a program may not be ready for. */
const ODD_NUMBERS: readonly string[] = [
  "0",
  "-0",
  "-1",
  "0.1",
  "1e-7",
  "1e-400",
  "1e21",
  "1e400",
  "-1e400",
  "9007199254740991",
  "9007199254740993",
  "123456789012345678901234567890",
  "0.30000000000000004",
  "2147483648",
];

const ODD_FIELDS = ["__proto__", "constructor", "prototype", "toString", "extra", "", "\0", "type"];

/** A number that is written into the JSON as it stands here. */
const NUMBER_MARK = "\u0001";

export function validValue(
  random: Random,
  means: ValueMeans,
  schema: JsonSchema,
  name = "",
): unknown {
  if (schema.$ref !== undefined) {
    const target = means.schemas[schema.$ref.split("/").at(-1) as string] ?? {};
    return validValue(random, means, target, name);
  }
  if (schema.enum !== undefined) return random.pick(schema.enum);
  if (schema.anyOf !== undefined) {
    return validValue(random, means, random.pick(schema.anyOf), name);
  }
  const type = typeof schema.type === "string" ? schema.type : random.pick(schema.type ?? ["null"]);
  switch (type) {
    case "object":
      return validObject(random, means, schema);
    case "array":
      return Array.from({ length: random.pick([0, 1, 1, 1, 2, 3]) }, () =>
        validValue(random, means, schema.items ?? {}, name),
      );
    case "integer":
      return random.pick([schema.minimum ?? 0, 1, random.below(40), random.below(5_000)]);
    case "number":
      return random.pick([1, 2, 3, 0.5, random.below(100), -random.below(10)]);
    case "boolean":
      return random.chance(50);
    case "string":
      return validText(random, means, schema, name);
    default:
      return null;
  }
}

function validObject(random: Random, means: ValueMeans, schema: JsonSchema): object {
  const fields = Object.entries(schema.properties ?? {}).filter(
    ([name]) => (schema.required?.includes(name) ?? false) || random.chance(35),
  );
  return Object.fromEntries(
    fields.map(([name, inner]) => [name, validValue(random, means, inner, name)]),
  );
}

function validText(
  random: Random,
  { names }: ValueMeans,
  { format }: JsonSchema,
  name: string,
): string {
  if (format === "date-time") {
    return new Date(
      Date.UTC(2026, random.below(11), random.below(28), random.below(24)),
    ).toISOString();
  }
  return random.pick(names[name] ?? ["1", "2.5", "some text", "€ 5", "-3"]);
}

/** The text of a value in JSON, spoilt so many times. */
export function spoiltJson(random: Random, value: unknown, times: number): string {
  let spoilt = value;
  for (let i = 0; i < times; i++) spoilt = spoil(random, spoilt);
  const mark = /"\\u0001([^"]*)"/g;
  return (JSON.stringify(spoilt) ?? "null").replace(mark, "$1");
}

/** The value with one thing in it that is not as it was. */
function spoil(random: Random, value: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(85)) {
    const at = random.below(value.length);
    return value.map((inner, i) => (i === at ? spoil(random, inner) : inner));
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return spoilObject(random, value);
  }
  return oddValue(random);
}

function spoilObject(random: Random, value: object): unknown {
  const entries = Object.entries(value);
  const at = random.below(Math.max(1, entries.length));
  switch (random.below(8)) {
    case 0:
      return oddValue(random);
    case 1:
      return fromEntries(entries.filter((_, i) => i !== at));
    case 2:
      return fromEntries([...entries, [random.pick(ODD_FIELDS), oddValue(random)]]);
    default:
      return fromEntries(
        entries.map(([name, inner], i) => [name, i === at ? spoil(random, inner) : inner]),
      );
  }
}

// So that `__proto__` becomes a field, which is what a sender can do.
function fromEntries(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries);
}

function oddValue(random: Random): unknown {
  return random.pick<() => unknown>([
    () => random.pick(ODD_TEXTS),
    () => random.pick(ODD_TEXTS),
    () => NUMBER_MARK + random.pick(ODD_NUMBERS),
    () => NUMBER_MARK + random.pick(ODD_NUMBERS),
    () => null,
    () => true,
    () => [],
    () => ({}),
    () => nested(random.pick([3, 63, 64, 65, 500])),
    () => fromEntries([["__proto__", { polluted: true }]]),
    () => Array.from({ length: 1_001 }, () => 1),
  ])();
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}
