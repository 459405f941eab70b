import { featureIds, featureNamed, missingFeatures, reason } from '../model/index.ts';
import type { AttackRecord, ControlId, Reason, Report, RunRecord } from '../model/index.ts';

type Needing = Pick<AttackRecord, 'id' | 'needs'>;

/** Why an attack does not apply to the stack; null where it does. Older histories say it attack by attack, in words. */
export const whyExcluded = ({ stack }: RunRecord, { id, needs }: Needing): Reason | null => {
  const { features, notApplicable = {} } = stack;
  if (features === undefined)
    return Object.hasOwn(notApplicable, id)
      ? reason('not-applicable', { stack: stack.id, why: notApplicable[id]! })
      : null;
  const missing = missingFeatures({ needs }, features);
  return missing.length === 0 ? null : reason('feature-missing', { stack: stack.id, features: [...missing] });
};

/** Does the attack not apply to the stack? It is no pass then, and no failure: nothing is said of it. */
export const isExcluded = (run: RunRecord, attack: Needing): boolean => whyExcluded(run, attack) !== null;

/**
 * The features that the stack lacks, as far as an attack of the plan needs them or a control that it has attacks for rests on them:
 * who lacks a feature must not look as if it had been put to the test. None where the history is older than features.
 */
export const reportLacks = (run: RunRecord): NonNullable<Report['lacks']> => {
  const { features } = run.stack;
  if (features === undefined) return [];
  const asked: readonly string[] = [...featureIds, ...run.attacks.flatMap((one) => missingFeatures(one, featureIds))];
  return [...new Set(asked)]
    .filter((id) => !features.includes(id) && (featureNamed(id)?.of ?? 'stack') === 'stack')
    .map((id) => ({
      feature: id,
      means: featureNamed(id)?.means ?? '',
      attacks: run.attacks.filter((one) => missingFeatures(one, features).includes(id)).map((one) => one.id),
      controls: controlsOn(id).filter((control) => run.attacks.some((one) => one.control === control)),
    }))
    .filter(({ attacks, controls }) => attacks.length + controls.length > 0);
};

/** The controls whose claim rests on a feature. */
const controlsOn = (id: string): readonly ControlId[] => featureNamed(id)?.carries ?? [];
