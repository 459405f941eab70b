/**
 * Of one attempt. What must be refused was `refused` or `admitted`; what the policy allows, and is sent to see whether every enforcer
 * reads the policy so, was `served` or `withheld`. `indeterminate`: the evidence does not say.
 */
export const attemptVerdicts = ['refused', 'admitted', 'served', 'withheld', 'indeterminate'] as const;
export type AttemptVerdict = (typeof attemptVerdicts)[number];

type Tallied = Readonly<Record<AttemptVerdict, number>>;
/** Attempts that ended as they must. */
export const heldOf = ({ refused, served }: Tallied): number => refused + served;
/** Attempts each of which breaks the claim. */
export const brokeOf = ({ admitted, withheld }: Tallied): number => admitted + withheld;
/** Of an attack or a control. `unknown` is never a pass. */
export const controlVerdicts = ['pass', 'fail', 'unknown'] as const;
export type ControlVerdict = (typeof controlVerdicts)[number];
/** Of a run. INVALID: the instrument itself was not fit. */
export const runVerdicts = ['HOLDS', 'BROKEN', 'UNKNOWN', 'INVALID'] as const;
export type RunVerdict = (typeof runVerdicts)[number];

/** The claims that Holdfast proves or refutes (see README). */
export const controlIds = ['edge', 'mtls', 'telemetry', 'parity', 'defaults', 'framing', 'resilience'] as const;
export type ControlId = (typeof controlIds)[number];

const severity: Record<ControlVerdict, number> = { pass: 0, unknown: 1, fail: 2 };

/** The worst of several verdicts wins; of none it is `unknown`, for nothing was shown. */
export const worst = (verdicts: readonly ControlVerdict[]): ControlVerdict =>
  verdicts.length === 0 ? 'unknown' : verdicts.reduce((a, b) => (severity[b] > severity[a] ? b : a));
