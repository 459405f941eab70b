import type { RunVerdict } from '../../model/index.ts';
import type { ExitCode } from '../index.ts';

const byVerdict: Readonly<Record<RunVerdict, ExitCode>> = { HOLDS: 0, BROKEN: 1, UNKNOWN: 2, INVALID: 2 };

/** Exit code of a verdict: 0 holds, 1 broken, 2 unknown or invalid. */
export const exitOfVerdict = (verdict: RunVerdict): ExitCode => byVerdict[verdict];
