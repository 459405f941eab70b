import { journalled, reason } from '../model/index.ts';
import type { Reason, Sighting, View } from '../model/index.ts';
import { perView } from './per-view.ts';
import { phaseAt } from './phases.ts';

/** With fewer requests a journal that has none of them is no sign yet. */
const fewest = 50;

/** A service whose journal has none of the many requests that were answered, in a phase or (null) in the whole run. */
type Deaf = { readonly service: string; readonly phase: string | null; readonly answered: number };

/**
 * The journals of whose silence nothing can be concluded. It is asked of the history itself, for the loss that is recorded of a deaf
 * witness may be missing from it as well.
 */
const deafJournals = perView((view): readonly Deaf[] => {
  const { run, legit, disturbances, phases } = view;
  const services = [...new Set(run.routes.flatMap(({ crosses }) => crosses))];
  const journals = new Map(services.map((service) => [service, new Set<number | null>()]));
  for (const { of, seq, service } of view.seen<Sighting>('witness'))
    if (of === 'legit') journals.get(service)?.add(seq);
  const { hops } = run.stack;
  return journalled({ services, routes: run.routes, legit, hops, disturbances, journals }).flatMap(
    ({ service, due, missed }): readonly Deaf[] => {
      const isDeaf = (answered: number, of: number): boolean => answered >= fewest && of === answered;
      if (isDeaf(due.length, missed.length)) return [{ service, phase: null, answered: due.length }];
      return phases.flatMap(({ id: phase, startMs, endMs }) => {
        const within = (requests: typeof due): number =>
          requests.filter(({ dueMs }) => dueMs >= startMs && dueMs < endMs).length;
        const answered = within(due);
        return isDeaf(answered, within(missed)) ? [{ service, phase, answered }] : [];
      });
    },
  );
});

const reasonOf = (deaf: Deaf): Reason => reason('journal-silent', deaf);

/** Why no journal's silence at a time says anything; null where it does. */
export const whyDeaf = (view: View, atMs: number): Reason | null => {
  const deaf = deafJournals(view);
  if (deaf.length === 0) return null;
  const phase = phaseAt(view.phases, atMs)?.id;
  const one = deaf.find((own) => own.phase === null || own.phase === phase);
  return one === undefined ? null : reasonOf(one);
};

/** Why the run as a whole is open to doubt: its silent journals. */
export const faultsOfJournals = (view: View): readonly Reason[] => deafJournals(view).map(reasonOf);
