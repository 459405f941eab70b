import type { RoutePlan } from './plan.ts';

/** What stands behind an edge and a mesh, and who uses it: `fixtures/apps/<id>/app.yaml`. */
export type App = {
  readonly id: string;
  /** Its folder, absolute. */
  readonly folder: string;
  /** The services, each before those that it calls; the edge leads to the first one. */
  readonly services: readonly AppService[];
  /** The legitimate traffic. */
  readonly routes: readonly RoutePlan[];
  /** The user whom the attacker is, and the one whose data the attacker is after. */
  readonly users: { readonly attacker: string; readonly victim: string };
};

export type AppService = {
  /** Mesh identity and DNS name in the mesh network. */
  readonly id: string;
  /** Paths that it answers itself, with everything below them. */
  readonly answers: readonly string[];
  /** The services that it calls. */
  readonly calls: readonly string[];
};

const isBelow = (path: string, prefix: string): boolean =>
  prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);

/** Does a service answer a request itself? `target` as sent; its query says nothing. Pure. */
export const answersItself = ({ answers }: AppService, target: string): boolean => {
  const path = target.split(/[?#]/, 1)[0] ?? '';
  return answers.some((prefix) => isBelow(path, prefix));
};

/** The services to which one passes a request on: those that it calls, and from which one that answers it is reached. Pure. */
export const onwardFrom = (services: readonly AppService[], id: string, target: string): readonly string[] => {
  const service = services.find((one) => one.id === id);
  if (service === undefined || answersItself(service, target)) return [];
  return service.calls.filter((to) => isAnsweredFrom(services, to, target));
};

const isAnsweredFrom = (services: readonly AppService[], id: string, target: string): boolean => {
  const service = services.find((one) => one.id === id);
  if (service === undefined) return false;
  return answersItself(service, target) || service.calls.some((to) => isAnsweredFrom(services, to, target));
};
