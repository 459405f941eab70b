import { reasonCodes, reasonSchema } from '../model/index.ts';
import type { AttackReport, Reason } from '../model/index.ts';

const known: ReadonlySet<unknown> = new Set(reasonCodes);

/** A reason that a kind gives of an attempt: of thousands only what is not made by `reason` is read in full. Throws as `expectReasons`. */
export const expectReason = (one: Reason | null): void => {
  if (one === null || (known.has(one.code) && one.code !== 'kind')) return;
  expectRead(one);
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
