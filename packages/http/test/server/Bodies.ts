import { describe, expect, it } from "vitest";
import { expectProblem } from "../support/Problems.js";
import { sendRaw } from "../support/Raw.js";
import { answerOf, startServer, type TestServer } from "../support/TestServer.js";

const ITEM = "/v1/items/TEA";

const MAX = 1_000;

/** A body in pieces, whose length is not announced. */
async function sendPieces({ url, key }: TestServer, pieces: Iterable<Uint8Array>) {
  const body = new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  // Of fetch in Node, for bodies that are streams; no type has it.
  const init = { method: "PUT", headers, body, duplex: "half" } as RequestInit;
  return answerOf(await fetch(url + ITEM, init));
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** JSON of exactly so many bytes. */
function sized(length: number): string {
  const frame = '{"name":"x"}'.length - 1;
  return JSON.stringify({ name: "x".repeat(Math.min(100, length - frame)) }).padEnd(length);
}

describe("a body", () => {
  it("is taken up to its bound and no further, announced or in pieces", async () => {
    await using server = await startServer({ maxBodyBytes: MAX });
    for (const [length, status] of [
      [MAX, 200],
      [MAX + 1, 413],
    ] as const) {
      expect((await server.send("PUT", ITEM, { body: sized(length) })).status).toBe(status);
      const text = sized(length);
      const pieces = [bytes(text.slice(0, 500)), bytes(text.slice(500))];
      expect((await sendPieces(server, pieces)).status).toBe(status);
    }
  });

  it("that is too long is refused before it has come", async () => {
    await using server = await startServer({ maxBodyBytes: MAX });
    const head = [
      `PUT ${ITEM} HTTP/1.1`,
      "Host: x",
      `Authorization: Bearer ${server.key}`,
      "Content-Type: application/json",
      "Content-Length: 1000000000",
    ];
    const { status, body } = await sendRaw(server.url, `${head.join("\r\n")}\r\n\r\n{`);
    expect(status).toBe(413);
    expect(JSON.parse(body).code).toBe("body-too-large");
  });

  it("that has no end is not read to it", async () => {
    await using server = await startServer({ maxBodyBytes: MAX });
    const head = [
      `PUT ${ITEM} HTTP/1.1`,
      "Host: x",
      `Authorization: Bearer ${server.key}`,
      "Content-Type: application/json",
      "Transfer-Encoding: chunked",
    ];
    const chunk = `400\r\n${"x".repeat(1024)}\r\n`;
    const { status } = await sendRaw(server.url, `${head.join("\r\n")}\r\n\r\n${chunk}${chunk}`);
    expect(status).toBe(413);
  });

  it.each([
    ["an overlong form", [0x22, 0xc0, 0xaf, 0x22]],
    ["half a character", [0x22, 0xe2, 0x82, 0x22]],
    ["a surrogate", [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ["UTF-16", [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])("must be UTF-8, and not %s", async (_, text) => {
    await using server = await startServer();
    const answer = await sendPieces(server, [new Uint8Array(text)]);
    expect(expectProblem(answer, "malformed-request").detail).toBe("the body must be UTF-8");
  });

  it.each([
    ["half an object", '{"name":'],
    ["two objects", "{}{}"],
    ["a comment", "{} // tea"],
    ["single quotes", "{'name':'tea'}"],
    ["NaN", '{"unitCost":NaN}'],
    ["a trailing comma", '{"name":"tea",}'],
    ["a bare word", "tea"],
    ["a null byte", "\0"],
    ["a control character in a text", '{"name":"a\u0001b"}'],
    ["much nesting", `${"[".repeat(65)}${"]".repeat(65)}`],
    ["endless nesting", "[".repeat(100_000)],
  ])("must be JSON, and not %s", async (_, body) => {
    await using server = await startServer();
    const answer = await server.send("PUT", ITEM, { body });
    const { detail } = expectProblem(answer, "malformed-request");
    expect(detail).not.toContain("tea");
  });

  it.each([
    ["a list", "[]"],
    ["a text", '"tea"'],
    ["a number", "1"],
    ["null", "null"],
    ["true", "true"],
    ["a field of the prototype", '{"__proto__":{"name":"tea"}}'],
    ["a constructor", '{"constructor":{"prototype":{"name":"tea"}}}'],
    ["what is not known", '{"nmae":"tea"}'],
    ["brackets in a text that are no nesting", `{"name":${JSON.stringify("[".repeat(501))}}`],
    ["an infinite number", '{"unitCost":1e999}'],
    ["half a character in a text", '{"name":"\\ud800"}'],
  ])("of another form is refused: %s", async (_, body) => {
    await using server = await startServer();
    expectProblem(await server.send("PUT", ITEM, { body }), "invalid-body");
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("name");
  });

  it("counts as {} when it is empty", async () => {
    await using server = await startServer();
    for (const body of ["", "  ", "\n", undefined]) {
      const answer = await server.send("PUT", ITEM, body === undefined ? {} : { body });
      expect(answer.status, JSON.stringify(body)).toBe(200);
    }
  });

  it("with a mark of its byte order is JSON all the same", async () => {
    await using server = await startServer();
    const text = new Uint8Array([0xef, 0xbb, 0xbf, ...bytes('{"name":"Tea"}')]);
    expect((await sendPieces(server, [text])).status).toBe(200);
  });

  it("must say what it is, and must not be compressed", async () => {
    await using server = await startServer();
    const refused = [
      { "content-type": "text/json" },
      { "content-type": "" },
      { "content-type": "application/json;charset=utf-16" },
      { "content-encoding": "gzip" },
      { "content-encoding": "br" },
    ];
    for (const headers of refused) {
      const answer = await server.send("PUT", ITEM, { body: "{}", headers });
      expectProblem(answer, "unsupported-media-type");
    }
    const taken = [
      { "content-type": "application/json; charset=utf-8" },
      { "content-type": 'APPLICATION/JSON;Charset="UTF-8"' },
      { "content-encoding": "identity" },
    ];
    for (const headers of taken) {
      expect((await server.send("PUT", ITEM, { body: "{}", headers })).status).toBe(200);
    }
  });

  it("does not matter where none is taken", async () => {
    await using server = await startServer({ maxBodyBytes: MAX });
    const { url, key } = server;
    const head = `GET /v1/items HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n`;
    const { status } = await sendRaw(url, `${head}Content-Length: 5\r\n\r\nhello`);
    expect(status).toBe(200);
  });
});

describe("what is no HTTP", () => {
  it("is answered without a body where it asks for the head alone", async () => {
    await using server = await startServer();
    const { status, body } = await sendRaw(server.url, "HEAD \\v1 HTTP/1.1\r\nHost: x\r\n\r\n");
    expect({ status, body }).toEqual({ status: 400, body: "" });
  });

  it.each([
    ["nonsense", "hello\r\n\r\n"],
    ["a method that nobody knows", "BREW /v1/items HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["two lengths", "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
    ["a header that is too long", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`],
  ])("is a problem as well: %s", async (_, text) => {
    await using server = await startServer();
    const { status, head, body } = await sendRaw(server.url, text);
    expect(status).toBe(400);
    expect(head).toContain("application/problem+json");
    expect(JSON.parse(body)).toMatchObject({ status: 400, code: "malformed-request" });
  });
});
