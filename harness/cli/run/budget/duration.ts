import { InvalidArgumentError } from 'commander';

/**
 * The value of an option that is a time: `45m`, `1h30m`, `90s`, in milliseconds. Throws commander's `InvalidArgumentError`: without
 * a unit, of parts in another order, or nothing at all.
 */
export const parseDuration = (value: string): number => {
  const [whole, hours = '0', minutes = '0', seconds = '0'] =
    /^(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?$/.exec(value) ?? [];
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  if (whole === undefined || ms === 0)
    throw new InvalidArgumentError("expected a time such as '45m', '1h30m' or '90s'.");
  return ms;
};

/** A time as `parseDuration` takes it, rounded up to whole seconds: `1h30m`, `1m15s`. */
export const durationText = (ms: number): string => {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.map(([value, unit]) => (value === 0 ? '' : `${value}${unit}`)).join('') || '0s';
};
