import { HoldfastError, reachedFrom } from '../../model/index.ts';
import type { AppService, Link, Place } from '../../model/index.ts';
import { nearest } from '../yaml/index.ts';
import type { Path } from '../yaml/index.ts';

/**
 * The call graph: each service once, each call once and to a service that there is, no way back to where one came from, and every
 * service reached from the first one. Throws `bad-input` with the place.
 */
export const checkGraph = (services: readonly AppService[], placeOf: (path: Path) => Place): void => {
  const ids = services.map(({ id }) => id);
  const links = services.flatMap(({ id, calls }) => calls.map((to): Link => ({ from: id, to })));
  const refuse = (path: Path, message: string, hint: string): never => {
    throw new HoldfastError('bad-input', message, { hint, place: placeOf(path) });
  };
  services.forEach(({ id, calls }, i) => {
    if (ids.indexOf(id) !== i)
      refuse(['services', i, 'id'], `expected each service once, found "${id}" again`, 'give it an id of its own');
    calls.forEach((to, j) => {
      const at: Path = ['services', i, 'calls', j];
      if (!ids.includes(to)) {
        const near = nearest(to, ids);
        refuse(
          at,
          `expected a service of the app, found "${to}"`,
          near === undefined ? `known: ${ids.join(', ')}` : `did you mean "${near}"?`,
        );
      }
      if (calls.indexOf(to) !== j) refuse(at, `expected each call of ${id} once, found "${to}" again`, 'remove one');
      if (reachedFrom(links, [to]).has(id))
        refuse(
          at,
          `expected calls that do not lead back to ${id}, found that ${to} does`,
          'a request that nobody answers would go round for ever: remove one of these calls',
        );
    });
  });
  const reached = reachedFrom(links, ids.slice(0, 1));
  services.forEach(({ id }, i) => {
    if (!reached.has(id))
      refuse(
        ['services', i, 'id'],
        `expected a service that is reached from ${ids[0]}, the first one, found that nobody leads to "${id}"`,
        'let a service call it, or remove it',
      );
  });
};
