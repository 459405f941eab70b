import type { ControlVerdict } from './verdict.ts';

/** Why something is not shown, as a code and the figures that belong to it. The sentence is made once, in reports/text/reasons.ts. */
type Data = {
  // Why an attack did not run, or shows nothing.
  readonly 'not-applicable': { readonly stack: string; readonly why: string };
  readonly 'feature-missing': { readonly stack: string; readonly features: readonly string[] };
  readonly 'not-run': Nothing;
  readonly narrowed: { readonly only: string };
  readonly 'check-failed': { readonly message: string };
  readonly 'too-few-attempts': { readonly held: number; readonly needed: number; readonly bound: number };
  readonly 'blind-phase': { readonly phase: string; readonly attempts: number };
  readonly 'blind-form': { readonly variant: string; readonly target: string; readonly attempts: number };
  readonly 'never-reloaded': Nothing;
  readonly 'reloads-failed': { readonly failed: number; readonly of: number; readonly error: string };
  readonly 'no-reload-seen': { readonly probes: number; readonly letIn: number; readonly refused: number };
  // Why an attack failed.
  readonly admitted: { readonly admitted: number; readonly attempts: number };
  readonly 'decided-otherwise': {
    readonly than: 'policy' | 'first';
    readonly attempts: number;
    readonly admitted: number;
    readonly withheld: number;
  };
  // Why an attempt is indeterminate.
  readonly late: { readonly limitMs: number };
  readonly 'failed-onward': { readonly status: number };
  readonly 'nothing-speaks-tls': Nothing;
  readonly 'not-answered-in-time': Nothing;
  readonly 'not-answered-nor-logged': Nothing;
  readonly 'spoof-not-put-to-the-test': Nothing;
  readonly 'answer-does-not-say': Nothing;
  readonly 'twin-is-no-route': Nothing;
  readonly 'no-twin': {
    readonly side: 'before' | 'after';
    readonly withinMs: number;
    readonly of: 'moment' | 'window';
  };
  readonly 'twin-failed': Nothing;
  readonly disturbed: { readonly action: string; readonly places: readonly string[] };
  // What the verdict of an attack does not speak of: all attempts there met what the harness did to the stack.
  readonly 'phase-disturbed': { readonly phase: string; readonly attempts: number; readonly action: string };
  readonly 'form-disturbed': {
    readonly variant: string;
    readonly target: string;
    readonly attempts: number;
    readonly action: string;
  };
  readonly 'outside-window': Nothing;
  readonly 'not-taken-over': { readonly error: string | null };
  readonly 'met-true-callee': Nothing;
  readonly 'answered-by-nobody': Nothing;
  readonly 'no-handshake-ended': Nothing;
  readonly 'believed-unread': Nothing;
  readonly 'never-reached-caller': { readonly caller: string };
  readonly 'packet-unclassified': Nothing;
  // Why the tap proves nothing.
  readonly 'no-link-captured': Nothing;
  readonly 'capture-not-whole': { readonly link: string | null; readonly count: number };
  readonly 'link-not-captured': { readonly link: string; readonly phase: string | null };
  readonly 'capture-lost-packets': { readonly link: string; readonly packets: number };
  readonly 'packets-unclassified': { readonly packets: number };
  readonly 'planted-not-seen': { readonly link: string; readonly phase: string };
  // Why the instrument was not fit.
  readonly 'generator-ended-ramp': {
    readonly perSecond: number;
    readonly dropped: number;
    readonly intended: number;
    readonly answeredWithinMs: number;
  };
  readonly 'too-few-arrivals': { readonly expected: number; readonly found: number };
  readonly 'arrivals-dropped': { readonly dropped: number; readonly intended: number; readonly limitShare: number };
  readonly 'sender-late': { readonly p99Ms: number; readonly limitMs: number };
  // Why a run as a whole is open to doubt.
  readonly 'history-without-end': Nothing;
  readonly interrupted: { readonly by: string | null };
  readonly 'users-refused': { readonly phase: string; readonly failed: number; readonly of: number };
  readonly 'evidence-lost': {
    readonly observer: string;
    readonly code: string;
    readonly count: number;
    readonly about: string | null;
  };
  readonly strangers: { readonly requests: number };
  readonly 'no-attack-applies': Nothing;
  // What an attack contributes to the reasons of a control or of the run.
  readonly attack: { readonly attack: string; readonly verdict: ControlVerdict; readonly reason: Reason | null };
  // What caps a score because of an attack.
  readonly 'attack-caps': {
    readonly attack: string;
    readonly critical: boolean;
    readonly verdict: ControlVerdict;
    readonly reason: Reason | null;
  };
  // Why a run of a part does not say whether its incident is reproduced.
  readonly 'cut-short': Nothing;
  readonly 'run-invalid': { readonly reasons: readonly Reason[] };
  readonly 'run-doubted': { readonly reasons: readonly Reason[] };
  readonly 'none-of-its-kind': Nothing;
  readonly 'none-of-its-kind-determinate': { readonly attempts: number; readonly reason: Reason | null };
  // A reason as a report of version 1 has it: a sentence.
  readonly said: { readonly text: string };
};

type Nothing = Readonly<Record<never, never>>;

export type ReasonCode = keyof Data;

/** A reason of one code, or of any. */
export type Reason<C extends ReasonCode = ReasonCode> = {
  readonly [K in C]: { readonly code: K; readonly data: Data[K] };
}[C];

/** A reason with its data, which is left out where the code says it all. Pure. */
export const reason = <C extends ReasonCode>(
  code: C,
  ...data: [keyof Data[C]] extends [never] ? [] : [data: Data[C]]
): Reason<C> => ({ code, data: data[0] ?? {} }) as Reason<C>;
