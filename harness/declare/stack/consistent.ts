import { HoldfastError } from '../../model/index.ts';
import type { ControlPlane, Place, Role, StackService } from '../../model/index.ts';
import { nearest } from '../yaml/index.ts';
import type { Path } from '../yaml/index.ts';
import type { Compose } from './compose.ts';

/** Each service once, and each call further down the chain. Throws `bad-input` with the place. */
export const checkChain = (services: readonly StackService[], placeOf: (path: Path) => Place): void => {
  const ids = services.map((service) => service.id);
  const refuse = (path: Path, message: string, hint: string): never => {
    throw new HoldfastError('bad-input', message, { hint, place: placeOf(path) });
  };
  services.forEach((service, i) => {
    if (ids.indexOf(service.id) !== i)
      refuse(
        ['services', i, 'id'],
        `expected each service once, found "${service.id}" again`,
        'give it an id of its own',
      );
    service.calls.forEach((to, j) => {
      if (ids.indexOf(to) > i) return;
      refuse(
        ['services', i, 'calls', j],
        `expected a service further down the chain than "${service.id}", found "${to}"`,
        `known: ${ids.slice(i + 1).join(', ') || 'none'}`,
      );
    });
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
