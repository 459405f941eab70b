import type { Line, Tone } from './line.ts';

/** A stretch of time, in ms on the axis of its chart. */
export type Span = { readonly startMs: number; readonly endMs: number; readonly name: string };

/** One entry of `values` for each of `atMs`, in `unit` (`count`: a number, or one per second as the panel's title says); null where there is nothing. */
export type ChartSeries = {
  readonly label: string;
  readonly colour: 'load' | 'trace' | 'slow' | 'attack' | 'bad' | 'unsure' | 'before';
  readonly draw: 'steps' | 'bars' | 'line';
  readonly dashed?: boolean;
  readonly area?: boolean;
  readonly unit: 'count' | 'ms';
  readonly values: readonly (number | null)[];
};

/** Series over one axis of times in ms. Several in a panel are laid over each other. */
export type ChartData = { readonly atMs: readonly number[]; readonly series: readonly ChartSeries[] };

/** A row of named spans. */
export type Lane = {
  readonly name: string;
  readonly as: 'names' | 'hatch' | 'bad' | 'unsure';
  readonly spans: readonly Span[];
};

/** A drawing of a chart: lanes, or series. `height` in CSS pixels; `log`: its values lie on a log axis. */
export type Panel =
  | { readonly title: string; readonly lanes: readonly Lane[] }
  | { readonly title: string; readonly height: number; readonly log?: boolean; readonly data: readonly ChartData[] };

/** Panels over one axis of time, from `fromMs` to `toMs`. The caption says the same in words, for whoever does not see it. */
export type Chart = {
  readonly kind: 'chart';
  readonly fromMs: number;
  readonly toMs: number;
  readonly phases: readonly Span[];
  /** Times that stand out, hatched through all panels. */
  readonly hatched: readonly Span[];
  readonly panels: readonly Panel[];
  readonly legend?: readonly { readonly dashed: boolean; readonly text: string }[];
  readonly caption: Line;
};

/** A line over the nights: a value for each, and the same as text. */
export type Curve = {
  readonly title: string;
  readonly values: readonly (number | null)[];
  readonly texts: readonly string[];
};

/** What stands in a row of `Nights`: one entry for each night, or what happened between them. */
export type Plot =
  /** A bar for each night, tall where it is bad, that leads to the night's page. */
  | {
      readonly kind: 'verdicts';
      readonly nights: readonly { readonly tone: Tone; readonly text: string; readonly href: string | null }[];
    }
  /** Lines of one unit; the last is drawn strongest. `most`: the top of the axis; absent: a little more than the highest value. */
  | {
      readonly kind: 'curves';
      readonly curves: readonly Curve[];
      readonly log: boolean;
      readonly most?: number;
      readonly rings: readonly {
        readonly night: number;
        readonly value: number;
        readonly tone: Tone;
        readonly text: string;
      }[];
    }
  /** Full height where it is bad, half where it is unsure, low where it is good, nothing for null. */
  | { readonly kind: 'bars'; readonly tones: readonly (Tone | null)[] }
  | { readonly kind: 'ticks'; readonly ticks: readonly { readonly night: number; readonly text: string }[] };

/** Rows over one axis of nights: a name, what is drawn, and what it comes to now. `plot` null: a heading. */
export type Nights = {
  readonly kind: 'nights';
  /** The day of each night, oldest first. */
  readonly days: readonly string[];
  /** Nights, by their number from 0, before which something changed: a line through all rows. */
  readonly breaks: readonly number[];
  readonly rows: readonly { readonly name: Line; readonly plot: Plot | null; readonly now: Line }[];
};
