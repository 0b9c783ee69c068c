export { withDocs } from "./Docs.js";
