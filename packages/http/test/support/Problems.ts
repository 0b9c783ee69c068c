/** What every failure looks like. */
import { Schema } from "effect";
import { expect } from "vitest";
import {
  PROBLEM_MEDIA_TYPE,
  PROBLEMS,
  Problem,
  type ProblemCode,
} from "../../src/contract/index.js";
import type { Answer } from "./TestServer.js";

const decode = Schema.decodeUnknownSync(Problem, { onExcessProperty: "error" });

/** Expects a problem in the documented shape, and nothing besides. */
export function expectProblem(answer: Answer, code: ProblemCode): Problem {
  expect(answer).toMatchObject({ status: PROBLEMS[code].status, body: { code } });
  const problem = decode(answer.body);
  expect(answer.headers.get("content-type")).toBe(PROBLEM_MEDIA_TYPE);
  expect(answer.headers.get("x-request-id")).toBe(problem.requestId);
  expect(problem).toMatchObject({
    status: answer.status,
    title: PROBLEMS[code].title,
    type: `urn:stockbook:problem:${code}`,
  });
  return problem;
}
