/** The parts of a workbook that are the same in each, and those that list its sheets. */
import { type CellType, type Columns, headingOf } from "../Table.js";
import { escaped } from "./Xml.js";

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

export interface Part {
  readonly name: string;
  readonly xml: string;
}

/** The styles of cells, by their place in `styles`. */
export const STYLE_OF: Readonly<Record<CellType | "heading", number>> = {
  number: 0,
  boolean: 0,
  // So that a code with leading zeros keeps them when somebody edits it.
  text: 1,
  date: 2,
  instant: 3,
  decimal: 4,
  heading: 5,
};

const styles = `${DECLARATION}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="166" formatCode="0.00####"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">${[
  [0, 0],
  [49, 0],
  [164, 0],
  [165, 0],
  [166, 0],
  [49, 1],
]
  .map(
    ([format, font]) =>
      `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`,
  )
  .join(
    "",
  )}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** What stands before the sheets. The sheets are not known yet, so every other part is one. */
export const firstParts: readonly Part[] = [
  {
    name: "[Content_Types].xml",
    xml: `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  },
  {
    name: "_rels/.rels",
    xml: `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  },
  { name: "xl/styles.xml", xml: styles },
];

export const sheetPart = (index: number): string => `xl/worksheets/sheet${index + 1}.xml`;

/** What stands after the sheets, and names them. */
export function lastParts(sheets: readonly string[]): readonly Part[] {
  const listed = sheets.map(
    (name, index) =>
      `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const related = sheets.map(
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONSHIPS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  return [
    {
      name: "xl/workbook.xml",
      xml: `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><sheets>${listed.join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      xml: `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${related.join("")}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONSHIPS}/styles" Target="styles.xml"/></Relationships>`,
    },
  ];
}

/** How wide a column is, in characters, so that no day is shown as `#######`. */
const WIDTH_OF: Readonly<Record<CellType, number>> = {
  text: 20,
  number: 12,
  decimal: 14,
  boolean: 9,
  date: 12,
  instant: 20,
};
const MAX_WIDTH = 60;

/** A sheet up to its first row: the headings stay where they are when it is scrolled. */
export function sheetStart(columns: Columns): string {
  const widths = columns.map((column, index) => {
    const width = Math.min(
      MAX_WIDTH,
      Math.max(WIDTH_OF[column.type], headingOf(column).length + 2),
    );
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  });
  const cols = widths.length === 0 ? "" : `<cols>${widths.join("")}</cols>`;
  return `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${cols}<sheetData>`;
}

export const sheetEnd = "</sheetData></worksheet>";
