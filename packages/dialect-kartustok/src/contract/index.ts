export { KartuStokApi } from "./Api.js";
export { ERRORS, type ErrorName } from "./Errors.js";
export { TRANSACTION_TYPES, TransactionType } from "./Fields.js";
export { openApi } from "./OpenApi.js";
export { postmanCollection } from "./Postman.js";
export {
  Category,
  Company,
  DetailRow,
  ErrorAnswer,
  Health,
  Item,
  Locator,
  Meta,
  SummaryRow,
} from "./Views.js";
