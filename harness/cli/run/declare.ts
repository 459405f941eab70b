import { declareRun } from '../../declare/run/index.ts';
import type { DeclareOptions, Declared } from '../../declare/run/index.ts';
import { applyOverlay } from '../../declare/overlay/index.ts';
import { renderDeclared } from '../../execute/run/index.ts';
import { overrideFor } from '../../execute/stack/index.ts';
import { discoverKinds } from '../../kinds/index.ts';
import type { Schedule } from '../../model/index.ts';
import { schedule } from '../../schedule/index.ts';
import type { Requested } from '../../schedule/index.ts';

/** A run that is read, rendered and scheduled. */
export type Ready = { readonly declared: Declared; readonly schedule: Schedule };

/** Reads, renders and schedules: whatever is wrong with an input is said here, before anything is started. */
export const declareAndSchedule = async (options: DeclareOptions): Promise<Ready> => {
  const [declared, kinds] = await Promise.all([declareRun(options), discoverKinds()]);
  const { files } = renderDeclared(declared);
  // An overlay may have replaced the compose file by what is none.
  overrideFor(files.get('compose.yaml')!, 'r0');
  return {
    declared,
    schedule: schedule({
      ...declared,
      attacks: declared.required,
      kinds,
      configured: {
        configuration: files,
        configure: (policy) => renderDeclared({ ...declared, policy }).files,
      },
      requested: byHand(declared, files),
    }),
  };
};

/** What a sabotage changes by hand while the stack runs. Throws `bad-input` where its overlay does not fit. */
const byHand = ({ byHand: wanted }: Declared, mounted: ReadonlyMap<string, string>): readonly Requested[] => {
  if (wanted === null) return [];
  const { overlay, steps } = wanted;
  const applied = overlay === null ? null : applyOverlay(mounted, overlay);
  const files = Object.fromEntries((applied?.diff ?? []).map(({ file }) => [file, applied!.files.get(file)!]));
  return [{ do: 'edit', files, steps }];
};
