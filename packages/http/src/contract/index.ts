export * from "./Annotations.js";
export { NativeApi } from "./Api.js";
export { openApi } from "./OpenApi.js";
export { PROBLEM_MEDIA_TYPE, PROBLEMS, Problem, type ProblemCode } from "./Problem.js";
