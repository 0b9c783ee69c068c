/** Tables for people: columns as wide as they need, numbers with their points in one line. */

export interface Column<Row> {
  readonly title: string;
  /** `number`: to the right, decimal points below each other. */
  readonly align?: "left" | "right" | "number";
  /** Longer texts are cut with an ellipsis; never, if left out. */
  readonly most?: number;
  readonly cell: (row: Row) => string;
}

const GAP = "  ";

/** Title line, rule and rows, without a last newline. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const drawn = columns.map((column) => draw(column, rows));
  const line = (cells: readonly string[]) => cells.join(GAP).trimEnd();
  const body = rows.map((_, i) => line(drawn.map(({ cells }) => cells[i] ?? "")));
  return [
    line(drawn.map(({ title }) => title)),
    line(drawn.map(({ width }) => "─".repeat(width))),
    ...body,
  ].join("\n");
}

/** A column whose title and cells are all of one width. */
function draw<Row>({ title, align = "left", most, cell }: Column<Row>, rows: readonly Row[]) {
  const texts = rows.map((row) => cut(cell(row), most));
  const aligned = align === "number" ? pointsInLine(texts) : texts;
  const width = aligned.reduce((widest, text) => Math.max(widest, widthOf(text)), widthOf(title));
  const pad = (text: string) => {
    const missing = " ".repeat(width - widthOf(text));
    return align === "left" ? text + missing : missing + text;
  };
  return { width, title: pad(title), cells: aligned.map(pad) };
}

function pointsInLine(texts: readonly string[]): readonly string[] {
  const longest = texts.reduce((most, text) => Math.max(most, fractionOf(text)), 0);
  return texts.map((text) => text + " ".repeat(longest - fractionOf(text)));
}

/** How long the decimal places are, point included. */
function fractionOf(text: string): number {
  const point = text.indexOf(".");
  return point === -1 ? 0 : text.length - point;
}

function cut(text: string, most: number | undefined): string {
  const flat = text.replace(/\s+/g, " ");
  const characters = [...flat];
  if (most === undefined || characters.length <= most) return flat;
  return `${characters.slice(0, most - 1).join("")}…`;
}

function widthOf(text: string): number {
  return [...text].length;
}
