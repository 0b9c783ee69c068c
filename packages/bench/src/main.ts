/** The command: runs the rows that are asked for, prints a table and writes JSON. */
import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { describeEnvironment, type Environment, environmentOf, IN_MEMORY } from "./Environment.js";
import { type Bench, passes, type Row } from "./Row.js";
import { ROWS } from "./Rows.js";
import { runRow } from "./Run.js";
import { DEFAULT_SCALE, LONG_SCALE, type Scale, SMOKE_SCALE } from "./Scale.js";
import { type RowFigure, tableOf, verdictOf } from "./Table.js";
import { asTyped, makeWorkplace, RESULTS } from "./Workplace.js";

const OPTIONS = {
  rows: { type: "string" },
  rounds: { type: "string", default: "5" },
  long: { type: "boolean", default: false },
  smoke: { type: "boolean", default: false },
  json: { type: "string" },
  dir: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

const HELP = `Usage: npm run bench -w packages/bench -- [options]

Measures Stockbook beside hand-written floors, in one run, and prints the ratios.

  --rows <ids>     only these rows, separated by commas
  --rounds <n>     rounds that are to count, 5 if left out; moved rounds are run again
  --long           the growth row up to 8,000,000 movements instead of 1,000,000
  --smoke          as little as there can be, to see that everything runs
  --json <file>    writes the figures there too; always to packages/bench/results/latest.json
  --dir <path>     puts the databases there, on a disk; the temporary directory, if left out
  --help           this text

Rows:
${ROWS.map(({ id, title }) => `  ${id.padEnd(17)}${title}`).join("\n")}
`;

async function main(): Promise<void> {
  const values = valuesOf(process.argv.slice(2));
  if (values.help) return void process.stdout.write(HELP);
  const rows = rowsOf(values.rows);
  const rounds = roundsOf(values.rounds);
  const directory = makeWorkplace(values.dir === undefined ? undefined : asTyped(values.dir));
  const environment = environmentOf(dirname(directory));
  process.stdout.write(`${describeEnvironment(environment)}\n${warningOf(environment)}\n`);

  const scale = values.smoke ? SMOKE_SCALE : values.long ? LONG_SCALE : DEFAULT_SCALE;
  const startedAt = new Date();
  const say = progressSince(startedAt.getTime());
  const figures = await runAll(rows, { rounds, scale, directory, say });
  process.stdout.write(`${tableOf(figures)}\n\n${notesOf(startedAt, scale)}\n`);
  process.stdout.write(`${verdictOf(figures)}\n`);

  const result = resultOf(environment, { startedAt, rounds, scale }, figures);
  if (!values.smoke) writeResult(join(RESULTS, "latest.json"), result);
  if (values.json !== undefined) writeResult(asTyped(values.json), result);
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    return usageFault(error instanceof Error ? error.message : String(error));
  }
}

/** Runs all rows; one that fails is reported and does not keep the others from running. */
async function runAll(rows: readonly Row[], bench: Bench): Promise<readonly RowFigure[]> {
  const figures: RowFigure[] = [];
  for (const row of rows) {
    try {
      figures.push(...(await runRow(row, bench)));
    } catch (error) {
      process.exitCode = 1;
      bench.say(`${row.id}: ${error instanceof Error ? error.stack : error}`);
    }
  }
  return figures;
}

function rowsOf(ids: string | undefined): readonly Row[] {
  if (ids === undefined) return ROWS;
  return ids.split(",").map((id) => {
    const row = ROWS.find((candidate) => candidate.id === id.trim());
    if (row !== undefined) return row;
    return usageFault(`there is no row ${id}; there are ${ROWS.map(({ id }) => id).join(", ")}`);
  });
}

function roundsOf(text: string): number {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= 1 && rounds <= 100) return rounds;
  return usageFault(`--rounds takes a whole number from 1 to 100, not ${text}`);
}

function usageFault(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function warningOf({ fileSystem }: Environment): string {
  if (fileSystem !== IN_MEMORY) return "";
  return `\nThis directory is in memory, where a sync costs nothing: choose a disk with --dir.\n`;
}

function progressSince(start: number): (text: string) => void {
  return (text) => {
    const seconds = ((Date.now() - start) / 1000).toFixed(0).padStart(4);
    process.stderr.write(`${seconds} s  ${text}\n`);
  };
}

function notesOf(startedAt: Date, scale: Scale): string {
  const seconds = Math.round((Date.now() - startedAt.getTime()) / 1000);
  const load = (loadavg()[0] ?? 0).toFixed(2);
  const notes = [
    `Median (least–most) of the rounds that counted; ${seconds} s in all, load ${load} at the end.`,
  ];
  if (scale === DEFAULT_SCALE) {
    notes.push("The budget of the growth row is for 8,000,000 movements: see --long.");
  }
  if (scale === SMOKE_SCALE) notes.push("Too little was done for these figures to say anything.");
  return notes.join("\n");
}

function resultOf(
  environment: Environment,
  settings: { readonly startedAt: Date; readonly rounds: number; readonly scale: Scale },
  figures: readonly RowFigure[],
) {
  const judged = figures.map((figure) => ({ ...figure, passes: passes(figure) ?? null }));
  return { environment, ...settings, figures: judged };
}

function writeResult(path: string, result: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`);
}

await main();
