import { HoldfastError } from '../../model/index.ts';
import type { App, ControlPlane, Place, Role, StackService } from '../../model/index.ts';
import { nearest } from '../yaml/index.ts';
import type { Path } from '../yaml/index.ts';
import type { Compose } from './compose.ts';

type Containers = Omit<StackService, 'answers' | 'calls'>;

/**
 * The services of an app with the containers that a mesh runs them in, in the order of the app. Throws `bad-input` where the mesh has
 * none for one of them, or some for another.
 */
export const servicesOf = (
  app: App,
  containers: readonly Containers[],
  placeOf: (path: Path) => Place,
): readonly StackService[] => {
  const ids = app.services.map(({ id }) => id);
  const refuse = (path: Path, message: string, hint: string): never => {
    throw new HoldfastError('bad-input', message, { hint, place: placeOf(path) });
  };
  containers.forEach(({ id }, i) => {
    if (containers.findIndex((one) => one.id === id) !== i)
      refuse(['services', i, 'id'], `expected each service once, found "${id}" again`, 'give it an id of its own');
    if (ids.includes(id)) return;
    const near = nearest(id, ids);
    refuse(
      ['services', i, 'id'],
      `expected a service of the app ${app.id}, found "${id}"`,
      near === undefined ? `known: ${ids.join(', ')}` : `did you mean "${near}"?`,
    );
  });
  return app.services.map(({ id, answers, calls }): StackService => {
    const found = containers.find((one) => one.id === id);
    return found === undefined
      ? refuse(
          ['services'],
          `expected containers for each service of the app ${app.id}, found none for "${id}"`,
          'say which containers run it, or take it out of the app',
        )
      : { ...found, answers, calls };
  });
};

/** What must stand in the compose file under its role: the faults and the tap find containers by it, and would miss one without. */
export const checkRoles = (
  { services: found }: Compose,
  file: string,
  expected: {
    readonly edge: string;
    readonly services: readonly StackService[];
    readonly controlPlane: ControlPlane | null;
  },
): void => {
  const wanted: readonly (readonly [service: string, role: Role])[] = [
    [expected.edge, 'edge'],
    ...expected.services.flatMap(({ sidecar, workload }) => [
      ...(sidecar === workload ? [] : [[sidecar, 'sidecar'] as const]),
      [workload, 'workload'] as const,
    ]),
    ...(expected.controlPlane === null ? [] : [[expected.controlPlane.service, 'control-plane'] as const]),
  ];
  const names = [...found.keys()];
  for (const [service, role] of wanted) {
    const one = found.get(service);
    if (one?.role === role) continue;
    const near = nearest(service, names);
    throw new HoldfastError(
      'bad-input',
      `expected a compose service "${service}" with the label holdfast.role: ${role}, found ${one === undefined ? 'no such service' : `the role ${one.role}`}`,
      {
        hint: one === undefined && near !== undefined ? `there is "${near}"` : 'make compose.yaml and stack.yaml agree',
        place: one?.place ?? { file },
      },
    );
  }
};
