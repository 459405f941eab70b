/** Branded quantities: a number whose unit the compiler knows. Made only by the checked functions below. */
declare const unit: unique symbol;
type Quantity<Name extends string> = number & { readonly [unit]: Name };

/** A duration, or an offset from the origin of a run, in milliseconds; fractions allowed. */
export type Millis = Quantity<'ms'>;
/** A share between 0 and 1. */
export type Ratio = Quantity<'ratio'>;
/** A rate: events per second. */
export type PerSecond = Quantity<'1/s'>;

const finite = (value: number, what: string): number => {
  if (!Number.isFinite(value)) throw new RangeError(`expected a finite ${what}, got ${value}`);
  return value;
};

/** Milliseconds from a number. Throws RangeError where it is not finite. */
export const millis = (value: number): Millis => finite(value, 'number of milliseconds') as Millis;

/** A share from a number. Throws RangeError outside 0 to 1. */
export const ratio = (value: number): Ratio => {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`expected a share from 0 to 1, got ${value}`);
  return value as Ratio;
};

/** A rate from a number of events per second. Throws RangeError where it is negative or not finite. */
export const perSecond = (value: number): PerSecond => {
  if (finite(value, 'rate') < 0) throw new RangeError(`expected a rate of at least 0 per second, got ${value}`);
  return value as PerSecond;
};
