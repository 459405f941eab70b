import type { FeatureId, Kinds, Plan } from '../../model/index.ts';

/** What a plan does that attacks may need: what the actions that its phases ask for say of themselves. Pure. */
export const featuresOfPlan = ({ phases }: Plan, { actions }: Pick<Kinds, 'actions'>): readonly FeatureId[] => [
  ...new Set(phases.flatMap(({ actions: asked = [] }) => asked.flatMap((one) => actions.get(one.do)?.features ?? []))),
];
