export * from "./Annotations.js";
export { NativeApi } from "./Api.js";
export {
  type DocumentOptions,
  documentOf,
  type Examples,
  type FailureAnswer,
  type WebhooksSection,
} from "./Document.js";
export * from "./Endpoints.js";
export { openApi } from "./OpenApi.js";
export { PROBLEM_MEDIA_TYPE, PROBLEMS, Problem, type ProblemCode } from "./Problem.js";
