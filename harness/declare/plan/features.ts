import type { FeatureId, Plan } from '../../model/index.ts';

/** What a plan does that attacks may need. Pure. */
export const featuresOfPlan = ({ phases }: Plan): readonly FeatureId[] =>
  phases.some(({ actions = [] }) => actions.some((action) => action.do === 'reload')) ? ['reload-phase'] : [];
