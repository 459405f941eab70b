import type { AttackReport, ControlVerdict, ReasonCode, RunVerdict } from '../../harness/model/index.ts';
import { sentence } from './reasons.ts';

const meanings: Readonly<Record<RunVerdict, string>> = {
  HOLDS:
    "Every attack in this plan was refused, in every phase and often enough to meet the plan's bounds; what could not be tried is named.",
  BROKEN: 'At least one attack got through. The incidents show the request, the hop and what saw it.',
  UNKNOWN: 'No attack is known to have got through, but there is too little evidence to say that the posture held.',
  INVALID: 'The measurement itself failed, so this run says nothing about the stack. Fix the cause and run it again.',
};

/** What a verdict of a run means, in one sentence. */
export const runVerdictMeaning = (verdict: RunVerdict): string => meanings[verdict] ?? verdict;

const words: Readonly<Record<ControlVerdict, string>> = { pass: 'pass', fail: 'FAIL', unknown: 'unknown' };

/** The word for a verdict of a control or an attack; a failure stands out without colour. */
export const controlVerdictWord = (verdict: ControlVerdict): string => words[verdict] ?? verdict;

/** Codes of an attack that was left out on purpose: by the stack's own declaration, for what it lacks, or by --only. */
const onPurpose: ReadonlySet<ReasonCode> = new Set(['not-applicable', 'feature-missing', 'narrowed']);

/** Why an attack of the plan was left out on purpose; null where it was not. */
export const leftOut = ({ attempts, reason }: Pick<AttackReport, 'attempts' | 'reason'>): string | null =>
  attempts === 0 && reason !== null && onPurpose.has(reason.code) ? sentence(reason) : null;
