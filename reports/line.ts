import type { ControlVerdict, RunVerdict } from '../harness/model/index.ts';
import { controlVerdictWord } from './text/index.ts';

/** How something looks to a reader. Each tone has a sign of its own, so that colour is never all that tells it. */
export type Tone = 'good' | 'bad' | 'unsure' | 'void' | 'calm';

/** How a text stands out: `hot` is bad news, `warm` is doubt, `quiet` is what need not be read. */
export type Mark = 'strong' | 'quiet' | 'hot' | 'warm' | 'code';

/**
 * An interval of after ÷ before, as factors, on a log axis from 1/`end` to `end`. `confidence` is a share (0.95 is 95 %); `least` is the
 * factor below which a difference does not matter, null where no factor says so.
 */
export type Ratio = {
  readonly kind: 'ratio';
  readonly text: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  readonly end: number;
  readonly least: number | null;
  readonly tone: Tone;
};

/** A part of a line. Texts may come from the wire: renderers escape every one. */
export type Piece =
  | { readonly kind: 'mark'; readonly as: Mark; readonly text: string }
  /** Sign and word; `bare`: the sign is enough where it is seen, the word is read out. */
  | { readonly kind: 'badge'; readonly tone: Tone; readonly text: string; readonly bare?: boolean }
  /** A name in a box; `to`: the id of what it leads to. */
  | { readonly kind: 'chip'; readonly tone: Tone; readonly text: string; readonly title?: string; readonly to?: string }
  /** Leads to the id of a block (`to`), or to a page beside this one or on the web (`href`). */
  | { readonly kind: 'link'; readonly line: Line; readonly to?: string; readonly href?: string }
  /** Lines beneath each other. */
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  /** A smaller line beneath. */
  | { readonly kind: 'sub'; readonly line: Line }
  | Ratio;

/** What is read as one: text, a piece that stands out, or several of them. */
export type Line = string | Piece | readonly Line[];

const marked =
  (as: Mark) =>
  (text: string | number): Piece => ({ kind: 'mark', as, text: String(text) });

/** What stands out, each as its `Mark` says. */
export const strong = marked('strong');
export const quiet = marked('quiet');
export const hot = marked('hot');
export const warm = marked('warm');
export const code = marked('code');
/** A smaller line beneath what stands before it. */
export const sub = (...line: readonly Line[]): Piece => ({ kind: 'sub', line });
/** Lines beneath each other. */
export const beneath = (lines: readonly Line[]): Piece => ({ kind: 'lines', lines });
/** A link to the block of that id. */
export const linkTo = (id: string, line: Line): Piece => ({ kind: 'link', line, to: id });
/** A link to a page beside this one, or on the web. */
export const linkOut = (href: string, line: Line): Piece => ({ kind: 'link', line, href });
/** A name in a box. */
export const chip = (
  tone: Tone,
  text: string,
  more: { readonly title?: string; readonly to?: string } = {},
): Piece => ({
  kind: 'chip',
  tone,
  text,
  ...more,
});

const tones: Readonly<Record<RunVerdict | ControlVerdict, Tone>> = {
  HOLDS: 'good',
  pass: 'good',
  BROKEN: 'bad',
  fail: 'bad',
  UNKNOWN: 'unsure',
  unknown: 'unsure',
  INVALID: 'void',
};

/** The tone of a verdict; one that is not ours says nothing. */
export const toneOf = (verdict: string): Tone =>
  Object.hasOwn(tones, verdict) ? tones[verdict as RunVerdict | ControlVerdict] : 'void';

/** Sign and word of a verdict; `more` stands behind the word. */
export const verdictBadge = (verdict: RunVerdict | ControlVerdict, more = ''): Piece => ({
  kind: 'badge',
  tone: toneOf(verdict),
  text: `${controlVerdictWord(verdict as ControlVerdict)}${more}`,
});

/** A number that matters where it is not 0. */
export const alarming = (value: number, text: string, mark: (text: string) => Piece = hot): Line =>
  value > 0 ? mark(text) : quiet(text);

/** Says that one admission breaks the claim outright. */
export const criticalMark = (critical: boolean): Line => (critical ? [' ', chip('calm', 'critical')] : '');

/** Text in which people put code between backticks, as advice does, as a line: the code is marked, its backticks are gone. */
export const prose = (text: string): Line =>
  text.split(/(?<!`)`(?!`)([^`\n]+)(?<!`)`(?!`)/).map((part, at) => (at % 2 === 1 ? code(part) : part));

/** Lines with something between them. */
export const joined = (lines: readonly Line[], between: string): Line =>
  lines.flatMap((line, at) => (at === 0 ? [line] : [between, line]));

/** What a line says, without what stands out or beneath. */
export const plainText = (line: Line): string => {
  if (typeof line === 'string') return line;
  if (!('kind' in line)) return line.map(plainText).join('');
  switch (line.kind) {
    case 'sub':
      return '';
    case 'lines':
      return line.lines.map(plainText).join('; ');
    case 'link':
      return plainText(line.line);
    default:
      return line.text;
  }
};
