import { randomBytes } from 'node:crypto';

/** An id for a run: sorts by time, is a valid compose project name, and is unlikely to meet another. Effects: clock, randomness. */
export const newRunId = (now: Date): string => {
  const digits = now.toISOString().replace(/[-:]|\..*$/g, '');
  return `r${digits.replace('T', '-')}-${randomBytes(3).toString('hex')}`;
};
