/** Settings: what an organisation has decided about how this API serves it. */
import type { Organisation } from "@stockbook/engine";

/** Who keeps the products: the catalogue here, or another system whose entities they are. */
export type ProductMode = "catalog" | "entities";

export interface TictapSettings {
  readonly mode: ProductMode;
  /** Answers `.xlsx` with CSV, for clients that rely on it. */
  readonly xlsxAsCsv: boolean;
}

/** `tictap.mode` and `tictap.xlsxAsCsv` among the options of the organisation. */
export function settingsOf({ options }: Pick<Organisation, "options">): TictapSettings {
  return {
    mode: options["tictap.mode"] === "entities" ? "entities" : "catalog",
    xlsxAsCsv: options["tictap.xlsxAsCsv"] === "true",
  };
}
