import { declareRun } from '../../declare/run/index.ts';
import type { DeclareOptions, Declared } from '../../declare/run/index.ts';
import { renderDeclared, renderOther } from '../../execute/run/index.ts';
import { overrideFor } from '../../execute/stack/index.ts';
import type { Schedule } from '../../model/index.ts';
import { schedule } from '../../schedule/index.ts';

/** Reads, renders and schedules: whatever is wrong with an input is said here, before anything is started. */
export const declareAndSchedule = async (
  options: DeclareOptions,
): Promise<{ declared: Declared; schedule: Schedule }> => {
  const declared = await declareRun(options);
  const { files } = renderDeclared(declared);
  // An overlay must fit what the edge is reloaded with as well.
  renderOther(declared);
  // An overlay may have replaced the compose file by what is none.
  overrideFor(files.get('compose.yaml')!, 'r0');
  return { declared, schedule: schedule({ ...declared, attacks: declared.required }) };
};
