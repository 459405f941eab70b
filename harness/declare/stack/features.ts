import { HoldfastError, clauseIds, featureIds, features } from '../../model/index.ts';
import type { ClauseId, Feature, FeatureId, Place, StackService, Upstream } from '../../model/index.ts';
import { suggestion } from '../yaml/index.ts';
import type { Path } from '../yaml/index.ts';

/** The features that a file declares under `features`. Throws `bad-input` with the place of one that is not for it to declare. */
export const checkDeclared = (declared: readonly string[], placeOf: (path: Path) => Place): readonly FeatureId[] =>
  declared.map((id, at) => {
    const known = featureIds.filter((one) => features[one].of === 'stack');
    const from = (known as readonly string[]).includes(id) ? (features[id as FeatureId] as Feature).from : null;
    if (from === 'declared') return id as FeatureId;
    throw new HoldfastError('bad-input', `expected a feature that a product declares, found "${id}"`, {
      hint:
        from === null
          ? suggestion(
              id,
              known.filter((one) => features[one].from === 'declared'),
            )
          : `leave it out: it follows from ${from}`,
      place: placeOf(['features', at]),
    });
  });

/** What a stack has because of what it is made of: nothing that can be seen is left to be declared, or to be kept silent about. */
export const featuresThatFollow = (
  edge: { readonly reload: unknown },
  mesh: { readonly edgeUpstream: Upstream; readonly services: readonly StackService[] },
): readonly FeatureId[] => [
  ...(mesh.services.every(({ sidecar, workload }) => sidecar !== workload) ? (['sidecars'] as const) : []),
  // What an edge must present a certificate to is a mesh that speaks mutual TLS, whatever it says of itself.
  ...(mesh.edgeUpstream === 'clear' ? [] : (['mutual-tls'] as const)),
  ...(edge.reload === null ? [] : (['edge-reload'] as const)),
];

/** What the documentation of a product says, by clause. Throws `bad-input` with the place of a clause that there is not. */
export const knownClauses = (
  documentation: Readonly<Record<string, string>>,
  placeOf: (path: Path) => Place,
): Readonly<Partial<Record<ClauseId, string>>> => {
  for (const id of Object.keys(documentation)) {
    if ((clauseIds as readonly string[]).includes(id)) continue;
    throw new HoldfastError('bad-input', `expected a clause, found "${id}"`, {
      hint: suggestion(id, clauseIds),
      place: placeOf(['defaults', 'documentation', id]),
    });
  }
  return documentation;
};
