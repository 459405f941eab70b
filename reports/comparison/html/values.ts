import type { ComparisonLine, Measured } from '../../../harness/model/index.ts';
import { count, millisText, perSecondText, shareText } from '../../text/index.ts';

const plain = (value: number): string =>
  Number.isInteger(value) ? count(value) : String(Number(value.toPrecision(3)));

/** A value of a line in its unit, e.g. `255 of 410`, `41.7 ms`, `1,210/s`; `–` where the side has none. */
export const measuredText = (unit: ComparisonLine['unit'], measured: Measured | null): string => {
  if (measured === null) return '–';
  const { value, of } = measured;
  if (typeof value === 'string') return value;
  if (of !== undefined) return `${plain(value)} of ${plain(of)}`;
  switch (unit) {
    case 'ms':
      return millisText(value);
    case '1/s':
      return perSecondText(value);
    case 'share':
      return shareText(value);
    default:
      return plain(value);
  }
};

const digits = (value: number): string => String(Number(value.toPrecision(3)));

/** After ÷ before with its interval, e.g. `× 1.62 (1.31 to 2.02)`. */
export const ratioText = ({ value, low, high }: NonNullable<ComparisonLine['ratio']>): string =>
  `×\u00a0${digits(value)} (${digits(low)} to ${digits(high)})`;

/** A p-value without false precision; `–` where the line was not tested. */
export const probabilityText = (p: number | null): string =>
  p === null ? '–' : p < 0.0001 ? '<\u00a00.0001' : p > 0.995 ? '1' : String(Number(p.toPrecision(2)));
