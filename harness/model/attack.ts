import type { ClauseId } from './clauses.ts';
import type { AdminEndpoint } from './endpoint.ts';
import type { ControlId } from './verdict.ts';
import type { Form } from './form.ts';
import type { Policy } from './policy.ts';
import type { Hop, Stack } from './stack.ts';

/** `attack.yaml`: what the technique is, what must happen, and why it matters. */
export type AttackMeta = {
  /** e.g. `M3`. */
  readonly id: string;
  /** The claim, e.g. `refuses-bad-client-certificate`; the folder is `<id>-<name>`. */
  readonly name: string;
  readonly title: string;
  readonly control: ControlId;
  /** The clause of its control that it puts to the test. Absent in older histories. */
  readonly clause?: ClauseId | undefined;
  /** True where one admission breaks the control's claim outright. */
  readonly critical: boolean;
  readonly technique: string;
  readonly secure: string;
  /** What to do about an admission, whatever the product; what to set in one is said in `remediation/<product>.md`. */
  readonly remediation: string;
  /** RFC sections, CVEs, CWEs, ASVS sections. */
  readonly sources: readonly string[];
  /** The check (harness/kinds/observers) that judges it by what was seen. Present where it sends nothing: it has no `attack.ts` then. */
  readonly check?: string | undefined;
  /**
   * Present where the forms are a corpus, too many to send each in every phase: the schedule draws as many as the plan's bound asks
   * attempts for, every variant at every target among them, and sends each at least once in all.
   */
  readonly corpus?: true | undefined;
  /**
   * Ids of features (harness/model/features.ts). A plan that lacks one does not require the attack; to a stack that lacks one it does
   * not apply. `reloads` is what older histories say.
   */
  readonly needs?: 'reloads' | readonly string[] | undefined;
};

/** What an attack may know when it lays out its forms. Pure data. */
export type AttackContext = {
  readonly stack: Stack;
  readonly policy: Policy;
  readonly hops: readonly Hop[];
  /** The admin endpoints of all products, each path once. */
  readonly endpoints: readonly AdminEndpoint[];
};

/** `attack.ts`: the distinct forms of the technique on this stack. Pure: the schedule picks from them, the agents send them. */
export type Attack = { readonly attempts: (context: AttackContext) => readonly Form[] };
