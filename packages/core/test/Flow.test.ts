import { describe, expect, it } from "vitest";
import { VIRTUAL_LOCATIONS } from "../src/Account.js";
import { flowOf, placeFlowOf } from "../src/Flow.js";

const ENDS = [...VIRTUAL_LOCATIONS, "main", "shop"];
const OPPOSITE = { input: "output", output: "input", transfer: "transfer", adjust: "adjust" };

describe("flows", () => {
  it("turn round when a line does", () => {
    for (const from of ENDS) {
      for (const to of ENDS) {
        const flow = flowOf(from, to);
        expect(flowOf(to, from)).toBe(flow === null ? null : OPPOSITE[flow]);
      }
    }
  });

  it("are none at one place, between what is outside, and where a value is corrected", () => {
    for (const end of ENDS) {
      expect(flowOf(end, end)).toBeNull();
      expect(flowOf(end, "@revaluation")).toBeNull();
    }
    expect(flowOf("@supplier", "@customer")).toBeNull();
  });

  it("tell what comes in, goes out, is moved and is corrected", () => {
    for (const outside of ["@supplier", "@customer", "@renter"]) {
      expect(flowOf(outside, "main")).toBe("input");
    }
    expect(flowOf("main", "shop")).toBe("transfer");
    expect(flowOf("main", "@transit")).toBe("transfer");
    expect(flowOf("@adjustment", "main")).toBe("adjust");
  });

  it("of a place tell the two ends of a transfer apart", () => {
    expect(placeFlowOf("main", "shop", "main")).toBe("transfer-out");
    expect(placeFlowOf("main", "shop", "shop")).toBe("transfer-in");
    expect(placeFlowOf("main", "shop", "elsewhere")).toBeNull();
    expect(placeFlowOf("@supplier", "main", "main")).toBe("input");
  });
});
