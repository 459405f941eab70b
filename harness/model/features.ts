import type { ControlId } from './verdict.ts';

/** A feature: what a stack has, or a plan does, and what an attack may need of it. */
export type Feature = {
  readonly of: 'stack' | 'plan';
  /** One line: what a stack has, or a plan does, that has it. */
  readonly means: string;
  /** `declared` in `features:` of an edge.yaml, a mesh.yaml or a stack.yaml; or what it follows from. */
  readonly from: 'declared' | string;
  /** Controls whose claim cannot be made of a stack that lacks it, whatever else was refused there. */
  readonly carries?: readonly ControlId[];
};

/** Every feature that there is. An attack that needs another one, and a product that says another one, are refused. */
export const features = {
  sidecars: {
    of: 'stack',
    means: 'each service stands behind a sidecar of its own',
    from: 'the sidecars and workloads of the services',
  },
  'mutual-tls': {
    of: 'stack',
    means: 'the hops between services can be mutual TLS',
    from: 'declared',
    carries: ['mtls'],
  },
  'workload-identities': {
    of: 'stack',
    means: 'each member of the mesh has an identity that its peers can verify',
    from: 'declared',
    carries: ['mtls'],
  },
  'edge-reload': {
    of: 'stack',
    means: 'the edge takes a changed configuration while it serves, so that two of them may decide at once',
    from: 'reload of the edge',
  },
  'reload-phase': {
    of: 'plan',
    means: 'a phase in which the edge is reloaded',
    from: 'reloads of a phase of the plan',
  },
} as const satisfies Readonly<Record<string, Feature>>;

export type FeatureId = keyof typeof features;

export const featureIds = Object.keys(features) as readonly FeatureId[];

/** A feature by its name; null for one that this version does not know, as a newer history may have it. Pure. */
export const featureNamed = (id: string): Feature | null =>
  Object.hasOwn(features, id) ? features[id as FeatureId] : null;

/** What an attack needs. In histories and bundles of before there were features, it may need `reloads`. Pure. */
export const needsOf = ({ needs }: { readonly needs?: 'reloads' | readonly string[] | undefined }): readonly string[] =>
  needs === 'reloads' ? ['edge-reload', 'reload-phase'] : (needs ?? []);

/**
 * What an attack needs of a stack (or of a plan) and it does not have. One that nobody knows counts as the stack's, and as missing:
 * what cannot be shown to be there is not. Pure.
 */
export const missingFeatures = (
  attack: Parameters<typeof needsOf>[0],
  has: readonly string[],
  of: Feature['of'] = 'stack',
): readonly string[] => needsOf(attack).filter((id) => (featureNamed(id)?.of ?? 'stack') === of && !has.includes(id));

/** The sentence on features that a stack lacks. Pure. */
export const lackText = (missing: readonly string[]): string =>
  `it lacks the feature${missing.length === 1 ? '' : 's'} ${missing.map(named).join(' and ')}`;

const named = (id: string): string => `${id} (${featureNamed(id)?.means ?? 'which this version does not know'})`;
