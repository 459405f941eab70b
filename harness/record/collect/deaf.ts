import { journalled } from '../../model/index.ts';
import type { JournalInputs, LossRecord, SeenRecord } from '../../model/index.ts';

/** What is joined: the routes of the run, its replayed requests, what the harness disturbed, and all that witnesses saw. */
export type Sightings = Omit<JournalInputs, 'journals'> & { readonly witness: readonly SeenRecord[] };

/** What the positive control of the journals (model/journals.ts) finds missing, as a loss of each witness. Pure. */
export const deafWitnesses = ({ witness, ...run }: Sightings): LossRecord[] => {
  const journals = new Map(run.services.map((service) => [service, new Set<number | null>()]));
  for (const { seq, data } of witness) if (data['of'] === 'legit') journals.get(data['service'] as string)?.add(seq);
  return journalled({ ...run, journals }).flatMap(({ service, missed }): LossRecord[] =>
    missed.length === 0
      ? []
      : [
          {
            type: 'loss',
            observer: 'witness',
            code: 'missed',
            count: missed.length,
            data: { service, first: missed[0]!.seq },
          },
        ],
  );
};
