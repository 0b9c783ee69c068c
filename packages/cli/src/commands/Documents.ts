/** `stockbook openapi` and `stockbook postman`: the APIs for other tools. */
import { readFileSync, writeFileSync } from "node:fs";
import * as Command from "@effect/cli/Command";
import * as Options from "@effect/cli/Options";
import { Effect, Option } from "effect";
import { Failure } from "../Failure.js";
import { APIS, NATIVE, type ServableApi } from "../serve/Apis.js";
import { describe, print } from "./Shared.js";

const out = Options.text("out").pipe(
  Options.withPseudoName("file"),
  Options.withDescription("Where to write it, over what is there; the output, if left out."),
  Options.optional,
);

const choices = [NATIVE, ...APIS].map((api): [string, ServableApi] => [api.name, api]);

const api = Options.choiceWithValue("api", choices).pipe(
  Options.withDescription("Which API; the native one, if left out."),
  Options.withDefault(NATIVE),
);

export const openapiCommand = Command.make("openapi", { api, out }, ({ api, out }) =>
  Effect.gen(function* () {
    const { openApi } = yield* Effect.promise(api.contract);
    yield* give(JSON.stringify(openApi(), null, 2), out);
  }),
).pipe(
  Command.withDescription(
    describe(
      "Prints the OpenAPI 3.1 document of an API.",
      ["That of the native one is what a server gives at /openapi.json."],
      ["stockbook openapi", "stockbook openapi --api tictap --out openapi.json"],
    ),
  ),
);

/** Made when this package was built, one for each API. */
const COLLECTIONS = new URL("../../dist/postman/", import.meta.url);

export const postmanCommand = Command.make("postman", { api, out }, ({ api: { name }, out }) =>
  Effect.suspend(() =>
    give(readFileSync(new URL(`${name}.json`, COLLECTIONS), "utf8").trimEnd(), out),
  ),
).pipe(
  Command.withDescription(
    describe(
      "Prints a Postman collection (2.1) of an API.",
      ["Its variables baseUrl and key say where the server is and what to show it."],
      [
        "stockbook postman --out stockbook.postman_collection.json",
        "stockbook postman --api tictap --out tictap.postman_collection.json",
      ],
    ),
  ),
);

function give(text: string, out: Option.Option<string>): Effect.Effect<void, Failure> {
  if (Option.isNone(out)) return print(text);
  return Effect.try({
    try: () => writeFileSync(out.value, `${text}\n`),
    catch: (error) => new Failure({ message: `${out.value}: ${reasonOf(error)}` }),
  }).pipe(Effect.zipRight(print(`Written to ${out.value}.`)));
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such folder";
  if (code === "EISDIR") return "this is a folder";
  return error instanceof Error ? error.message : String(error);
}
