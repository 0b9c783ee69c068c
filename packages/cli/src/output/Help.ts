/** Help pages: what `--help` shows, drawn from the descriptions of commands and options. */
import * as CliConfig from "@effect/cli/CliConfig";
import * as CommandDescriptor from "@effect/cli/CommandDescriptor";
import type { HelpDoc } from "@effect/cli/HelpDoc";
import type { Span } from "@effect/cli/HelpDoc/Span";

/** A command with its name, as far as help is concerned. */
export interface HelpSubject {
  /** One word, or two for a command of a group. */
  readonly name: string;
  readonly descriptor: CommandDescriptor.Command<unknown>;
}

const WIDTH = 88;
const CONFIG = CliConfig.make({ showBuiltIns: false });

/** The page that lists commands: all of them, or those of a group. */
export function overview(
  summary: string,
  commands: readonly HelpSubject[],
  program = "stockbook",
): string {
  const rows = commands.map((command) => {
    const [first = ""] = sectionsOf(command).description;
    return [command.name, first] as const;
  });
  return page([
    wrapped(summary, 0),
    `Usage: ${program} <command> [options]`,
    `Commands:\n${definitions(rows)}`,
    `Every command explains itself: ${program} <command> --help`,
  ]);
}

/** The page of one command. */
export function commandPage(command: HelpSubject): string {
  const { description, examples, parameters, options } = sectionsOf(command);
  const usage = ["stockbook", command.name, ...parameters.map(([name]) => name), "[options]"];
  const sections = [...description.map((text) => wrapped(text, 0)), `Usage: ${usage.join(" ")}`];
  if (parameters.length > 0) sections.push(definitions(parameters));
  sections.push(`Options:\n${definitions(options)}`);
  if (examples.length > 0) sections.push(`Examples:\n${examples.map((e) => `  ${e}`).join("\n")}`);
  return page(sections);
}

/** Whether a command has an option of this name that takes a value. */
export function takesValue(command: HelpSubject, option: string): boolean {
  return sectionsOf(command).options.some(([name]) => name.startsWith(`${option} <`));
}

type Definition = readonly [name: string, text: string];

interface Sections {
  description: string[];
  examples: string[];
  parameters: Definition[];
  options: Definition[];
}

/** Help comes as a sequence of headers, each with what follows it. */
function sectionsOf({ descriptor }: HelpSubject): Sections {
  const sections: Sections = { description: [], examples: [], parameters: [], options: [] };
  let heading = "";
  for (const block of blocksOf(CommandDescriptor.getHelp(descriptor, CONFIG))) {
    if (block._tag === "Header") heading = textOf(block.value);
    else if (block._tag === "Paragraph") sections.description.push(textOf(block.value));
    else if (block._tag === "Enumeration") sections.examples.push(...block.elements.map(plainText));
    else if (block._tag === "DescriptionList") {
      const list = heading === "ARGUMENTS" ? sections.parameters : sections.options;
      for (const [name, doc] of block.definitions) list.push([optionName(textOf(name)), told(doc)]);
    }
  }
  sections.options.push(["--help", "Show this page."]);
  return sections;
}

/** The description of a parameter stands between its type and whether it is optional. */
function told(doc: HelpDoc): string {
  const [, text = ""] = blocksOf(doc).map(plainText);
  return text;
}

/** `--db file` as `--db <file>` */
function optionName(name: string): string {
  return name.replace(/^(--\S+) ([^<\s]+)$/, "$1 <$2>");
}

function blocksOf(doc: HelpDoc): readonly HelpDoc[] {
  return doc._tag === "Sequence" ? [...blocksOf(doc.left), ...blocksOf(doc.right)] : [doc];
}

/** A help text without its styling, in one line. */
export function plainText(doc: HelpDoc): string {
  switch (doc._tag) {
    case "Header":
    case "Paragraph":
      return textOf(doc.value);
    case "Sequence":
      return `${plainText(doc.left)} ${plainText(doc.right)}`.trim();
    case "Enumeration":
      return doc.elements.map(plainText).join(" ");
    case "Empty":
    case "DescriptionList":
      return "";
  }
}

function textOf(span: Span): string {
  switch (span._tag) {
    case "Sequence":
      return textOf(span.left) + textOf(span.right);
    case "Text":
    case "URI":
      return span.value;
    default:
      return textOf(span.value);
  }
}

function definitions(rows: readonly Definition[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows.map(([name, text]) => `  ${name}`.padEnd(width) + wrapped(text, width)).join("\n");
}

/** Broken at words; lines after the first are indented. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}

function page(sections: readonly string[]): string {
  return sections.join("\n\n");
}
