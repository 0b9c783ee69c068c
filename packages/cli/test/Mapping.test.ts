import { describe, expect, it } from "vitest";
import { figureFor } from "../src/import/Figures.js";
import { defaultMapping, type Mapping, readMapping } from "../src/import/Mapping.js";

const mappingOf = (json: unknown): Mapping => {
  const read = readMapping(JSON.stringify(json));
  if (read.type === "fault") throw new Error(read.fault);
  return read.mapping;
};

const faultOf = (text: string): string => {
  const read = readMapping(text);
  return read.type === "fault" ? read.fault : "no fault";
};

describe("a mapping", () => {
  it("has a default for everything", () => {
    const mapping = defaultMapping();
    expect(mapping.columns).toEqual({
      document: "document",
      sku: "sku",
      quantity: "quantity",
      time: "time",
      description: null,
    });
    expect(mapping).toMatchObject({
      timeZone: "UTC",
      encoding: "utf-8",
      delimiter: ",",
      location: { id: "main", name: "Main" },
      precision: 0,
      negativePolicy: null,
      returnsPrefix: null,
    });
  });

  it("keeps the default of every field that is left out, also inside others", () => {
    const mapping = mappingOf({ columns: { sku: "Code" }, location: { id: "shop" } });
    expect(mapping.columns).toMatchObject({ sku: "Code", document: "document" });
    expect(mapping.location).toEqual({ id: "shop", name: "shop" });
  });

  it("gives figures for every item, and others for some", () => {
    const { openingStock, minimum, maximum } = mappingOf({
      precision: 1,
      skuCase: "ignore",
      openingStock: { each: 100, items: { "85123a": "2.5", B: 0 } },
      minimum: "0.5",
      maximum: { items: { B: 7 } },
    });
    expect(figureFor(openingStock, "85123A")).toBe(25);
    expect(figureFor(openingStock, "B")).toBe(0);
    expect(figureFor(openingStock, "C")).toBe(1000);
    expect(figureFor(minimum, "C")).toBe(5);
    expect(figureFor(maximum, "C")).toBeNull();
    expect(figureFor(maximum, "B")).toBe(70);
  });

  it("may begin with a byte order mark", () => {
    expect(readMapping('\uFEFF{"unit": "box"}')).toMatchObject({ mapping: { unit: "box" } });
  });

  it("compares codes without regard to case where it says so", () => {
    const ignoring = mappingOf({ skuCase: "ignore", skip: ["post"] });
    expect(ignoring.skuOf(" 85123a ")).toBe("85123A");
    expect(ignoring.skip.has("POST")).toBe(true);
    expect(mappingOf({ skip: ["post"] }).skip.has("POST")).toBe(false);
  });

  it.each([
    ['{"columns": {"documnt": "No"}}', /^there is no field columns\.documnt; there are document, /],
    ['{"timezone": "UTC"}', /^there is no field timezone; there are columns, dateFormat, timeZone/],
    ['{"location": {"id": "a", "x": 1}}', /^there is no field location\.x; there are id, name$/],
    ['{"location": {}}', /^location\.id is missing$/],
    ['{"location": {"id": "@a"}}', /^location\.id must be a text of 1 to 80/],
    ['{"timeZone": "Europe/Londres"}', /^timeZone must be a time zone such as Europe\/London$/],
    ['{"encoding": "latin-99"}', /^encoding must be an encoding such as utf-8/],
    ['{"delimiter": ",,"}', /^delimiter must be one character/],
    ['{"dateFormat": "DD.MM.YYYY"}', /^dateFormat is no date format: DD is no part of a date/],
    ['{"dateFormat": 1}', /^dateFormat must be a format such as/],
    ['{"currency": "pounds"}', /^currency must be an ISO 4217 code such as GBP$/],
    ['{"negativePolicy": "maybe"}', /^negativePolicy must be "deny" or "allow"$/],
    ['{"precision": 7}', /^precision must be a whole number from 0 to 6$/],
    ['{"openingStock": "many"}', /^openingStock must be a number, 0 or more, not "many"$/],
    ['{"openingStock": -1}', /^openingStock must be a number, 0 or more, not -1$/],
    ['{"openingStock": [1]}', /^openingStock must be a quantity such as 100, or \{"each"/],
    ['{"openingStock": {"all": 1}}', /^openingStock must be a quantity such as 100, or \{"each"/],
    ['{"minimum": 1.5}', /^minimum must have no decimal places, not 1\.5$/],
    [
      '{"precision": 1, "minimum": {"items": {"A": "1.55"}}}',
      /^minimum\.items\.A must have at most 1/,
    ],
    ['{"minimum": 5, "maximum": 4}', /^maximum must be 0 or at least the minimum$/],
    ['{"minimum": 5, "maximum": {"items": {"A": 4}}}', /^maximum of item A must be 0 or at least/],
    ['{"skip": "POST"}', /^skip must be a list of item codes/],
    ['{"returnsPrefix": ""}', /^returnsPrefix must be a text such as "C"$/],
    ["[]", /^the mapping must be an object/],
    ['"x"', /^the mapping must be an object/],
    ['{"columns": "x"}', /^columns must be an object/],
    ['{\n"a": 1,\n}', /^it is not JSON: there is a mistake on line 3/],
  ])("refuses %s", (text, fault) => {
    expect(faultOf(text)).toMatch(fault);
  });
});
