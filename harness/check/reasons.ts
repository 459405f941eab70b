import { reasonSchema } from '../model/index.ts';
import type { AttackReport, Reason } from '../model/index.ts';

/** Reasons that were read and are sound, as text: thousands of attempts have the same few. */
const sound = new Set<string>();

/** A reason that a kind gives of an attempt. Throws as `expectReasons`. */
export const expectReason = (one: Reason | null): void => {
  if (one === null) return;
  const text = JSON.stringify(one);
  if (sound.has(text)) return;
  expectRead(one);
  sound.add(text);
};

/** What a kind gives as a reason has to be one that a report can hold. Throws where it is not. */
export const expectReasons = ({ reason, indeterminateReasons }: AttackReport): void => {
  for (const one of [reason, ...indeterminateReasons.map((each) => each.reason)]) if (one !== null) expectRead(one);
};

const expectRead = (one: Reason): void => {
  if (reasonSchema.safeParse(one).success) return;
  const { code } = one as { readonly code?: unknown };
  throw new Error(
    `expected a reason of harness/model/reason.ts, or one of the kind's own under the code "kind", found ${JSON.stringify(code ?? one)}`,
  );
};
