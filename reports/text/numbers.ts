/** Digits in groups of three, e.g. `29,956`. Not from the locale, so that any machine prints the same bytes. */
export const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** What is left out, e.g. `and 3 more incidents in the report`: one of them loses the s of its plural. */
export const moreText = (left: number, rest = ''): string =>
  `and ${count(left)} more ${left === 1 ? rest.replace(/^(\w+)s\b/, '$1') : rest}`.trimEnd();

/** Keeps a number and its unit on one line. */
const space = '\u00a0';

/** A quantity with about three significant digits and no exponent. */
const digits = (value: number): string => {
  if (value === 0) return '0';
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size >= 3) return count(Math.round(value));
  const text = value.toFixed(Math.min(8, Math.max(0, 2 - size)));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
};

/** A share as percent, e.g. 0.00099 → `0.099 %`. */
export const shareText = (share: number): string => `${digits(share * 100)}${space}%`;

/** An upper bound on the admitted share, rounded up so that it never claims more than was shown; `–` where there is none. */
export const boundText = (bound: number | null): string => {
  if (bound === null) return '–';
  const percent = bound * 100;
  if (percent <= 0) return `≤${space}0${space}%`;
  const step = 10 ** (Math.floor(Math.log10(percent)) - 1);
  // The small allowance keeps 0.1 itself, which no binary fraction equals, from becoming 0.11.
  return `≤${space}${digits(Math.min(100, Math.ceil(percent / step - 1e-9) * step))}${space}%`;
};

/** A latency, e.g. `4.21 ms`; `–` where there is none. */
export const millisText = (ms: number | null): string => (ms === null ? '–' : `${digits(ms)}${space}ms`);

/** A moment of the run, from its origin, e.g. `31.25 s`. */
export const secondsText = (ms: number): string => `${(ms / 1000).toFixed(2)}${space}s`;

/** A length of time that somebody waits, e.g. `45 s`, `15 min`, `1 h 30 min`; seconds are shown below ten minutes. */
export const minutesText = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}${space}s`;
  const minutes = seconds < 600 ? Math.floor(seconds / 60) : Math.round(seconds / 60);
  const rest = seconds < 600 ? seconds % 60 : 0;
  const parts = [
    [Math.floor(minutes / 60), 'h'],
    [minutes % 60, 'min'],
    [rest, 's'],
  ] as const;
  return parts.flatMap(([value, unit]) => (value === 0 ? [] : [`${value}${space}${unit}`])).join(space);
};

/** A rate, e.g. `962/s`. */
export const perSecondText = (rate: number): string => `${digits(rate)}/s`;

/** `2026-11-24T05:50:00.000Z` as `2026-11-24 05:50:00 UTC`; anything else as it stands. */
export const startedText = (iso: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC` : iso;
