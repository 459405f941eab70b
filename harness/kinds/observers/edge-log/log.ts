import type { LogReader, LossRecord, Policy, SeenRecord } from '../../../model/index.ts';
import { fromWall } from '../../../execute/clock/index.ts';
import type { RunClock } from '../../../execute/clock/index.ts';
import { readRequestId } from '../../../execute/identity/request-id.ts';
import { readLines } from '../support/lines.ts';

type Context = {
  readonly run: string;
  readonly key: Uint8Array;
  readonly clock: RunClock;
  readonly policy: Pick<Policy, 'rules'>;
};

/**
 * The edge's access log, as history records: arrival times that no sender took, and what it says that the edge did. `log`: how
 * that of its product is read. Effects: reads the file.
 */
export const readEdgeLog = (
  file: string,
  log: LogReader,
  { run, key, clock, policy }: Context,
): { seen: SeenRecord[]; losses: LossRecord[] } => {
  const rules = new Set(policy.rules.map(({ id }) => id));
  const { entries, losses } = readLines(
    file,
    { observer: 'edge-log', data: {} },
    (value) => log.read(value, rules),
    log.beside,
  );
  const seen = entries.map(({ at, id, status, reason, did }): SeenRecord => {
    const identity = readRequestId(run, key, id);
    return {
      type: 'seen',
      kind: 'edge-log',
      atMs: fromWall(clock, at * 1000),
      seq: identity?.seq ?? 0,
      data: { of: identity?.kind ?? 'forged', status, reason, did },
    };
  });
  return { seen, losses };
};
