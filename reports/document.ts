import type { Chart, Nights } from './drawing.ts';
import type { Line, Tone } from './line.ts';

/**
 * What is shown to people, as data: a verdict, why, and blocks. Documents are made from reports, matrices, comparisons and trends
 * (`documents/`); each renderer (`renderers/`) shows any of them. Nothing here is markup, and every text may be hostile.
 */
export type Document = {
  /** For the browser's tab. */
  readonly title: string;
  /** What it is about, e.g. `run r20261124-055000-ab12`. */
  readonly name: string;
  /** Version of the Holdfast that made it. */
  readonly harness: string;
  readonly verdict: {
    readonly word: string;
    readonly tone: Tone;
    /** A letter from A to F, and points from 0 to 100. */
    readonly score?: { readonly letter: string; readonly value: number };
    /** What was run, or what came of it, in a few words. */
    readonly about: string;
    /** What the word means; a terminal says it where `why` says nothing. */
    readonly means?: string;
  };
  /** Why the verdict is so: all that a hurried reader reads. */
  readonly why: readonly Block[];
  /** What was run: under the verdict of a page, at the end of Markdown, not in a terminal. */
  readonly facts: readonly Fact[];
  readonly blocks: readonly Block[];
};

/** A name and its value, e.g. `Seed` and `214`. */
export type Fact = readonly [name: string, value: Line];

/** How much fits: entries of a list, rows of a table (of each group, where it has groups), lines of a diff. A page has room for all. */
export type Most = { readonly terminal: number; readonly markdown: number };

/** What is left out is counted: `and 12 more incidents in the report`. */
type Cut = { readonly most?: Most; readonly rest?: string };

/** An entry of a list. */
export type Item = {
  readonly line: Line;
  readonly tone?: Tone;
  /** What belongs to it, a line each. */
  readonly under?: readonly Line[];
  /** The same, where there is room: not in a terminal. */
  readonly more?: readonly Line[];
};

/** A column of a table. */
export type Column = {
  readonly head: Line;
  /** What the head means, where it is short. */
  readonly title?: string;
  /** Its cells are numbers: they are aligned at their ends. */
  readonly numeric?: boolean;
  /** Columns beside each other with the same one stand under it. */
  readonly over?: string;
  /** Where there is no room for all columns, those of 1 go first, then those of 2, and so on; those without one stay. */
  readonly drops?: number;
  /** Its texts may be cut to the room that is left. */
  readonly cuts?: boolean;
};

/** A row of a table: a cell for each column. `beneath` and `details` follow the table in Markdown, and are left out in a terminal. */
export type Row = {
  readonly cells: readonly Line[];
  /** To be linked to. */
  readonly id?: string;
  readonly tone?: Tone;
  /** Rows beside each other with the same one stand under it. */
  readonly group?: string;
  /** True where there is nothing to see: it goes first where there is no room. */
  readonly calm?: boolean;
  /** Stands across the table, below the row. */
  readonly beneath?: readonly Block[];
  /** The same, closed until it is asked for. */
  readonly details?: readonly Block[];
  /** The row as an entry of a list, for a terminal, where long texts do not fit beside each other. */
  readonly said?: Item;
};

/** Rows under columns. */
export type Table = Cut & {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly caption?: string;
  /** On a narrow screen each row becomes a card; else the table is scrolled. */
  readonly cards?: boolean;
  /** What rows that are calm are, e.g. `attacks passed`. */
  readonly calm?: string;
  /** What stands in its place in a terminal. */
  readonly short?: Line;
};

/** Blocks under a title. */
export type Section = {
  readonly kind: 'section';
  readonly title: Line;
  /** To be linked to; a section of the first level that has one is in the navigation of a page. */
  readonly id?: string;
  /** Its name in the navigation, where the title is too long. */
  readonly nav?: string;
  /** How many things it holds, said in the navigation. */
  readonly count?: number;
  /** Closed until it is asked for. */
  readonly fold?: boolean;
  /** A thing of its own within a section, such as an incident. */
  readonly card?: Tone;
  readonly blocks: readonly Block[];
};

/** A unified diff of a file; `cut`: it goes on. */
export type Diff = { readonly file: string; readonly text: string; readonly cut: boolean };

/** A part of a document. A new kind needs a case in each renderer: the type check names those that lack it. */
export type Block =
  | { readonly kind: 'text'; readonly line: Line; readonly note?: boolean }
  | (Cut & { readonly kind: 'list'; readonly items: readonly Item[] })
  /** `long`: values as long as digests, one beneath the other. */
  | { readonly kind: 'facts'; readonly facts: readonly Fact[]; readonly long?: boolean }
  | Table
  | { readonly kind: 'code'; readonly text: string; readonly caption?: string }
  /** What changed in files; `lines`: how much of each is shown. */
  | (Cut & { readonly kind: 'diffs'; readonly diffs: readonly Diff[]; readonly lines?: Most; readonly fold?: boolean })
  | Chart
  | Nights
  | Section
  | { readonly kind: 'columns'; readonly columns: readonly (readonly Block[])[] };

/** A paragraph. */
export const text = (line: Line): Block => ({ kind: 'text', line });
/** A paragraph that explains what stands beside it. */
export const note = (line: Line): Block => ({ kind: 'text', line, note: true });
/** A list of lines. */
export const list = (lines: readonly Line[], cut: Cut = {}): Block =>
  items(
    lines.map((line) => ({ line })),
    cut,
  );
/** A list of entries that have a tone, or something under them. */
export const items = (entries: readonly Item[], cut: Cut = {}): Block => ({ kind: 'list', items: entries, ...cut });
/** Names and values. */
export const facts = (of: readonly Fact[]): Block => ({ kind: 'facts', facts: of });
/** A table; a column may be given as its head, a row as its cells. */
export const table = (
  columns: readonly (Column | Line)[],
  rows: readonly (Row | readonly Line[])[],
  more: Partial<Table> = {},
): Table => ({
  kind: 'table',
  columns: columns.map((column) => (isColumn(column) ? column : { head: column })),
  rows: rows.map((row) => ('cells' in row ? row : { cells: row })),
  ...more,
});
/** Blocks under a title. */
export const section = (title: Line, blocks: readonly Block[], more: Partial<Section> = {}): Section => ({
  kind: 'section',
  title,
  blocks,
  ...more,
});
/** A column of numbers. */
export const numeric = (head: Line, more: Partial<Column> = {}): Column => ({ head, numeric: true, ...more });

const isColumn = (column: Column | Line): column is Column => typeof column === 'object' && 'head' in column;
