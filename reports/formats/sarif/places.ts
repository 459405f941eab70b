import type { SourcePlace } from '../../../harness/model/index.ts';
import { visible } from '../../text/index.ts';
import { message } from './message.ts';

/** Name of the root that paths are relative to. Who reads the file knows where it is: the repository that holds policy and plan. */
export const root = '%SRCROOT%';

/** A path as a relative reference: each segment is escaped, so that no text of a name becomes a scheme, a query or a fragment. */
const uriOf = (file: string): string => visible(file).split('/').map(encodeURIComponent).join('/');

/** A line of the policy or the plan, and the part of it that stands there. */
export const locationOf = ({ file, line, part }: SourcePlace): object => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(file), uriBaseId: root },
    region: { startLine: line },
  },
  logicalLocations: [{ fullyQualifiedName: visible(part), kind: part.startsWith('attacks.') ? 'attack' : 'policy' }],
});

/** Where a failure of an attack is shown that knows no place (its history is older): the attack itself. Code scanning needs one. */
export const ownPlace = ({ id, name }: { readonly id: string; readonly name: string }): SourcePlace => ({
  file: `scenarios/attacks/${id}-${name}/attack.yaml`,
  line: 1,
  part: `attacks.${id}`,
});

/** The first place is where it is; the others are said to be related, with why. */
export const locationsOf = ([first, ...others]: readonly [SourcePlace, ...SourcePlace[]]): object => {
  return {
    locations: [locationOf(first)],
    ...(others.length > 0 && {
      relatedLocations: others.map((place, i) => ({
        id: i + 1,
        ...locationOf(place),
        message: message(
          place.part.startsWith('attacks.') ? 'The plan asks for the attack here.' : `See also ${place.part}.`,
        ),
      })),
    }),
  };
};
